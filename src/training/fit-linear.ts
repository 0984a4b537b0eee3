import { type LinearModel, softmax } from '../pipeline/triage/classifier.ts';
import type { Features } from '../pipeline/triage/features.ts';
import { bucketCounts, type Sparse, vectorise } from '../pipeline/triage/vectorise.ts';
import { minimise } from './lbfgs.ts';

export interface Example {
  features: Features;
  label: string;
}

export interface FitSettings {
  /** A power of two. */
  buckets: number;
  /** Weight of the examples against the pull of all weights to zero; larger fits closer. */
  closeness: number;
}

const LIMITS = { iterations: 80, tolerance: 1e-4 };

/** Fits softmax regression over tf-idf. Deterministic: no shuffling, no random start. */
export function fitLinear(examples: Example[], settings: FitSettings): LinearModel {
  const labels = [...new Set(examples.map(({ label }) => label))].sort();
  const idf = fitIdf(examples, settings.buckets);
  const vectors = examples.map(({ features }) => vectorise(features, idf));
  const { active, compact } = compactBuckets(vectors);
  const targets = examples.map(({ label }) => labels.indexOf(label));
  const width = active.length + 1;
  const objective = (point: Float64Array, gradient: Float64Array): number => {
    let loss = pull(point, gradient, width);
    compact.forEach((vector, row) => {
      loss +=
        settings.closeness *
        push(vector, targets[row] ?? 0, labels.length, width, point, gradient, settings.closeness);
    });
    return loss;
  };
  const point = minimise(objective, labels.length * width, LIMITS);
  const weights = labels.map((_label, index) => {
    const row = new Float32Array(settings.buckets);
    active.forEach((bucket, column) => {
      row[bucket] = point[index * width + column] ?? 0;
    });
    return row;
  });
  return { labels, idf, weights, bias: labels.map((_label, index) => point[index * width + width - 1] ?? 0) };
}

function fitIdf(examples: Example[], buckets: number): Float32Array {
  const holders = new Float32Array(buckets);
  for (const { features } of examples) {
    const [words, letters] = bucketCounts(features, buckets);
    for (const bucket of new Set([...words.keys(), ...letters.keys()]))
      holders[bucket] = (holders[bucket] ?? 0) + 1;
  }
  return holders.map((count) => (count === 0 ? 0 : 1 + Math.log((1 + examples.length) / (1 + count))));
}

/** Columns only for buckets that occur, so that fitting costs what the text costs. */
function compactBuckets(vectors: Sparse[]): { active: number[]; compact: Sparse[] } {
  const columns = new Map<number, number>();
  const compact = vectors.map(({ indices, values }) => ({
    indices: indices.map((bucket) => {
      const column = columns.get(bucket) ?? columns.size;
      columns.set(bucket, column);
      return column;
    }),
    values,
  }));
  return { active: [...columns.keys()], compact };
}

/** Half the squared weights (not the bias), and its gradient. */
function pull(point: Float64Array, gradient: Float64Array, width: number): number {
  let sum = 0;
  for (let i = 0; i < point.length; i += 1) {
    const value = (i + 1) % width === 0 ? 0 : (point[i] ?? 0);
    gradient[i] = value;
    sum += value * value;
  }
  return sum / 2;
}

/** Log loss of one example; adds its gradient. */
function push(
  vector: Sparse,
  target: number,
  labels: number,
  width: number,
  point: Float64Array,
  gradient: Float64Array,
  closeness: number,
): number {
  const { indices, values } = vector;
  const scores: number[] = [];
  for (let label = 0; label < labels; label += 1) {
    let score = point[label * width + width - 1] ?? 0;
    for (let i = 0; i < indices.length; i += 1)
      score += (point[label * width + (indices[i] ?? 0)] ?? 0) * (values[i] ?? 0);
    scores.push(score);
  }
  const shares = softmax(scores);
  for (let label = 0; label < labels; label += 1) {
    const miss = closeness * ((shares[label] ?? 0) - (label === target ? 1 : 0));
    const end = label * width + width - 1;
    gradient[end] = (gradient[end] ?? 0) + miss;
    for (let i = 0; i < indices.length; i += 1) {
      const at = label * width + (indices[i] ?? 0);
      gradient[at] = (gradient[at] ?? 0) + miss * (values[i] ?? 0);
    }
  }
  return -Math.log(Math.max(shares[target] ?? 0, 1e-300));
}

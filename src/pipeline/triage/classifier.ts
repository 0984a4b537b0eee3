import type { Features } from './features.ts';
import { type Sparse, vectorise } from './vectorise.ts';

/** A fitted linear model; `weights` holds one row of buckets per label, `bias` one number per label. */
export interface LinearModel {
  labels: string[];
  idf: Float32Array;
  weights: Float32Array[];
  bias: number[];
}

/** The model as a file holds it: a byte per weight, base64. */
export interface PackedModel {
  labels: string[];
  idf: { scale: number; bytes: string };
  weights: { scale: number; bytes: string }[];
  bias: number[];
}

export type Classify = (features: Features) => Record<string, number>;

/** Probability of each label. */
export function createClassifier(model: LinearModel): Classify {
  return (features) => {
    const vector = vectorise(features, model.idf);
    const scores = model.weights.map((row, label) => dot(row, vector) + (model.bias[label] ?? 0));
    const shares = softmax(scores);
    return Object.fromEntries(model.labels.map((label, index) => [label, shares[index] ?? 0]));
  };
}

export function mostLikely(shares: Record<string, number>): string {
  return Object.entries(shares).reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

export function packModel(model: LinearModel): PackedModel {
  return {
    labels: model.labels,
    idf: pack(model.idf),
    weights: model.weights.map(pack),
    bias: model.bias.map((value) => Math.round(value * 1e4) / 1e4),
  };
}

export function unpackModel(packed: PackedModel): LinearModel {
  return {
    labels: packed.labels,
    idf: unpack(packed.idf),
    weights: packed.weights.map(unpack),
    bias: packed.bias,
  };
}

function dot(row: Float32Array, { indices, values }: Sparse): number {
  let sum = 0;
  for (let i = 0; i < indices.length; i += 1) sum += (row[indices[i] ?? 0] ?? 0) * (values[i] ?? 0);
  return sum;
}

export function softmax(scores: number[]): number[] {
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

const STEPS = 127;

function pack(row: Float32Array): { scale: number; bytes: string } {
  const largest = row.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const bytes = Int8Array.from(row, (value) => Math.round((value / largest) * STEPS));
  return { scale: largest / STEPS, bytes: Buffer.from(bytes.buffer).toString('base64') };
}

function unpack({ scale, bytes }: { scale: number; bytes: string }): Float32Array {
  return Float32Array.from(new Int8Array(Buffer.from(bytes, 'base64')), (value) => value * scale);
}

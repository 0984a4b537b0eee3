import {
  type Asked,
  type Evidence,
  FEATURES,
  type Feature,
  measureRelevance,
  type RelevanceWeights,
  type SearchedBy,
} from '../knowledge/relevance.ts';
import { type Example, fitLogistic } from './logistic-regression.ts';
import { createRandom, shuffle } from './seeded-random.ts';

/** A question asked of an index, with the scores of everything that was found. */
export interface RelevanceRow {
  /** Rows of a set are weighed against each other: answerable and not count the same. */
  set: string;
  /** Rows of a group are never parted in cross-validation: one conversation, or one question. */
  group: string;
  answerable: boolean;
  asked: Asked;
  found: Evidence[];
}

/** What the fit knows besides the features, so that their weights do not have to stand in for it. */
interface Model {
  bias: number;
  followUp: number;
  features: Partial<Record<Feature, number>>;
}

/** What the fit is to be of. */
export interface Fit {
  by: SearchedBy;
  sets: SetWeights;
}

export type SetWeights = Record<string, number>;

const RIDGE = 5;
/** The passage that speaks best for a question depends on the weights, and they on it; this settles it. */
const ROUNDS = 4;
/** As many examples as a set counts for, whatever its size. */
const EXAMPLES_PER_SET = 400;
const DIGITS = 3;
const NOTHING_FOUND = -20;

export function fitRelevance(rows: RelevanceRow[], { by, sets }: Fit): Model {
  const names = FEATURES[by];
  const counted = rows.filter((row) => row.found.length > 0);
  const importanceOf = countImportance(counted, sets);
  let model: Model | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    const examples = counted.map((row): Example => {
      const best = bestOf(row, model);
      return {
        values: [...names.map((name) => best[name]), row.asked.isFollowUp ? 1 : 0],
        label: row.answerable ? 1 : 0,
        importance: importanceOf(row),
      };
    });
    const { bias, weights } = fitLogistic(examples, RIDGE);
    const features = Object.fromEntries(names.map((name, i) => [name, weights[i] ?? 0]));
    model = { bias, followUp: weights[names.length] ?? 0, features };
  }
  if (!model) throw new Error('no round was run');
  return model;
}

function bestOf(row: RelevanceRow, model: Model | undefined): Record<Feature, number> {
  const all = row.found.map((scores) => measureRelevance(scores, row.asked));
  const value = (one: Record<Feature, number>) => (model ? weigh(one, model.features) : one.passage);
  return all.reduce((best, one) => (value(one) > value(best) ? one : best));
}

function weigh(measured: Record<Feature, number>, features: Model['features']): number {
  let sum = 0;
  for (const [name, weight] of Object.entries(features)) sum += measured[name as Feature] * weight;
  return sum;
}

function countImportance(rows: RelevanceRow[], sets: SetWeights): (row: RelevanceRow) => number {
  const cell = (row: RelevanceRow) => `${row.set} ${row.answerable}`;
  const sizes = new Map<string, number>();
  for (const row of rows) sizes.set(cell(row), (sizes.get(cell(row)) ?? 0) + 1);
  return (row) => ((sets[row.set] ?? 1) * EXAMPLES_PER_SET) / 2 / (sizes.get(cell(row)) ?? 1);
}

/** The evidence for the best passage of a question, before the turning point is taken off. */
export function evidenceOf(row: RelevanceRow, model: Model): number {
  const each = row.found.map((scores) => weigh(measureRelevance(scores, row.asked), model.features));
  const kind = row.asked.isFollowUp ? model.followUp : 0;
  return model.bias + kind + Math.max(NOTHING_FOUND, ...each);
}

/** The evidence of every row by weights fitted without its group. */
export function crossValidate(
  rows: RelevanceRow[],
  fit: Fit,
  { folds, seed }: { folds: number; seed: number },
): number[] {
  const groups = shuffle([...new Set(rows.map(({ group }) => group))].sort(), createRandom(seed));
  const foldOf = new Map(groups.map((group, at) => [group, at % folds]));
  const evidence = new Array<number>(rows.length).fill(0);
  for (let fold = 0; fold < folds; fold++) {
    const model = fitRelevance(
      rows.filter(({ group }) => foldOf.get(group) !== fold),
      fit,
    );
    rows.forEach((row, at) => {
      if (foldOf.get(row.group) === fold) evidence[at] = evidenceOf(row, model);
    });
  }
  return evidence;
}

/** What is shipped: the turning points are the evidence from which on a question counts as answerable. */
export function toWeights(model: Model, threshold: RelevanceWeights['turn']): RelevanceWeights {
  const round = (value: number) => Number(value.toFixed(DIGITS));
  const features = Object.fromEntries(
    Object.entries(model.features).map(([name, weight]) => [name, round(weight)]),
  );
  return {
    features,
    turn: {
      first: round(threshold.first - model.bias),
      followUp: round(threshold.followUp - model.bias - model.followUp),
    },
  };
}

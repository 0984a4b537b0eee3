import type { RelevanceWeights } from '../knowledge/relevance.ts';
import { crossValidate, type Fit, fitRelevance, type RelevanceRow, toWeights } from './fit-relevance.ts';

export interface Calibration {
  weights: RelevanceWeights;
  /** For every row, by weights fitted without its group, how far it is beyond its turning point; above 0 = answered. */
  margins: number[];
}

const SEEDS = [1, 2, 3];
const FOLDS = 5;

/** Fits the weights and sets both turning points on rows the fit has not seen. */
export function calibrateRelevance(
  rows: RelevanceRow[],
  options: Fit & {
    /** The turning point of these rows' kind of turn, from their evidence. */
    chooseTurn: (kind: 'first' | 'followUp', evidence: number[]) => number;
  },
): Calibration {
  const { chooseTurn, ...fit } = options;
  const runs = SEEDS.map((seed) => crossValidate(rows, fit, { folds: FOLDS, seed }));
  const evidence = rows.map((_, at) => runs.reduce((sum, run) => sum + (run[at] ?? 0), 0) / runs.length);
  const turn = { first: chooseTurn('first', evidence), followUp: chooseTurn('followUp', evidence) };
  const margins = evidence.map((value, at) => value - turn[kindOf(rows[at])]);
  return { weights: toWeights(fitRelevance(rows, fit), turn), margins };
}

function kindOf(row: RelevanceRow | undefined): 'first' | 'followUp' {
  return row?.asked.isFollowUp ? 'followUp' : 'first';
}

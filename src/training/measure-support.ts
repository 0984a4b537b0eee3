import type { Support } from '../pipeline/verification/support.ts';
import { createScoreSupport } from '../pipeline/verification/support.ts';
import { fitSupport } from './fit-support.ts';
import { createRandom, shuffle } from './seeded-random.ts';
import type { SupportRow } from './support-rows.ts';

export interface Scored {
  row: SupportRow;
  support: Support;
}

/** Every row scored by weights fitted without its group. */
export function crossValidate(
  rows: readonly SupportRow[],
  options: { folds: number; seed: number; threshold: number },
): Scored[] {
  const random = createRandom(options.seed);
  const groups = shuffle([...new Set(rows.map((row) => row.group))].sort(), random);
  const foldOf = new Map(groups.map((group, index) => [group, index % options.folds]));
  const isIn = (fold: number) => (row: SupportRow) => foldOf.get(row.group) === fold;
  return Array.from({ length: options.folds }, (_, fold) => fold).flatMap((fold) => {
    const weights = fitSupport(
      rows.filter((row) => !isIn(fold)(row)),
      options.threshold,
    );
    const scoreSupport = createScoreSupport(weights);
    return rows.filter(isIn(fold)).map((row) => ({ row, support: scoreSupport(row) }));
  });
}

/** A claim is judged by the row that supports it best. */
export function bestPerClaim(scored: readonly Scored[]): Scored[] {
  const best = new Map<string, Scored>();
  for (const one of scored) {
    const known = best.get(one.row.claimId);
    if (known === undefined || one.support.score > known.support.score) best.set(one.row.claimId, one);
  }
  return [...best.values()];
}

/** The chance that a supported row scores above an unsupported one. */
export function auroc(scored: readonly Scored[]): number {
  const [yes, no] = [scoresOf(scored, true), scoresOf(scored, false)];
  let wins = 0;
  for (const a of yes) for (const b of no) wins += a > b ? 1 : a === b ? 0.5 : 0;
  return wins / (yes.length * no.length);
}

/** Share of the unsupported below the score that at most `falseAlarms` of the supported fall below. */
export function caughtAt(
  scored: readonly Scored[],
  falseAlarms: number,
): { caught: number; threshold: number } {
  const yes = scoresOf(scored, true).sort((a, b) => a - b);
  const threshold = yes[Math.floor(yes.length * falseAlarms)] ?? 0;
  const no = scoresOf(scored, false);
  return { caught: no.filter((score) => score < threshold).length / no.length, threshold };
}

function scoresOf(scored: readonly Scored[], supported: boolean): number[] {
  return scored.filter(({ row }) => row.supported === supported).map(({ support }) => support.score);
}

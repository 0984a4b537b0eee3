/** The middle 95 % of the means of the resamples. */
export type Interval = [low: number, high: number];

export interface Resampling {
  seed: number;
  resamples: number;
}

/** Enough that the ends of an interval move by less than the figures are read to. */
export const RESAMPLES = 1_000;

/**
 * 95 % intervals of the means of columns, by drawing whole rows with replacement: what one question says by several
 * figures stays together. Rows of differences give the interval of a paired difference.
 */
export function bootstrapIntervals(rows: number[][], { seed, resamples }: Resampling): Interval[] {
  const columns = rows[0]?.length ?? 0;
  const random = createRandom(seed);
  const means = Array.from({ length: columns }, () => new Float64Array(resamples));
  const sums = new Float64Array(columns);
  for (let resample = 0; resample < resamples; resample++) {
    sums.fill(0);
    for (let drawn = 0; drawn < rows.length; drawn++) {
      const row = rows[Math.floor(random() * rows.length)] ?? [];
      for (let column = 0; column < columns; column++)
        sums[column] = (sums[column] ?? 0) + (row[column] ?? 0);
    }
    for (const [column, values] of means.entries()) values[resample] = (sums[column] ?? 0) / rows.length;
  }
  return means.map((values) => middle(values.sort()));
}

function middle(sorted: Float64Array): Interval {
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return [at(0.025), at(0.975)];
}

/** Mulberry32: the same seed draws the same on every machine, which `Math.random` does not promise. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

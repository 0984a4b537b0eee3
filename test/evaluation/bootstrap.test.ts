import { describe, expect, test } from 'vitest';
import { bootstrapIntervals } from '../../src/evaluation/bootstrap.ts';

const RESAMPLING = { seed: 7, resamples: 1_000 };

/** `ones` rows of 1 among `n`. */
function rows(n: number, ones: number): number[][] {
  return Array.from({ length: n }, (_, at) => [at < ones ? 1 : 0, 1]);
}

/** The generator of Park and Miller: another than the one that draws the resamples. */
function createUniform(): () => number {
  let state = 20_260;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

describe('bootstrap intervals', () => {
  test('are those of the normal approximation where that is good', () => {
    const [interval] = bootstrapIntervals(rows(400, 100), RESAMPLING);
    // 0.25 ± 1.96 √(0.25 · 0.75 / 400)
    expect(interval?.[0]).toBeCloseTo(0.2076, 1.5);
    expect(interval?.[1]).toBeCloseTo(0.2924, 1.5);
    expect((interval?.[1] ?? 0) - (interval?.[0] ?? 0)).toBeGreaterThan(0.07);
    expect((interval?.[1] ?? 0) - (interval?.[0] ?? 0)).toBeLessThan(0.1);
  });

  test('get narrower with more questions, and have no width where all are alike', () => {
    const width = (n: number) => {
      const [[low, high] = [0, 0], constant] = bootstrapIntervals(rows(n, n / 4), RESAMPLING);
      expect(constant).toEqual([1, 1]);
      return high - low;
    };
    expect(width(1_600)).toBeLessThan(width(100) / 3);
  });

  test('are the same for the same seed and others for another', () => {
    const once = bootstrapIntervals(rows(90, 31), RESAMPLING);
    expect(bootstrapIntervals(rows(90, 31), RESAMPLING)).toEqual(once);
    const seeds = [1, 2, 3, 4].map((seed) => bootstrapIntervals(rows(90, 31), { ...RESAMPLING, seed }));
    expect(new Set(seeds.map((one) => JSON.stringify(one))).size).toBeGreaterThan(1);
  });

  test('hold the true mean in about 19 of 20 samples', () => {
    const random = createUniform();
    let held = 0;
    for (let sample = 0; sample < 300; sample++) {
      const drawn = Array.from({ length: 80 }, () => [random() < 0.4 ? 1 : 0]);
      const [[low, high] = [1, 0]] = bootstrapIntervals(drawn, { seed: sample, resamples: 400 });
      if (low <= 0.4 && 0.4 <= high) held += 1;
    }
    expect(held / 300).toBeGreaterThan(0.9);
    expect(held / 300).toBeLessThan(0.99);
  });

  test('of no question at all are none', () => {
    expect(bootstrapIntervals([], RESAMPLING)).toEqual([]);
  });
});

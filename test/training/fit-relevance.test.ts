import { describe, expect, test } from 'vitest';
import { createRelevance } from '../../src/knowledge/relevance.ts';
import { calibrateRelevance } from '../../src/training/calibrate-relevance.ts';
import {
  crossValidate,
  evidenceOf,
  fitRelevance,
  type RelevanceRow,
} from '../../src/training/fit-relevance.ts';
import { createRandom } from '../../src/training/seeded-random.ts';

/** Scores of answerable questions lie higher on the whole; follow-ups find more of everything. */
function makeRows(seed: number, count = 200): RelevanceRow[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, at) => {
    const answerable = at % 2 === 0;
    const isFollowUp = at % 4 < 2;
    const chunkScore = 0.2 + random() * 0.4 + (answerable ? 0.3 : 0) + (isFollowUp ? 0.2 : 0);
    const asked = { words: 2 + Math.floor(random() * 6), isFollowUp, corpus: 500 };
    const found = [
      { chunkScore: 0.1, similarity: undefined },
      { chunkScore, similarity: undefined },
    ];
    return { set: 'made up', group: `g${Math.floor(at / 4)}`, answerable, asked, found };
  });
}

const FIT = { by: 'words', sets: { 'made up': 1 } } as const;

describe('the fit of relevance', () => {
  test('learns from the best passage of a question what tells an answer', () => {
    const model = fitRelevance(makeRows(1), FIT);
    expect(model.features.passage).toBeGreaterThan(1);
    expect(model.followUp).toBeLessThan(0);
    expect(fitRelevance(makeRows(1), FIT)).toEqual(model);
  });

  test('scores a question by weights that have not seen its group', () => {
    const rows = makeRows(2);
    // One group whose answers are the wrong way round: seen, it would pull its own scores.
    const odd = rows.map((row) => (row.group === 'g7' ? { ...row, answerable: !row.answerable } : row));
    const without = fitRelevance(
      rows.filter(({ group }) => group !== 'g7'),
      FIT,
    );
    const folds = new Set(rows.map(({ group }) => group)).size;
    const scores = crossValidate(odd, FIT, { folds, seed: 1 });
    odd.forEach((row, at) => {
      if (row.group === 'g7') expect(scores[at]).toBeCloseTo(evidenceOf(row, without), 9);
    });
  });

  test('ships weights whose relevance crosses one half where the margin crosses 0', () => {
    const rows = makeRows(3);
    const { weights, margins } = calibrateRelevance(rows, {
      ...FIT,
      chooseTurn: (kind, evidence) => {
        const own = evidence.filter((_, at) => (kind === 'followUp') === rows[at]?.asked.isFollowUp);
        return own.toSorted((a, b) => a - b)[Math.floor(own.length / 2)] ?? 0;
      },
    });
    const relevanceOf = createRelevance({ words: weights, meaning: weights });
    const agree = rows.filter((row, at) => {
      const best = Math.max(...row.found.map((scores) => relevanceOf(scores, row.asked)));
      return best > 0.5 === (margins[at] ?? 0) > 0;
    });
    // Cross-validated weights and the shipped ones differ a little, so a few near the line may change sides.
    expect(agree.length).toBeGreaterThan(0.95 * rows.length);
  });

  test('counts a question that nothing was found for as the least answered', () => {
    const rows = makeRows(4);
    const model = fitRelevance(rows, FIT);
    const nothing: RelevanceRow = { ...(rows[0] as RelevanceRow), found: [] };
    expect(evidenceOf(nothing, model)).toBeLessThan(Math.min(...rows.map((row) => evidenceOf(row, model))));
  });
});

import { describe, expect, test } from 'vitest';
import { abstentionAt, abstentionCurve, auroc, thresholdLosing } from '../../src/evaluation/abstention.ts';
import { drawAbstention } from '../../src/evaluation/abstention-picture.ts';
import { describeAbstention, measureAbstention, toLine } from '../../src/evaluation/abstention-report.ts';

const JUDGED = { answerable: [0.9, 0.8, 0.6, 0.4], unanswerable: [0.7, 0.3, 0.2] };

describe('the figures of abstention', () => {
  test('are those worked out by hand', () => {
    // 12 pairs: 0.6 and 0.4 lie below 0.7, all others are in order.
    expect(auroc(JUDGED)).toBeCloseTo(10 / 12, 12);
    expect(abstentionAt(JUDGED, 0.5)).toEqual({ threshold: 0.5, caught: 2 / 3, lost: 1 / 4 });
  });

  test('count a tie as half', () => {
    expect(auroc({ answerable: [1, 1], unanswerable: [1] })).toBe(0.5);
  });

  test('run from answering everything to answering nothing', () => {
    const curve = abstentionCurve(JUDGED);
    expect(curve[0]).toMatchObject({ caught: 0, lost: 0 });
    expect(curve.at(-1)).toMatchObject({ caught: 1, lost: 1 });
    const lost = curve.map((point) => point.lost);
    expect(lost).toEqual(lost.toSorted((a, b) => a - b));
  });

  test.each([
    [0, 0],
    [0.25, 1],
    [0.49, 1],
    [0.5, 2],
  ])('the strictest threshold that may lose %d of four loses %d', (share, lost) => {
    const threshold = thresholdLosing(JUDGED, share);
    expect(abstentionAt(JUDGED, threshold).lost * 4).toBe(lost);
    // Any stricter one would lose the next.
    const next = JUDGED.answerable.toSorted((a, b) => a - b)[lost] ?? 1;
    expect(abstentionAt(JUDGED, next + 1e-9).lost * 4).toBe(lost + 1);
  });

  test('are told by set, with the shipped threshold at a margin of 0', () => {
    const margins = { answerable: [1, 2, 3, -1], unanswerable: [-2, -3, 1.5] };
    const figures = measureAbstention('talks', margins);
    expect(figures).toMatchObject({
      lost: 1 / 4,
      caught: 2 / 3,
      caughtAt10: 2 / 3,
      answerable: 4,
      unanswerable: 3,
    });
    expect(describeAbstention([figures]).split('\n').at(-1)).toBe(
      '| talks | 4 / 3 | 0.833 | 67 % | 67 % / 25 % |',
    );
  });
});

describe('the picture', () => {
  const picture = drawAbstention([
    toLine('talks', { answerable: [1, 2, 3, -1], unanswerable: [-2, -3, 1.5] }),
  ]);

  test('stands alone and has colours for light and dark', () => {
    expect(picture).toContain('prefers-color-scheme:dark');
    expect(picture.replace('http://www.w3.org/2000/svg', '')).not.toMatch(
      /https?:|<script|<image|@import|url\(/,
    );
  });

  test('closes every element it opens and draws nothing outside its frame', () => {
    const open = picture.match(/<[a-z]+(?:\s[^>]*)?(?<!\/)>/g)?.length;
    expect(picture.match(/<\/[a-z]+>/g)).toHaveLength(open ?? 0);
    expect(picture).not.toMatch(/NaN|undefined|="-/);
  });

  test('names each line with what the shipped threshold does', () => {
    expect(picture).toContain('>talks<');
    expect(picture).toContain('67 % caught, 25 % lost');
  });
});

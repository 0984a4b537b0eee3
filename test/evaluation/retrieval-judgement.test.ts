import { describe, expect, test } from 'vitest';
import { judgeSearch } from '../../src/evaluation/judge-search.ts';
import { readGate } from '../../src/evaluation/retrieval-gate.ts';
import {
  compareAnswers,
  judge,
  judgeByKind,
  worstAnswers,
} from '../../src/evaluation/retrieval-judgement.ts';
import { judgeRetrieval } from '../../src/evaluation/retrieval-verdict.ts';
import type { Search } from '../../src/knowledge/search.ts';
import { answerAt } from '../helpers/judged-answers.ts';

const RESAMPLING = { seed: 1, resamples: 500 };

describe('a judgement', () => {
  test('has every figure inside its interval', () => {
    const { figures, intervals } = judge(
      [1, 2, 1, undefined, 4, 1, 7].map((rank) => answerAt(rank)),
      RESAMPLING,
    );
    expect(figures).toMatchObject({ n: 7, hit1: 3 / 7, hit5: 5 / 7, recall5: 5 / 7 });
    for (const [name, [low, high]] of Object.entries(intervals)) {
      expect(low, name).toBeLessThan(figures[name as keyof typeof intervals]);
      expect(high, name).toBeGreaterThan(figures[name as keyof typeof intervals]);
    }
  });

  test('is told by kind in the order of the data set', () => {
    const kinds = judgeByKind(
      [answerAt(1, { kind: 'z' }), answerAt(2, { kind: 'a' }), answerAt(3, { kind: 'z' })],
      RESAMPLING,
    );
    expect(Object.entries(kinds).map(([kind, { figures }]) => [kind, figures.n])).toEqual([
      ['z', 2],
      ['a', 1],
    ]);
  });

  test('names the worst first, and none that is perfect', () => {
    const answers = [3, 1, undefined, 12, 2].map((rank) => answerAt(rank));
    expect(worstAnswers(answers, 3).map(({ rank }) => rank)).toEqual([undefined, 12, 3]);
    expect(worstAnswers([answerAt(1)], 3)).toEqual([]);
  });
});

describe('a paired comparison', () => {
  test('is the mean of the differences of each question', () => {
    const before = [2, 2, undefined, 1].map((rank) => answerAt(rank));
    const after = [1, 2, 1, 1].map((rank) => answerAt(rank));
    const { mrr10, hit1 } = compareAnswers(before, after, RESAMPLING);
    expect(mrr10.difference).toBeCloseTo((0.5 + 0 + 1 + 0) / 4, 12);
    expect(hit1.difference).toBe(0.5);
    expect(hit1.interval[0]).toBeLessThan(0.5);
  });

  test('is surer than two intervals side by side: hard questions are hard for both', () => {
    const ranks = Array.from({ length: 60 }, (_, at) => (at % 3 === 0 ? 1 : at % 3 === 1 ? 2 : undefined));
    const before = ranks.map((rank) => answerAt(rank));
    const after = ranks.map((rank) => answerAt(rank === 2 ? 1 : rank));
    const { difference, interval } = compareAnswers(before, after, RESAMPLING).mrr10;
    const [low, high] = judge(before, RESAMPLING).intervals.mrr10;
    expect(interval[0]).toBeGreaterThan(0);
    expect(difference).toBeGreaterThan(0);
    expect(interval[1] - interval[0]).toBeLessThan((high - low) / 1.2);
  });

  test('of a search with itself is nothing', () => {
    const answers = [1, 5, undefined].map((rank) => answerAt(rank));
    expect(compareAnswers(answers, answers, RESAMPLING).ndcg10).toEqual({ difference: 0, interval: [0, 0] });
  });
});

describe('the verdict', () => {
  const ranks = (found: number, missed: number) => [
    ...Array.from({ length: found }, () => answerAt(2)),
    ...Array.from({ length: missed }, () => answerAt(undefined)),
  ];

  test.each([
    [79, 21, true],
    [80, 20, false],
  ])('of %d found and %d missed: fix retrieval first is %s', (found, missed, first) => {
    const verdict = judgeRetrieval(judge(ranks(found, missed), RESAMPLING));
    expect(verdict.fixRetrievalFirst).toBe(first);
    expect(verdict.detail).toContain(`Recall@5 is ${found}\u00a0%`);
    expect(verdict.detail).toContain('The interval holds that line');
    expect(verdict.detail).toContain('at most 20\u00a0% is possible');
  });

  test('asks for no more right pages than five places hold', () => {
    const gold = Array.from({ length: 10 }, (_, at) => `g${at}`);
    const full = answerAt(1, { gold, ranked: gold });
    const verdict = judgeRetrieval(judge([full, full], RESAMPLING));
    expect(verdict.fixRetrievalFirst).toBe(false);
    expect(verdict.detail).toContain('40\u00a0% is the line');
  });
});

test.each([
  ['recall5=0.8', { figure: 'recall5', atLeast: 0.8 }],
  ['recall7=0.8', expect.stringContaining('names no figure')],
  ['recall5', expect.stringContaining('needs a number')],
  ['recall5=', expect.stringContaining('needs a number')],
  ['recall5=80', expect.stringContaining('from 0 to 1')],
])('the gate %s is read or explained', (text, read) => {
  expect(readGate(text)).toEqual(read);
});

describe('a search that is judged', () => {
  const passage = (source: string, score: number) => ({
    ...{ id: `${source}#${score}`, source, title: source.toUpperCase(), url: undefined, updated: undefined },
    ...{ headings: [], text: '', score, relevance: 1 },
  });
  const asked = { question: 'q', thread: [], gold: ['b', 'c'], kind: 'k' };

  test('is kept with the place of the first right page and what stood first, each page by its best passage', async () => {
    const passages = [
      passage('a', 0.9),
      passage('a', 0.8),
      passage('b', 0.7),
      passage('c', 0.6),
      passage('d', 0.5),
    ];
    const search: Search = async () => ({ passages, answerable: true, version: 'v', meaning: 'off' });
    const [answer] = await judgeSearch(search, [asked]);
    expect(answer).toMatchObject({ rank: 2, ranked: ['a', 'b', 'c', 'd'], kind: 'k' });
    expect(answer?.found).toEqual([
      { source: 'a', title: 'A', score: 0.9 },
      { source: 'b', title: 'B', score: 0.7 },
      { source: 'c', title: 'C', score: 0.6 },
    ]);
  });

  test('is asked again when the embedder was too slow, and not judged by words alone', async () => {
    let calls = 0;
    const slowOnce: Search = async () => {
      calls += 1;
      const meaning = calls === 1 ? 'unavailable' : 'compared';
      return { passages: calls === 1 ? [] : [passage('b', 1)], answerable: true, version: 'v', meaning };
    };
    expect((await judgeSearch(slowOnce, [asked]))[0]?.rank).toBe(1);
    const never: Search = async () => ({
      passages: [],
      answerable: true,
      version: 'v',
      meaning: 'unavailable',
    });
    await expect(judgeSearch(never, [asked])).rejects.toThrow('does not answer in time');
  });
});

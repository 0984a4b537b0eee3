import { describe, expect, test } from 'vitest';
import { readJudgedQuestions } from '../../src/evaluation/judged-questions.ts';
import { distinctPages, measureRetrieval } from '../../src/evaluation/retrieval.ts';

describe('the figures of retrieval', () => {
  test('are those worked out by hand for one right page in second place', () => {
    const figures = measureRetrieval([{ ranked: ['a', 'b', 'c'], gold: ['b'] }]);
    // 1 / log2(3)
    expect(figures.ndcg10).toBeCloseTo(0.6309, 4);
    expect(figures).toMatchObject({ n: 1, mrr10: 0.5, hit1: 0, hit5: 1, recall3: 1, recall5: 1 });
    expect(figures.precision3).toBeCloseTo(1 / 3, 12);
    expect(figures.precision5).toBeCloseTo(1 / 5, 12);
  });

  test('are those worked out by hand for several right pages', () => {
    const figures = measureRetrieval([
      { ranked: ['a', 'x', 'b', 'y', 'z', 'c'], gold: ['a', 'b', 'c', 'd'] },
    ]);
    // (1 + 1/log2(4) + 1/log2(7)) / (1 + 1/log2(3) + 1/log2(4) + 1/log2(5))
    expect(figures.ndcg10).toBeCloseTo((1 + 0.5 + 0.35621) / (1 + 0.63093 + 0.5 + 0.43068), 4);
    expect(figures).toMatchObject({
      mrr10: 1,
      hit1: 1,
      hit5: 1,
      recall3: 0.5,
      recall5: 0.5,
      precision5: 0.4,
    });
    expect(figures.precision3).toBeCloseTo(2 / 3, 12);
  });

  test('see no more than ten pages', () => {
    const ranked = [...Array.from({ length: 10 }, (_, at) => `x${at}`), 'right'];
    expect(measureRetrieval([{ ranked, gold: ['right'] }])).toMatchObject({ ndcg10: 0, mrr10: 0, hit5: 0 });
    const tenth = [...ranked.slice(0, 9), 'right'];
    expect(measureRetrieval([{ ranked: tenth, gold: ['right'] }])).toMatchObject({ mrr10: 0.1 });
  });

  test('are perfect for a perfect order, also with more right pages than places', () => {
    const gold = Array.from({ length: 12 }, (_, at) => `g${at}`);
    expect(measureRetrieval([{ ranked: gold, gold }]).ndcg10).toBeCloseTo(1, 12);
  });

  test('are means over the questions, and zero where nothing was found', () => {
    const figures = measureRetrieval([
      { ranked: ['a'], gold: ['a'] },
      { ranked: [], gold: ['a'] },
    ]);
    expect(figures).toMatchObject({
      n: 2,
      ndcg10: 0.5,
      mrr10: 0.5,
      hit1: 0.5,
      hit5: 0.5,
      recall5: 0.5,
      precision5: 0.1,
    });
    expect(measureRetrieval([])).toMatchObject({ n: 0, ndcg10: 0 });
  });

  test('count a page once, where its best passage stands', () => {
    expect(distinctPages(['a', 'b', 'a', 'c', 'b'].map((source) => ({ source })))).toEqual(['a', 'b', 'c']);
  });
});

describe('a data set', () => {
  test('is read in order; broken lines are left out and named', () => {
    const text = [
      '{"question":"q1","gold":["a.md"],"kind":"k","id":7}',
      '',
      '{"question":"q2"}',
      'nonsense',
      '{"question":"q3","gold":["t.csv#4"],"thread":[{"author":"customer","text":"before"}]}',
    ];
    const { questions, problems } = readJudgedQuestions(text.join('\n'));
    expect(questions).toEqual([
      { question: 'q1', gold: ['a.md'], kind: 'k', thread: [] },
      { question: 'q3', gold: ['t.csv#4'], kind: 'all', thread: [{ author: 'customer', text: 'before' }] },
    ]);
    expect(problems).toEqual([
      expect.stringMatching(/^line 3: "gold" /),
      expect.stringMatching(/^line 4: not JSON \(/),
    ]);
  });
});

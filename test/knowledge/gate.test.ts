import { describe, expect, test } from 'vitest';
import {
  judgeBuild,
  judgePlan,
  judgeProbes,
  type ProbeFacts,
  type Recall,
} from '../../src/knowledge/gate.ts';
import type { ReleaseFacts } from '../../src/knowledge/gate-facts.ts';

const QUIET: ReleaseFacts = {
  pages: { before: 100, after: 100 },
  documents: { before: 100, after: 100 },
  passages: { before: 300, after: 300 },
  removed: [],
  changed: 0,
  retitled: [],
  beheaded: { lost: [], had: 80 },
  text: { before: 10_000, after: 10_000 },
  copies: { before: 10, after: 10, examples: [] },
  lookalikes: { before: 0, after: 0, examples: [] },
  same: { pages: 2, examples: [] },
};
const names = (count: number) => Array.from({ length: count }, (_, at) => `${at}.md`);
const retitled = (count: number) => names(count).map((source) => ({ source, was: 'Plans', is: 'Log in' }));

describe('a plan', () => {
  test.each<[string, Partial<ReleaseFacts>, number]>([
    ['that changes nothing odd', {}, 0],
    ['with 30 of 100 pages gone', { removed: names(30) }, 0],
    ['with 31 of 100 pages gone', { removed: names(31) }, 1],
    [
      'with the one page of a handbook of two gone',
      { documents: { before: 2, after: 1 }, removed: names(1) },
      0,
    ],
    ['with 30 of 100 titles changed', { retitled: retitled(30) }, 0],
    ['with 31 of 100 titles changed', { retitled: retitled(31) }, 1],
    ['with two of three titles changed', { documents: { before: 3, after: 3 }, retitled: retitled(2) }, 0],
    ['with 24 of 80 pages without their headings', { beheaded: { lost: names(24), had: 80 } }, 0],
    ['with 25 of 80 pages without their headings', { beheaded: { lost: names(25), had: 80 } }, 1],
    ['with 70 % of the text left', { text: { before: 10_000, after: 7_000 } }, 0],
    ['with 69 % of the text left', { text: { before: 10_000, after: 6_900 } }, 1],
    ['with too little changed to weigh the text', { text: undefined, copies: undefined, same: undefined }, 0],
    ['with copies of a fifth of the pages', { copies: { before: 10, after: 30, examples: [] } }, 0],
    ['with copies of more', { copies: { before: 10, after: 31, examples: names(3) } }, 1],
    [
      'with copies of four pages in a small handbook',
      { documents: { before: 6, after: 10 }, copies: { before: 0, after: 4, examples: [] } },
      0,
    ],
    ['that was full of copies before', { copies: { before: 80, after: 90, examples: [] } }, 0],
    [
      'with four pages that now say the same',
      { changed: 4, lookalikes: { before: 0, after: 3, examples: [] } },
      0,
    ],
    [
      'with five pages that now say the same',
      { changed: 5, lookalikes: { before: 0, after: 4, examples: [] } },
      1,
    ],
    [
      'with ten pages that said the same before',
      { changed: 10, lookalikes: { before: 9, after: 9, examples: [] } },
      0,
    ],
    ['with one text on most pages of an index that was so before', { same: { pages: 90, examples: [] } }, 0],
    [
      'with one text on most pages of a first build',
      { documents: { before: null, after: 10 }, copies: undefined, same: { pages: 6, examples: names(3) } },
      1,
    ],
  ])('%s', (_, facts, findings) => {
    expect(judgePlan({ ...QUIET, ...facts })).toHaveLength(findings);
  });

  test('is told of with numbers and with examples, and may be forced', () => {
    const [finding] = judgePlan({ ...QUIET, removed: names(50) });
    expect(finding?.says).toBe('50 of 100 indexed pages are gone from the sources (0.md, 1.md, 2.md, …)');
    expect(finding?.isFault).toBe(false);
  });
});

test.each<[number, number, number]>([
  [100, 300, 0],
  [99, 300, 1],
  [100, 299, 1],
])('a build of %i pages and %i passages where 100 and 300 were planned', (pages, passages, count) => {
  const findings = judgeBuild({ pages: 100, passages: 300 }, { pages, passages });
  expect(findings.map(({ isFault }) => isFault)).toEqual(new Array(count).fill(true));
});

describe('probes', () => {
  const recall = (asked: number, lost: number, found = asked - lost): Recall => ({
    ...{ asked, found },
    lost: names(lost).map((source) => ({ question: 'Plans', source })),
  });
  const sound: ProbeFacts = {
    ...{ kept: recall(100, 0), fresh: recall(0, 0) },
    ...{ questions: undefined, vectors: undefined },
  };

  test.each<[string, Partial<ProbeFacts>, number]>([
    ['that find everything', {}, 0],
    ['that lose 5 of 100 titles', { kept: recall(100, 5) }, 0],
    ['that lose 6 of 100 titles', { kept: recall(100, 6) }, 1],
    ['that lose the one title of three that another page took over', { kept: recall(3, 1) }, 0],
    ['that lose two titles of three', { kept: recall(3, 2) }, 1],
    ['that never found half of the titles', { kept: recall(100, 0, 50) }, 0],
    ['that find half of the new pages', { fresh: recall(10, 0, 5) }, 0],
    ['that find fewer of the new pages', { fresh: recall(10, 0, 4) }, 1],
    ['that find none of a few new pages', { fresh: recall(3, 0, 0) }, 0],
    ['that lose one question of twenty', { questions: recall(20, 1) }, 0],
    ['that lose one question of nineteen', { questions: recall(19, 1) }, 1],
    ['that lose the only question', { questions: recall(1, 1) }, 1],
    ['that find 8 of 10 passages by their vector', { vectors: { asked: 10, found: 8 } }, 0],
    ['that find 7 of 10 passages by their vector', { vectors: { asked: 10, found: 7 } }, 1],
  ])('%s', (_, facts, findings) => {
    expect(judgeProbes({ ...sound, ...facts })).toHaveLength(findings);
  });

  test('may be overruled for what is found, never for vectors that were mixed up', () => {
    const [titles, vectors] = judgeProbes({
      ...{ ...sound, kept: recall(10, 5) },
      vectors: { asked: 10, found: 0 },
    });
    expect(titles).toMatchObject({ isFault: false, says: expect.stringContaining('"Plans" for 0.md') });
    expect(vectors?.isFault).toBe(true);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_THRESHOLD, relevanceOf } from '../../src/knowledge/relevance.ts';
import { createSearch } from '../../src/knowledge/search.ts';
import type { Candidate, KnowledgeIndex } from '../../src/ports.ts';

function candidate(id: string, scores: Partial<Candidate> = {}): Candidate {
  const source = id.split('#')[0] ?? id;
  const passage = { id, source, title: source, url: undefined, updated: undefined, headings: [], text: id };
  return {
    passage,
    chunkScore: 1,
    pageScore: 1,
    titleScore: 0,
    similarity: undefined,
    pageSimilarity: undefined,
    ...scores,
  };
}

/** An index that answers with the given candidates, whatever is asked. */
function searchOver(candidates: Candidate[], threshold = 0) {
  const asked: number[] = [];
  const index = {
    active: async () => ({ version: 'v7', pages: 1, passages: 1, builtAt: 0 }),
    candidates: async ({ limit }: { limit: number }) => {
      asked.push(limit);
      return candidates;
    },
  } as unknown as KnowledgeIndex;
  const search = createSearch({ index, threshold });
  const ids = async (limit: number) =>
    (await search([{ text: 'refund policy', weight: 1 }], { limit: limit })).passages.map(({ id }) => id);
  return { search, ids, asked };
}

describe('search', () => {
  test('orders by passage and page together, the best first', async () => {
    const { search } = searchOver([
      candidate('a#0', { chunkScore: 2, pageScore: 0.5 }),
      candidate('b#0', { chunkScore: 1.6, pageScore: 2 }),
      candidate('c#0', { chunkScore: 0.2, pageScore: 2 }),
    ]);
    const { passages, version } = await search([{ text: 'refund', weight: 1 }], { limit: 5 });
    expect(passages.map(({ id }) => id)).toEqual(['b#0', 'a#0', 'c#0']);
    expect(version).toBe('v7');
    for (const { score } of passages) expect(score).toBeGreaterThan(0);
    for (const { score } of passages) expect(score).toBeLessThanOrEqual(1);
  });

  test('puts the page whose title says what was asked before one that only mentions it', async () => {
    const mention = candidate('a#0', { chunkScore: 1.1, pageScore: 1.1 });
    expect(await searchOver([mention, candidate('b#0', { titleScore: 0.9 })]).ids(5)).toEqual(['b#0', 'a#0']);
  });

  test('puts a page that is near by meaning before one that shares words', async () => {
    const near = candidate('near#0', { chunkScore: 0, pageScore: 0, similarity: 0.8, pageSimilarity: 0.8 });
    const worded = candidate('worded#0', { similarity: 0.1, pageSimilarity: 0.1 });
    expect(await searchOver([worded, near]).ids(5)).toEqual(['near#0', 'worded#0']);
  });

  test('gives of a page the passage first that is nearest itself', async () => {
    const of = (id: string, similarity: number) =>
      candidate(id, { chunkScore: 0, pageScore: 0, similarity, pageSimilarity: 0.7 });
    expect(await searchOver([of('a#0', 0.3), of('a#1', 0.7), of('a#2', 0.5)]).ids(2)).toEqual(['a#1', 'a#2']);
  });

  test('takes two passages of a page at most while other pages have something to say', async () => {
    const many = Array.from({ length: 5 }, (_, at) => candidate(`a#${at}`, { chunkScore: 9 - at }));
    const { ids } = searchOver([...many, candidate('b#0'), candidate('c#0')]);
    expect(await ids(4)).toEqual(['a#0', 'a#1', 'b#0', 'c#0']);
    expect(await ids(6)).toEqual(['a#0', 'a#1', 'a#2', 'a#3', 'b#0', 'c#0']);
  });

  test('asks the index for many more passages than wanted', async () => {
    const { ids, asked } = searchOver([]);
    expect(await ids(20)).toEqual([]);
    expect(asked[0]).toBeGreaterThanOrEqual(100);
  });

  test('says whether any passage is relevant enough, and shows the nearest either way', async () => {
    const weak = candidate('weak#0', { chunkScore: 0.1, pageScore: 0.1 });
    const strong = candidate('strong#0', { chunkScore: 3 });
    const asked = (candidates: Candidate[]) =>
      searchOver(candidates, 0.5).search([{ text: 'refund policy', weight: 1 }], { limit: 5 });
    expect(await asked([weak])).toMatchObject({ answerable: false, passages: [{ id: 'weak#0' }] });
    expect(await asked([weak, strong])).toMatchObject({
      answerable: true,
      passages: [{ id: 'strong#0' }, { id: 'weak#0' }],
    });
    expect(await asked([])).toMatchObject({ answerable: false, passages: [] });
  });
});

describe('relevance', () => {
  const asked = { words: 4, isFollowUp: false, corpus: 500 };
  const of = (chunkScore: number, change: Partial<typeof asked> = {}) =>
    relevanceOf({ chunkScore, similarity: undefined }, { ...asked, ...change });

  test('grows with what was found and with how much was asked', () => {
    expect(of(0.6)).toBeGreaterThan(of(0.3));
    expect(of(0.3, { words: 8 })).toBeGreaterThan(of(0.3));
  });

  test('grows with the nearness of meaning, where meanings were compared', () => {
    const near = (similarity: number) => relevanceOf({ chunkScore: 0.1, similarity }, asked);
    expect(near(0.7)).toBeGreaterThan(near(0.3));
    expect(near(-0.2)).toBe(near(0));
  });

  test('asks for more in a larger corpus, and of a follow-up', () => {
    expect(of(0.3, { corpus: 3_000 })).toBeLessThan(of(0.3));
    expect(of(0.3, { isFollowUp: true })).toBeLessThan(of(0.3));
  });

  test('stays between 0 and 1 whatever comes in', () => {
    const any = { words: fc.nat(), isFollowUp: fc.boolean(), corpus: fc.nat() };
    const score = fc.double({ min: 0, noNaN: true });
    const cosine = fc.option(fc.double({ min: -1, max: 1, noNaN: true }), { nil: undefined });
    fc.assert(
      fc.property(score, cosine, fc.record(any), (chunkScore, similarity, all) => {
        const relevance = relevanceOf({ chunkScore, similarity }, all);
        expect(relevance).toBeGreaterThanOrEqual(0);
        expect(relevance).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('is held against the words of the earlier turns too, when they joined the search', async () => {
    const { search } = searchOver([candidate('a#0', { chunkScore: 0.38 })], DEFAULT_THRESHOLD);
    const question = { text: 'refund policy annual plans', weight: 1 };
    const earlier = { text: 'annual plans', weight: 0.5 };
    expect(await search([question], { limit: 5 })).toMatchObject({ answerable: true });
    expect(await search([question, earlier], { limit: 5 })).toMatchObject({ answerable: false });
  });
});

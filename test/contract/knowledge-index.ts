import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chunk } from '../../src/knowledge/chunk.ts';
import { readQueryTerms } from '../../src/knowledge/terms.ts';
import type { Page } from '../../src/knowledge/types.ts';
import type { Candidate, IndexChange, KnowledgeIndex } from '../../src/ports.ts';

/** One place where versions are kept; `open` gives an index on it, as another process would have. */
export interface IndexPlace {
  open(): KnowledgeIndex;
  dispose(): Promise<void>;
}

const REFUNDS = change('billing/refunds.md', 'Refunds', 'We refund new customers within 30 days.\n');
const PLANS = change(
  'billing/plans.md',
  'Plans',
  '## Hobby plan\n\nIt costs $5 a month.\n\n## Pro plan\n\n$20.\n',
);
const ERRORS = change(
  'errors.md',
  'Errors',
  'TM-4031 means the token has expired.\n\nTM-4032 is not documented.\n',
);

/** What every knowledge index does, whatever it is built on. */
export function describeKnowledgeIndex(name: string, create: () => Promise<IndexPlace>): void {
  describe(name, () => {
    let place: IndexPlace;
    let index: KnowledgeIndex;

    beforeEach(async () => {
      place = await create();
      index = place.open();
    });

    afterEach(async () => {
      await index.close();
      await place.dispose();
    });

    const store = async (upserts: IndexChange[], removals: string[] = []) => {
      const build = await index.build({ upserts, removals });
      await build.activate();
      return build;
    };
    const find = async (text: string, limit = 10) =>
      byWords(await index.candidates({ terms: readQueryTerms([{ text, weight: 1 }]), limit }));

    test('has nothing before the first build and says so instead of finding nothing', async () => {
      expect(await index.active()).toBeUndefined();
      expect(await index.pages()).toEqual([]);
      await expect(find('refund')).rejects.toThrow('There is no knowledge index yet');
    });

    test('gives back what was stored, word for word', async () => {
      const build = await store([REFUNDS, PLANS]);
      expect(build.passages).toBe(3);
      expect(await index.active()).toMatchObject({ version: build.version, pages: 2, passages: 3 });
      expect(await index.pages()).toEqual([PLANS.page, REFUNDS.page]);
      const [found] = await find('how much is the hobby plan');
      expect(found?.passage).toEqual(PLANS.passages[0]);
    });

    test('finds other forms of a word, and words without their accents', async () => {
      await store([REFUNDS, change('cafe.md', 'Café', 'The café opens at nine.\n')]);
      expect((await find('refunded'))[0]?.passage.source).toBe('billing/refunds.md');
      expect((await find('cafe opening'))[0]?.passage.source).toBe('cafe.md');
    });

    test.each(['TM-4031', 'tm-4031', 'what does "TM-4031" mean?', '(TM-4031)'])(
      'finds the exact identifier in %s',
      async (text) => {
        await store([
          ERRORS,
          change('tm.md', 'TM', 'TM is short for ticket module. See page 4031 in the book.\n'),
        ]);
        expect((await find(text))[0]?.passage.id).toBe('errors.md#0');
      },
    );

    test('tells versions and variable names apart that share their parts', async () => {
      await store([
        change('v231.md', 'New', 'Release v2.3.1 repairs exports.\n'),
        change('v312.md', 'Old', 'Release v2.1.3 broke exports, 3 of them in 1 day.\n'),
        change('vars.md', 'Variables', 'Set DATABASE_URL before the first start.\n'),
        change('url.md', 'Links', 'The URL of the console; the database is elsewhere.\n'),
      ]);
      expect((await find('v2.3.1'))[0]?.passage.source).toBe('v231.md');
      expect((await find('DATABASE_URL'))[0]?.passage.source).toBe('vars.md');
    });

    test('scores what was found against all that was asked, unknown words as the rarest', async () => {
      await store([REFUNDS, PLANS, ERRORS]);
      const score = async (text: string) => (await find(text))[0]?.chunkScore ?? 0;
      expect(await score('refund zebra')).toBeLessThan(0.5 * (await score('refund')));
      expect(await score('refund zebra')).toBeGreaterThan(0.2 * (await score('refund')));
    });

    test('counts a word of a lighter text for less', async () => {
      await store([REFUNDS, PLANS]);
      const both = async (refund: number, hobby: number) => {
        const terms = readQueryTerms([
          { text: 'refund', weight: refund },
          { text: 'hobby', weight: hobby },
        ]);
        return byWords(await index.candidates({ terms, limit: 5 }));
      };
      expect((await both(1, 0.2))[0]?.passage.source).toBe('billing/refunds.md');
      expect((await both(0.2, 1))[0]?.passage.source).toBe('billing/plans.md');
    });

    test('has no score for passages without a word of the question, and leaves them out', async () => {
      await store([REFUNDS, PLANS]);
      expect(await find('zebra')).toEqual([]);
      expect(await find('')).toEqual([]);
      expect(await find('what is the')).toEqual([]);
      for (const candidate of await find('refund')) expect(candidate.chunkScore).toBeGreaterThan(0);
    });

    test('returns no more candidates than asked for', async () => {
      await store([PLANS]);
      expect(await find('plan')).toHaveLength(2);
      expect(await find('plan', 1)).toHaveLength(1);
    });

    test('searches for whatever text it is given and never fails', async () => {
      await store([REFUNDS, PLANS, ERRORS]);
      const text = fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.stringMatching(/^["*^:(){}+\-a-z ANDORNOTNEAR]{0,60}$/),
        fc.constantFrom(
          'NEAR(a b, 5)',
          'title:x',
          '"',
          'a" OR "b',
          'refund*',
          '\0',
          '\uD800',
          '-refund',
          'a AND',
        ),
      );
      await fc.assert(
        fc.asyncProperty(text, fc.double(), async (words, weight) => {
          const terms = readQueryTerms([
            { text: words, weight: 1 },
            { text: words, weight },
          ]);
          const found = await index.candidates({ terms, limit: 5 });
          expect(found.length).toBeLessThanOrEqual(5);
        }),
      );
    });

    test('shows a build to nobody before it is activated, and never after it was discarded', async () => {
      await store([REFUNDS]);
      const build = await index.build({ upserts: [PLANS], removals: ['billing/refunds.md'] });
      expect(await find('hobby')).toEqual([]);
      expect(await find('refund')).toHaveLength(1);
      await build.discard();
      expect(await index.pages()).toEqual([REFUNDS.page]);
    });

    test('replaces all passages of a page at once and drops removed pages', async () => {
      await store([REFUNDS, PLANS, ERRORS]);
      const shorter = change('billing/plans.md', 'Plans', '## Team plan\n\n$99 a month.\n');
      const build = await store([shorter], ['errors.md', 'never-there.md']);
      expect(build.passages).toBe(2);
      expect((await index.pages()).map(({ source }) => source)).toEqual([
        'billing/plans.md',
        'billing/refunds.md',
      ]);
      expect(await find('hobby')).toEqual([]);
      expect(await find('TM-4031')).toEqual([]);
      expect((await find('team plan'))[0]?.passage).toEqual(shorter.passages[0]);
    });

    test('ranks the same after many changes as when built at once', async () => {
      await store([ERRORS]);
      await store([REFUNDS, change('gone.md', 'Gone', 'hobby hobby refund\n')]);
      await store([PLANS], ['gone.md']);
      const grown = await find('refund a hobby plan token', 20);
      await store([ERRORS, REFUNDS, PLANS]);
      const fresh = await find('refund a hobby plan token', 20);
      expect(grown.map(({ passage }) => passage.id)).toEqual(fresh.map(({ passage }) => passage.id));
      for (const [at, one] of grown.entries()) {
        expect(one.chunkScore).toBeCloseTo(fresh[at]?.chunkScore ?? 0, 5);
        expect(one.pageScore).toBeCloseTo(fresh[at]?.pageScore ?? 0, 5);
      }
    });

    test('keeps a page that has no passage, so that it is not read again and again', async () => {
      await store([{ page: { source: 'blank.md', hash: 'h', stamp: 's' }, passages: [] }, REFUNDS]);
      expect((await index.pages()).map(({ source }) => source)).toEqual(['billing/refunds.md', 'blank.md']);
    });

    test('lets one build run at a time, whoever asks, and the next once it has ended', async () => {
      const other = place.open();
      const first = await index.build({ upserts: [REFUNDS], removals: [] });
      await expect(index.build({ upserts: [PLANS], removals: [] })).rejects.toThrow('Another re-index');
      await expect(other.build({ upserts: [PLANS], removals: [] })).rejects.toThrow('Another re-index');
      await first.activate();
      const second = await other.build({ upserts: [PLANS], removals: [] });
      await second.activate();
      await other.close();
      expect(await index.active()).toMatchObject({ pages: 2, version: second.version });
    });

    test('serves what another process switched to, from the next search on', async () => {
      await store([REFUNDS]);
      expect(await find('hobby')).toEqual([]);
      const other = place.open();
      const build = await other.build({ upserts: [PLANS], removals: [] });
      await build.activate();
      await other.close();
      expect((await find('hobby'))[0]?.passage.source).toBe('billing/plans.md');
    });

    test('answers from the build alone while it is tried', async () => {
      await store([REFUNDS]);
      const build = await index.build({ upserts: [PLANS], removals: ['billing/refunds.md'] });
      const terms = readQueryTerms([{ text: 'hobby plan', weight: 1 }]);
      const [found] = await build.candidates({ terms, limit: 5 });
      expect(found?.passage).toEqual(PLANS.passages[0]);
      expect(build).toMatchObject({ pages: 1, passages: 2 });
      expect(await find('hobby')).toEqual([]);
      await build.discard();
    });

    test('gives back the passages of pages, and none of a page it does not hold', async () => {
      await store([REFUNDS, PLANS, ERRORS]);
      const passages = await index.passagesOf(['billing/plans.md', 'never-there.md', 'errors.md']);
      expect(passages).toEqual([...PLANS.passages, ...ERRORS.passages]);
    });

    test('goes back to the version before, and forth again', async () => {
      const first = await store([REFUNDS]);
      expect(await index.previous()).toBeUndefined();
      await expect(index.rollback()).rejects.toThrow('no former version');
      const second = await store([PLANS]);
      expect((await index.previous())?.version).toBe(first.version);
      expect((await index.rollback()).version).toBe(first.version);
      expect(await find('hobby')).toEqual([]);
      expect(await index.pages()).toEqual([REFUNDS.page]);
      expect((await index.previous())?.version).toBe(second.version);
      await index.rollback();
      expect(await find('hobby')).toHaveLength(1);
    });

    describe('with vectors', () => {
      const [NORTH, EAST, NORTH_EAST] = [unit(1, 0), unit(0, 1), unit(1, 1)];
      const EMBEDDER = { id: 'test:compass', dimensions: 3 };
      const withVectors = (one: IndexChange, ...vectors: Float32Array[]) => ({ ...one, vectors });
      const storeAll = async (upserts: IndexChange[], embedder = EMBEDDER) => {
        const build = await index.build({ upserts, removals: [], embedder });
        await build.activate();
      };
      const nearest = (vector: Float32Array, limit = 5) => index.candidates({ terms: [], vector, limit });

      test('finds by meaning what shares no word, with the cosine', async () => {
        await storeAll([withVectors(REFUNDS, NORTH), withVectors(PLANS, EAST, NORTH_EAST)]);
        expect(await index.active()).toMatchObject({ embedder: EMBEDDER });
        const found = bySimilarity(await nearest(NORTH));
        expect(found.map(({ passage }) => passage.source)).toEqual([
          'billing/refunds.md',
          'billing/plans.md',
          'billing/plans.md',
        ]);
        expect(found[0]?.similarity).toBeCloseTo(1, 4);
        expect(found[1]?.similarity).toBeCloseTo(Math.SQRT1_2, 4);
        expect(found[2]?.similarity).toBeCloseTo(0, 4);
        expect(found[0]?.chunkScore).toBe(0);
      });

      test('gives the best by words and the best by meaning, each with both scores', async () => {
        await storeAll([
          withVectors(REFUNDS, NORTH),
          withVectors(PLANS, EAST, EAST),
          withVectors(ERRORS, EAST),
        ]);
        const terms = readQueryTerms([{ text: 'hobby plan', weight: 1 }]);
        const found = await index.candidates({ terms, vector: NORTH, limit: 1 });
        const sources = found.map(({ passage }) => passage.id).sort();
        expect(sources).toEqual(['billing/plans.md#0', 'billing/refunds.md#0']);
        const plan = found.find(({ passage }) => passage.source === 'billing/plans.md');
        expect(plan?.chunkScore).toBeGreaterThan(0);
        expect(plan?.similarity).toBeCloseTo(0, 4);
      });

      test('keeps the vectors of pages that did not change', async () => {
        await storeAll([withVectors(REFUNDS, NORTH), withVectors(ERRORS, EAST)]);
        await storeAll([withVectors(ERRORS, NORTH_EAST)]);
        const found = bySimilarity(await nearest(NORTH));
        expect(found[0]?.passage.source).toBe('billing/refunds.md');
        expect(found[0]?.similarity).toBeCloseTo(1, 4);
        expect(found[1]?.similarity).toBeCloseTo(Math.SQRT1_2, 4);
      });

      test('never mixes vectors of two embedders', async () => {
        await storeAll([withVectors(REFUNDS, NORTH), withVectors(ERRORS, EAST)]);
        const other = { id: 'test:other', dimensions: 3 };
        const changes = { upserts: [withVectors(ERRORS, NORTH)], removals: [], embedder: other };
        await expect(index.build(changes)).rejects.toThrow('cannot stand in one index');
        await storeAll([withVectors(REFUNDS, NORTH), withVectors(ERRORS, EAST)], other);
        expect((await index.active())?.embedder).toEqual(other);
      });

      test('has no similarity for a vector of another length, and none without one', async () => {
        await storeAll([withVectors(REFUNDS, NORTH)]);
        const terms = readQueryTerms([{ text: 'refund', weight: 1 }]);
        const [found] = await index.candidates({ terms, limit: 5 });
        expect(found?.similarity).toBeUndefined();
        const [wrong] = await index.candidates({ terms, vector: new Float32Array([1, 0]), limit: 5 });
        expect(wrong?.similarity).toBeUndefined();
      });
    });

    test('shows what concerns one customer to that customer only', async () => {
      const own = (tenant: string) =>
        ticket(`tickets/${tenant}.md`, tenant, `Refund for ${tenant}, secret-${tenant}.\n`);
      await store([REFUNDS, own('C0ACME'), own('C0GLOBEX')]);
      const sources = async (tenant?: string) => {
        const terms = readQueryTerms([{ text: 'refund secret-C0ACME secret-C0GLOBEX', weight: 1 }]);
        const found = await index.candidates({ terms, limit: 10, tenant });
        return found.map(({ passage }) => passage.source).sort();
      };
      expect(await sources()).toEqual(['billing/refunds.md']);
      expect(await sources('C0ACME')).toEqual(['billing/refunds.md', 'tickets/C0ACME.md']);
      expect(await sources('C0GLOBEX')).toEqual(['billing/refunds.md', 'tickets/C0GLOBEX.md']);
      expect(await sources('C0NOBODY')).toEqual(['billing/refunds.md']);
      expect((await index.passagesOf(['tickets/C0ACME.md']))[0]?.tenant).toBe('C0ACME');
    });

    test('reports its progress up to the last page', async () => {
      const seen: number[] = [];
      const build = await index.build({ upserts: [REFUNDS, PLANS], removals: [] }, (done, total) => {
        expect(total).toBe(2);
        seen.push(done);
      });
      await build.discard();
      expect(seen.at(-1)).toBe(2);
    });
  });
}

export function change(source: string, title: string, body: string): IndexChange {
  const page: Page = { source, title, url: undefined, updated: undefined, body, hash: `hash of ${source}` };
  return { page: { source, hash: page.hash, stamp: `stamp of ${source}` }, passages: [...chunk(page)] };
}

/** A page that concerns one customer. */
export function ticket(source: string, tenant: string, body: string): IndexChange {
  const { page, passages } = change(source, 'Ticket', body);
  return { page, passages: passages.map((passage) => ({ ...passage, tenant })) };
}

function unit(x: number, y: number): Float32Array {
  const length = Math.hypot(x, y);
  return new Float32Array([x / length, y / length, 0]);
}

/** An index gives candidates in no promised order. */
function byWords(candidates: Candidate[]): Candidate[] {
  return [...candidates].sort((a, b) => b.chunkScore + b.pageScore - a.chunkScore - a.pageScore);
}

function bySimilarity(candidates: Candidate[]): Candidate[] {
  return [...candidates].sort((a, b) => (b.similarity ?? -1) - (a.similarity ?? -1));
}

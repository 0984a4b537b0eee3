import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chunk } from '../../src/knowledge/chunk.ts';
import type { Page } from '../../src/knowledge/types.ts';
import type { IndexChange, KnowledgeIndex } from '../../src/ports.ts';

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
    const find = (text: string, limit = 10) => index.candidates({ texts: [{ text, weight: 1 }], limit });

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

    test('reports which share of the question was found, with unknown words as the heaviest', async () => {
      await store([REFUNDS, PLANS, ERRORS]);
      const [whole] = await find('refund customers');
      expect(whole?.chunkCoverage).toBe(1);
      expect(whole?.pageCoverage).toBe(1);
      const [half] = await find('refund zebra');
      expect(half?.chunkCoverage).toBeGreaterThan(0.2);
      expect(half?.chunkCoverage).toBeLessThan(0.5);
    });

    test('counts a word of a lighter text for less', async () => {
      await store([REFUNDS, PLANS]);
      const both = (refund: number, hobby: number) =>
        index.candidates({
          texts: [
            { text: 'refund', weight: refund },
            { text: 'hobby', weight: hobby },
          ],
          limit: 5,
        });
      expect((await both(1, 0.5))[0]?.passage.source).toBe('billing/refunds.md');
      expect((await both(0.5, 1))[0]?.passage.source).toBe('billing/plans.md');
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
          const found = await index.candidates({
            texts: [
              { text: words, weight: 1 },
              { text: words, weight },
            ],
            limit: 5,
          });
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
      for (const [at, one] of grown.entries())
        expect(one.chunkScore).toBeCloseTo(fresh[at]?.chunkScore ?? 0, 9);
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

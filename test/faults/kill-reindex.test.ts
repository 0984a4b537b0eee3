import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRandom } from '../../src/training/seeded-random.ts';
import { type Moment, openReindex, type ReindexPlace, startReindex } from '../helpers/reindex-process.ts';
import { createTestClock } from '../helpers/test-clock.ts';
import { startWeaviateDouble } from '../helpers/weaviate-double/server.ts';
import { classesOfIndex, dropIndex, SERVER, WITHOUT_SERVER } from '../helpers/weaviate-server.ts';

const MOMENTS: Moment[] = [
  { phase: 'reading', at: 'begin' },
  { phase: 'embedding', at: 'begin' },
  { phase: 'embedding', at: 'end' },
  { phase: 'indexing', at: 'begin' },
  { phase: 'indexing', at: 'middle' },
  { phase: 'indexing', at: 'end' },
  { phase: 'checking', at: 'begin' },
  { phase: 'checking', at: 'middle' },
  { phase: 'checking', at: 'end' },
  { phase: 'switching', at: 'begin' },
  { phase: 'switching', at: 'end' },
];
const PATIENCE_MS = 60_000;
/** How long the lock of a killed run on a server lasts, and a little more. */
const LOCK_MS = 16_000;

/** A place to kill in; what is left there, by version, once a release has cleaned up. */
interface KillPlace extends ReindexPlace {
  versionsLeft(): Promise<string[]>;
  dispose(): Promise<void>;
}

interface KillPlan {
  create(folder: string): Promise<KillPlace>;
  /** Switching and cleaning up take about so long. */
  switchMs: number;
  /** Whether its lock outlives a killed run, and it is worth while to wait for it. */
  hasLease: boolean;
}

const versionsIn = (names: string[]) => [
  ...new Set(names.flatMap((name) => name.match(/[0-9A-Z]{26}/) ?? [])),
];

let made = 0;

const PLANS: [string, boolean, KillPlan][] = [
  [
    'the SQLite index',
    true,
    {
      create: async (folder) => ({
        ...{ folder, dispose: async () => undefined },
        versionsLeft: async () => versionsIn(readdirSync(join(folder, 'index'))),
      }),
      switchMs: 20,
      hasLease: false,
    },
  ],
  [
    'the Weaviate index on a double of the server',
    true,
    {
      async create(folder) {
        const double = await startWeaviateDouble();
        const versionsLeft = async () => versionsIn([...double.store.classes.keys()]);
        const server = { url: double.url, name: 'Kill' };
        return { folder, server, versionsLeft, dispose: () => double.close() };
      },
      switchMs: 40,
      // The same is tried with a clock of its own in the faults of the adapter.
      hasLease: false,
    },
  ],
  [
    `the Weaviate index on a real server${WITHOUT_SERVER}`,
    SERVER !== undefined,
    {
      async create(folder) {
        made += 1;
        const name = `Kill${process.pid}n${made}`;
        const versionsLeft = async () => versionsIn(await classesOfIndex(name));
        return { folder, server: { url: SERVER ?? '', name }, versionsLeft, dispose: () => dropIndex(name) };
      },
      switchMs: 400,
      hasLease: true,
    },
  ],
];

describe.each(PLANS)('%s', (_, isThere, { create, switchMs, hasLease }) => {
  let place: KillPlace;

  beforeEach(async () => {
    if (!isThere) return;
    place = await create(mkdtempSync(join(tmpdir(), 'countersign-kill-reindex-')));
    const { index, reindex } = openReindex(place, 'old');
    await reindex();
    await index.close();
  });

  afterEach(async () => {
    if (!isThere) return;
    await place.dispose();
    rmSync(place.folder, { recursive: true, force: true });
  });

  /** As it is when the lock of the killed run has run out. */
  const openLater = (age: 'old' | 'new') => {
    const clock = createTestClock();
    if (place.server) clock.advance(LOCK_MS);
    return openReindex(place, age, { clock });
  };

  /** Every page is of one age, and the next run completes what was begun. */
  async function expectWholeAndComplete(): Promise<'old' | 'new'> {
    const { index, reindex } = openLater('new');
    const agesServed = async () => {
      const sources = (await index.pages()).map(({ source }) => source);
      expect(sources).toHaveLength(60);
      const texts = (await index.passagesOf(sources)).map(({ text }) => text);
      return new Set(texts.flatMap((text) => text.match(/This is the (old|new) text/)?.[1] ?? []));
    };
    const ages = await agesServed();
    expect(ages.size).toBe(1);
    expect(await reindex()).toMatchObject({ pages: 60, warnings: [] });
    expect(await agesServed()).toEqual(new Set(['new']));
    expect((await index.active())?.embedder?.id).toBe('words-1');
    await index.close();
    return [...ages][0] as 'old' | 'new';
  }

  test.skipIf(!isThere).each(MOMENTS)(
    'a run killed at the $at of $phase leaves a whole index, and the next one completes it',
    async (moment) => {
      const run = await startReindex(place, { ...moment, holds: true });
      await run.kill();
      const age = await expectWholeAndComplete();
      expect(age).toBe(moment.phase === 'switching' && moment.at === 'end' ? 'new' : 'old');
    },
    PATIENCE_MS,
  );

  test.skipIf(!isThere)(
    'a run killed at any moment of the switch and the cleaning-up after it leaves a whole index',
    async () => {
      const seed = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000);
      console.log(`KILL_SEED=${seed} repeats the moments of this run`);
      const random = createRandom(seed);
      const ages: string[] = [];
      for (let round = 0; round < 4; round += 1) {
        const run = await startReindex(place, { phase: 'switching', at: 'begin', holds: false });
        // The switch itself is the first of it and the shortest.
        await sleep(random() ** 3 * switchMs);
        await run.kill();
        ages.push(await expectWholeAndComplete());
        const { index, reindex } = openLater('old');
        await reindex();
        await index.close();
        // What a kill left behind is gone with the next release: the version that serves and the one before stay.
        expect(await place.versionsLeft()).toHaveLength(2);
      }
      console.log(`served after the kills: ${ages.join(', ')}`);
    },
    120_000,
  );

  test.skipIf(!isThere || !hasLease)(
    'a run that was killed keeps others out for a quarter of a minute and no longer',
    async () => {
      const run = await startReindex(place, { phase: 'indexing', at: 'middle', holds: true });
      await run.kill();
      const from = performance.now();
      const { index, reindex } = openReindex(place, 'new');
      await expect(reindex()).rejects.toThrow('Another re-index');
      const tryOn = async (): Promise<void> => {
        const error = await reindex().then(
          () => undefined,
          (thrown: Error) => thrown,
        );
        if (error === undefined) return;
        expect(error.message).toContain('Another re-index');
        await sleep(500);
        await tryOn();
      };
      await tryOn();
      const seconds = (performance.now() - from) / 1_000;
      console.log(`after the kill the next run was through in ${seconds.toFixed(1)} s`);
      expect(seconds).toBeLessThan(25);
      await index.close();
    },
    PATIENCE_MS,
  );
});

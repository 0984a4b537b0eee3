import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSqlite } from '../src/adapters/sqlite.ts';
import { ReindexRefused } from '../src/knowledge/reindex-refused.ts';
import { ReindexStopped } from '../src/knowledge/reindex-stopped.ts';
import type { FailedPage, ReindexResult } from '../src/knowledge/types.ts';
import type { IndexVersion, KnowledgeIndex } from '../src/ports.ts';
import { createReleases, type Releases } from '../src/releases.ts';
import { migrate } from '../src/store/migrate.ts';
import type { Database } from '../src/store/schema.ts';
import { createLogbook, type Logbook } from './helpers/logbook.ts';

const version = (name: string): IndexVersion => ({
  ...{ version: name, pages: 3, passages: 9, builtAt: 1, embedder: undefined },
});
const RESULT: ReindexResult = {
  ...{ pages: 3, added: 1, changed: 0, removed: 0, unchanged: 2, failed: [], chunks: 9, ms: 5 },
  ...{ version: 'v2', embeddings: { needed: 0, costUsd: null }, warnings: [] },
  gate: { pages: { before: 2, after: 3 }, passages: { before: 6, after: 9 }, titles: null, questions: null },
};

let db: Database;
let now: number;
let active: string;
let runs: number;
let failure: Error | undefined;
let failed: FailedPage[];
let killed: (() => void) | undefined;
let meanwhile: ((signal: AbortSignal | undefined) => Promise<void>) | undefined;
let log: Logbook;

beforeEach(async () => {
  db = createSqlite({ file: ':memory:' });
  await migrate(db);
  now = 0;
  active = 'v2';
  runs = 0;
  failure = undefined;
  failed = [];
  killed = undefined;
  meanwhile = undefined;
  log = createLogbook();
});

afterEach(() => db.destroy());

/** What another process would make of the same database. */
function open(knowledge = 'handbook'): Releases {
  const index = {
    active: async () => version(active),
    previous: async () => version('v1'),
  } as Partial<KnowledgeIndex> as KnowledgeIndex;
  const tick = () => {
    now += 1;
    return now;
  };
  return createReleases({
    ...{ db, knowledge, index, log },
    clock: { now: tick, sleep: (ms, signal) => sleep(ms, undefined, { signal }) },
    newId: () => `run-${tick()}`,
    reindex: async ({ signal } = {}) => {
      runs += 1;
      if (failure) throw failure;
      await meanwhile?.(signal);
      return { ...RESULT, failed };
    },
    async rollback({ from } = {}) {
      const left = active;
      if (from === active) active = active === 'v2' ? 'v1' : 'v2';
      killed?.();
      return { from: version(left), to: version(active), warnings: [] };
    },
  });
}

test('after a roll-back nothing unasked runs, in any process, until somebody asks', async () => {
  expect(await open().runUnasked('schedule')).toMatchObject({ kind: 'done' });
  await open().rollback({ by: 'staff', user: 'U0SAM' });
  for (const by of ['schedule', 'watch'] as const) {
    expect(await open().runUnasked(by)).toMatchObject({ kind: 'held', since: { user: 'U0SAM' } });
  }
  expect(runs).toBe(1);
  expect(await open().status()).toMatchObject({
    lastRun: { outcome: 'rolled-back', says: 'from v2 to v1' },
    held: { user: 'U0SAM' },
  });
  await open().run({ by: 'operator' });
  expect(await open().runUnasked('schedule')).toMatchObject({ kind: 'done' });
  expect((await open().status()).held).toBeUndefined();
});

test('a run that was refused, or a dry one, does not end the wait', async () => {
  await open().rollback({ by: 'operator' });
  failure = new ReindexRefused('half of the pages are gone');
  await expect(open().run({ by: 'staff', user: 'U0SAM' })).rejects.toThrow('half of the pages');
  failure = undefined;
  await open().run({ by: 'staff' }, { dryRun: true });
  expect(await open().runUnasked('schedule')).toMatchObject({ kind: 'held' });
  expect((await open().status()).lastRun).toMatchObject({
    outcome: 'refused',
    says: 'half of the pages are gone',
  });
});

test('another set of sources knows nothing of it', async () => {
  await open().rollback({ by: 'operator' });
  expect(await open('website').runUnasked('schedule')).toMatchObject({ kind: 'done' });
  expect((await open('website').status()).lastRun).toMatchObject({ by: 'schedule', outcome: 'released' });
});

test('a roll-back carried out again after a crash does not go forth again', async () => {
  const asked = { by: 'staff', user: 'U0SAM', id: 'command-1' } as const;
  await open().rollback(asked);
  expect(active).toBe('v1');
  expect(await open().rollback(asked)).toMatchObject({ to: { version: 'v1' } });
  expect(active).toBe('v1');
});

test('a run that never ended is told as such', async () => {
  failure = new Error('killed');
  await open()
    .run({ by: 'staff', user: 'U0SAM' })
    .catch(() => undefined);
  await db.updateTable('job_runs').set({ finished_at: null }).execute();
  expect((await open().status()).lastRun).toMatchObject({ by: 'staff', finishedAt: undefined });
});

test('a roll-back taken back ends the wait, and the next one begins another', async () => {
  await open().rollback({ by: 'staff', user: 'U0SAM' });
  await open().rollback({ by: 'staff', user: 'U0SAM' });
  expect(active).toBe('v2');
  expect((await open().status()).held).toBeUndefined();
  expect(await open().runUnasked('schedule')).toMatchObject({ kind: 'done' });
  await open().rollback({ by: 'staff', user: 'U0SAM' });
  await open().rollback({ by: 'staff', user: 'U0SAM' });
  await open().rollback({ by: 'staff', user: 'U0LEE' });
  expect(await open().runUnasked('schedule')).toMatchObject({ kind: 'held', since: { user: 'U0LEE' } });
});

test('a roll-back killed after it had gone back holds, and one killed before does not', async () => {
  killed = () => {
    throw new Error('killed');
  };
  const unfinished = () =>
    db
      .updateTable('job_runs')
      .set({
        finished_at: null,
        result: JSON.stringify({ by: 'staff', from: 'v2', goesBack: true, says: '' }),
      })
      .execute();
  await expect(open().rollback({ by: 'staff', user: 'U0SAM' })).rejects.toThrow('killed');
  await unfinished();
  expect(active).toBe('v1');
  expect(await open().runUnasked('schedule')).toMatchObject({ kind: 'held' });
  active = 'v2';
  expect(await open().runUnasked('schedule')).toMatchObject({ kind: 'done' });
});

test('a roll-back is known as one from its beginning', async () => {
  const releases = open();
  const reading = new Promise<void>((resolve) => {
    killed = () => resolve();
  });
  const going = releases.rollback({ by: 'staff' });
  await reading;
  const begun = (await db.selectFrom('job_runs').select('result').executeTakeFirst())?.result;
  await going;
  expect(JSON.parse(begun ?? '{}')).toMatchObject({ from: 'v2', goesBack: true });
});

test('pages left out are logged each, and have one name until others are left out', async () => {
  const leave = async (...sources: string[]) => {
    failed = sources.map((source) => ({ source, reason: 'is empty' }));
    const end = await open().runUnasked('schedule');
    return end.kind === 'done' ? end.leftOut : expect.fail('it was held');
  };
  expect(await leave()).toBeUndefined();
  const first = await leave('a.md', 'b.md');
  expect(first).toBeDefined();
  expect(log.lines.map(({ fields }) => fields.source)).toEqual(['a.md', 'b.md']);
  failure = new Error('the disk is full');
  await expect(leave('a.md')).rejects.toThrow('disk');
  failure = undefined;
  expect(await leave('b.md', 'a.md')).toBe(first);
  const other = await leave('a.md');
  expect(other).not.toBe(first);
  expect(await leave()).toBeUndefined();
  const again = await leave('a.md', 'b.md');
  expect([first, other]).not.toContain(again);
});

test('a stop ends the run that is going on, waits for it, and lets none begin', async () => {
  const releases = open();
  let ended = false;
  const begun = new Promise<void>((resolve) => {
    meanwhile = async (signal) => {
      resolve();
      await new Promise<void>((aborted) => signal?.addEventListener('abort', () => setTimeout(aborted, 30)));
      ended = true;
      throw new ReindexStopped();
    };
  });
  const run = releases.run({ by: 'staff', user: 'U0SAM' }).catch((error: unknown) => error);
  await begun;
  await releases.stop(5_000);
  expect(ended).toBe(true);
  expect(await run).toBeInstanceOf(ReindexStopped);
  expect((await open().status()).lastRun).toMatchObject({ outcome: 'stopped' });
  await expect(releases.run({ by: 'operator' })).rejects.toThrow(ReindexStopped);
  await expect(releases.rollback({ by: 'operator' })).rejects.toThrow(ReindexStopped);
});

test('a stop waits no longer than it may for a run that does not end', async () => {
  const releases = open();
  let letGo = () => {};
  const begun = new Promise<void>((resolve) => {
    meanwhile = () => {
      resolve();
      return new Promise<void>((done) => {
        letGo = done;
      });
    };
  });
  const run = releases.run({ by: 'staff' });
  await begun;
  await releases.stop(1);
  letGo();
  await run;
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSqlite } from '../src/adapters/sqlite.ts';
import { ReindexRefused } from '../src/knowledge/reindex-refused.ts';
import type { ReindexResult } from '../src/knowledge/types.ts';
import type { IndexVersion, KnowledgeIndex } from '../src/ports.ts';
import { createReleases, type Releases } from '../src/releases.ts';
import { migrate } from '../src/store/migrate.ts';
import type { Database } from '../src/store/schema.ts';

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

beforeEach(async () => {
  db = createSqlite({ file: ':memory:' });
  await migrate(db);
  now = 0;
  active = 'v2';
  runs = 0;
  failure = undefined;
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
    ...{ db, knowledge, index },
    clock: { now: tick, sleep: async () => undefined },
    newId: () => `run-${tick()}`,
    reindex: async () => {
      runs += 1;
      if (failure) throw failure;
      return RESULT;
    },
    async rollback({ from } = {}) {
      if (from === active) active = 'v1';
      return { from: version('v2'), to: version(active), warnings: [] };
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

import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSqlite } from '../../src/adapters/sqlite.ts';
import type { Desk } from '../../src/handlers/desk.ts';
import { runNightly } from '../../src/handlers/nightly.ts';
import { ReindexStopped } from '../../src/knowledge/reindex-stopped.ts';
import type { ReleaseRun } from '../../src/knowledge/release-status.ts';
import type { ReindexResult } from '../../src/knowledge/types.ts';
import type { RunEnd } from '../../src/releases.ts';
import { migrate } from '../../src/store/migrate.ts';
import type { Database } from '../../src/store/schema.ts';

const DAY_MS = 86_400_000;
const RESULT: ReindexResult = {
  ...{ pages: 3, added: 1, changed: 0, removed: 0, unchanged: 2, failed: [], chunks: 9, ms: 5 },
  ...{ version: 'v2', embeddings: { needed: 0, costUsd: null }, warnings: [], gate: null },
};
const SINCE: ReleaseRun = {
  ...{ by: 'staff', user: 'U0SAM', startedAt: 1, finishedAt: 2, outcome: 'rolled-back' },
  says: 'from v2 to v1',
};

let db: Database;
let now: number;

beforeEach(async () => {
  db = createSqlite({ file: ':memory:' });
  await migrate(db);
  now = DAY_MS;
});

afterEach(() => db.destroy());

async function run(end: RunEnd | Error): Promise<string> {
  let ids = 0;
  const desk = {
    ...{ db, clock: { now: () => now }, settings: { staffChannel: 'C0STAFF' } },
    newId: () => `id-${now}-${++ids}`,
  } as unknown as Desk;
  const runUnasked = async () => {
    if (end instanceof Error) throw end;
    return end;
  };
  return runNightly(desk, { runUnasked }, 'schedule');
}

const told = async () => {
  const rows = await db.selectFrom('outbox').select('content').orderBy('created_at').execute();
  return rows.map(({ content }) => (JSON.parse(content) as { text: string }).text);
};

test('staff hear once a day that runs wait after a roll-back, and what ends that', async () => {
  const held: RunEnd = { kind: 'held', since: SINCE };
  await run(held);
  now += 1_000;
  await run(held);
  expect(await told()).toEqual([
    expect.stringMatching(/rolled back by U0SAM from v2 to v1.*\/reindex .*ends that/),
  ]);
  now += DAY_MS;
  await run(held);
  expect(await told()).toHaveLength(2);
});

test('staff hear of pages left out when others are, and not every night of the same ones', async () => {
  const failed = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => ({ source: `${name}.md`, reason: 'is empty' }));
  const left = (leftOut: string): RunEnd => ({ kind: 'done', result: { ...RESULT, failed }, leftOut });
  for (const name of ['x:1', 'x:1', 'y:2', 'x:3']) {
    now += DAY_MS;
    await run(left(name));
  }
  const all = await told();
  expect(all).toHaveLength(3);
  expect(all[0]).toMatch(/left out 6 pages: a\.md \(is empty\).*e\.md .*and 1 more, see the log/);
});

test('a warning is told once a day', async () => {
  const end: RunEnd = { kind: 'done', result: { ...RESULT, warnings: ['Beware.'] }, leftOut: undefined };
  await run(end);
  await run(end);
  expect(await told()).toEqual([expect.stringContaining('Beware.')]);
});

test('a run that ends because the bot is being stopped is no failure to tell', async () => {
  expect(await run(new ReindexStopped())).toContain('nothing was changed');
  expect(await told()).toEqual([]);
  await expect(run(new Error('the disk is full'))).rejects.toThrow('disk');
  expect(await told()).toEqual([expect.stringContaining('the disk is full')]);
});

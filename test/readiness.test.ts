import { expect, test } from 'vitest';
import type { KnowledgeIndex } from '../src/ports.ts';
import { createReadiness } from '../src/readiness.ts';
import { openTestDatabase } from './helpers/database.ts';

const VERSION = { version: 'v', pages: 1, passages: 1, builtAt: 1 };
const indexWith = (active: typeof VERSION | undefined) => ({ active: async () => active }) as KnowledgeIndex;

test.each([
  [VERSION, true, true, []],
  [undefined, true, false, ['the first index']],
  [VERSION, false, false, ['the connection to Slack']],
  [undefined, false, false, ['the first index', 'the connection to Slack']],
])('with index %o and connection %o', async (active, connected, ready, waitingFor) => {
  const db = await openTestDatabase();
  const read = createReadiness({ db, index: indexWith(active), isConnected: () => connected });
  expect(await read()).toEqual({ ready, waitingFor });
});

test('a database that does not answer is an error, not a yes', async () => {
  const db = await openTestDatabase();
  const read = createReadiness({ db, index: indexWith(VERSION), isConnected: () => true });
  await db.destroy();
  await expect(read()).rejects.toThrow();
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createSqliteIndex } from '../../src/adapters/sqlite-index/sqlite-index.ts';
import { createReindex } from '../../src/knowledge/reindex.ts';
import { createTicketSource, type Ticket, type TicketPost } from '../../src/knowledge/ticket-source.ts';
import { createListSource, handbook } from '../helpers/list-source.ts';
import { createTestClock } from '../helpers/test-clock.ts';

const clock = createTestClock();
const PAGES = 20;

/** A handbook, and conversations that staff settled with these words. */
function setUp(answers: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-tickets-'));
  const index = createSqliteIndex({ folder, clock });
  onTestFinished(async () => {
    await index.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const posts = new Map<Ticket, TicketPost[]>();
  for (const [at, text] of answers.entries()) {
    const asked = { role: 'customer', text: `I am Jane Doe, case ${at}` } as const;
    posts.set({ channel: 'C1', threadTs: `17000000${at}.0` }, [asked, { role: 'staff', text }]);
  }
  const tickets = createTicketSource({
    list: async () => [...posts.keys()],
    read: async (ticket) => posts.get(ticket) ?? [],
  });
  const sources = [createListSource(handbook(PAGES)), tickets];
  return { posts, reindex: createReindex({ index, sources, clock }) };
}

test('many conversations that end in the same words keep no release back', async () => {
  const { reindex, posts } = setUp([]);
  await reindex();
  for (let at = 0; at < 40; at += 1)
    posts.set({ channel: 'C1', threadTs: `18000000${at}.0` }, [
      { role: 'customer', text: `case ${at}` },
      { role: 'staff', text: 'Done, please try again.' },
    ]);
  expect(await reindex()).toMatchObject({ added: 40, warnings: expect.any(Array) });
});

test('conversations may all go at once, because their customers may want them erased', async () => {
  const { reindex, posts } = setUp(Array.from({ length: 40 }, (_, at) => `Done with ${at}.`));
  expect(await reindex()).toMatchObject({ added: PAGES + 40 });
  posts.clear();
  expect(await reindex()).toMatchObject({ removed: 40, pages: PAGES });
});

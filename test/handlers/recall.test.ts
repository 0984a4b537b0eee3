import { beforeEach, expect, test } from 'vitest';
import type { RecallCard } from '../../src/conversation/content.ts';
import type { Desk } from '../../src/handlers/desk.ts';
import { createRecall } from '../../src/handlers/recall.ts';
import type { Passage } from '../../src/knowledge/types.ts';
import { readCitedSpans } from '../../src/pipeline/recall/cited-span.ts';
import type { Decision } from '../../src/pipeline/types.ts';
import type { KnowledgeIndex } from '../../src/ports.ts';
import { recordAnswer } from '../../src/store/answers.ts';
import { recordCitations } from '../../src/store/citations.ts';
import { enqueue, markSent } from '../../src/store/outbox.ts';
import type { Database } from '../../src/store/schema.ts';
import { openThread, recordMessage } from '../../src/store/threads.ts';
import { openTestDatabase } from '../helpers/database.ts';
import { createIds } from '../helpers/ids.ts';

const NOW = Date.UTC(2026, 10, 21);
const DAY_MS = 86_400_000;

let db: Database;
let desk: Desk;
let newId: () => string;
/** Text by source, as the index has it. */
let pages: Record<string, string>;

beforeEach(async () => {
  db = await openTestDatabase();
  newId = createIds();
  pages = { 'a.md': 'Each further seat costs $9 per month.' };
  desk = {
    ...{ db, newId, clock: { now: () => NOW, sleep: async () => undefined } },
    directory: { permalink: async () => 'https://x.example/t', person: async () => ({ name: 'Ann' }) },
    customers: { find: async () => undefined },
    settings: { staffChannel: 'C0STAFF' },
  } as unknown as Desk;
});

const passagesOf = async (sources: string[]): Promise<Passage[]> =>
  sources.flatMap((source) => {
    const text = pages[source];
    const rest = { title: source, url: undefined, updated: undefined, headings: [] };
    return text === undefined ? [] : [{ id: `${source}#0`, source, ...rest, text }];
  });

const index = {
  active: async () => ({ version: 'V1' }),
  pages: async () => Object.entries(pages).map(([source, text]) => ({ source, hash: text, stamp: '' })),
  passagesOf,
  candidates: async () => [],
} as unknown as KnowledgeIndex;

/** An answer that cites the whole of a page, delivered unless said otherwise. */
async function give(
  questionTs: string,
  {
    daysAgo = 0,
    source = 'a.md',
    delivered = true,
  }: { daysAgo?: number; source?: string; delivered?: boolean } = {},
) {
  const at = NOW - daysAgo * DAY_MS;
  const place = { channel: 'C1', threadTs: questionTs };
  const quote = pages[source] ?? '';
  const segments = [{ text: quote, cites: [{ source, title: source, url: undefined, quote }] }];
  const cited = readCitedSpans(segments, await passagesOf([source]));
  const decision = { outcome: 'answer', segments, model: 'm', promptHash: 'p' } as unknown as Decision;
  await openThread(db, place, at);
  const said = {
    channel: 'C1',
    ts: questionTs,
    thread_ts: questionTs,
    user: 'U1',
    role: 'customer',
  } as const;
  await recordMessage(db, { ...said, text: 'How much?', at });
  await recordAnswer(db, { id: `A${questionTs}`, ...place, questionTs, decision, cited, now: at });
  const key = `reply:C1:${questionTs}`;
  await enqueue(
    db,
    { key, target: { to: 'thread', ...place }, content: { kind: 'line', text: quote } },
    { newId, now: at },
  );
  const row = await db.selectFrom('outbox').select('id').where('key', '=', key).executeTakeFirstOrThrow();
  if (delivered) await markSent(db, { id: row.id, now: at, channel: 'C1', ts: `${questionTs}9` });
}

const shown = async () => {
  const rows = await db.selectFrom('outbox').select(['key', 'content']).orderBy('id').execute();
  return rows
    .filter(({ key }) => key.startsWith('recall'))
    .map(({ content }) => JSON.parse(content) as RecallCard & { text?: string });
};

const raise = () => {
  pages['a.md'] = 'Each further seat costs $12 per month.';
};

test('a page that changed is told of once, however often it is looked at', async () => {
  await give('1.0');
  const recall = createRecall(desk, index);
  expect(await recall.run()).toEqual({ told: 0, left: 0 });
  raise();
  expect(await recall.run()).toEqual({ told: 1, left: 0 });
  expect(await recall.run()).toEqual({ told: 0, left: 0 });
  expect(await shown()).toMatchObject([
    {
      customer: 'Ann',
      question: 'How much?',
      changes: [{ newer: 'Each further seat costs $12 per month.' }],
    },
  ]);
});

test('what a process could not tell any more is told by the next one', async () => {
  await give('1.0');
  raise();
  const dying = {
    ...desk,
    newId: () => {
      throw new Error('killed');
    },
  };
  await expect(createRecall(dying, index).run()).rejects.toThrow('killed');
  expect(await shown()).toEqual([]);
  expect(await createRecall(desk, index).run()).toEqual({ told: 1, left: 0 });
});

test('a card that could not be made does not stop later runs', async () => {
  await give('1.0');
  raise();
  let calls = 0;
  const flaky = {
    ...desk,
    newId: () => {
      calls += 1;
      if (calls === 1) throw new Error('once');
      return newId();
    },
  };
  const recall = createRecall(flaky, index);
  await expect(recall.run()).rejects.toThrow('once');
  expect(await recall.run()).toMatchObject({ told: 1 });
});

test('at most twenty cards come at once, with a line about the rest, which follows', async () => {
  for (let n = 10; n < 33; n += 1) await give(`${n}.0`);
  raise();
  const recall = createRecall(desk, index);
  expect(await recall.run()).toEqual({ told: 20, left: 3 });
  expect((await shown()).at(-1)?.text).toContain('3 more answers');
  expect(await recall.run()).toEqual({ told: 3, left: 0 });
});

test('nobody is told of an answer from long ago, or of one that never arrived', async () => {
  await give('1.0', { daysAgo: 100 });
  await give('2.0', { delivered: false });
  raise();
  expect(await createRecall(desk, index).run()).toEqual({ told: 0, left: 0 });
});

test('an answer still on its way is told of once it has arrived', async () => {
  await give('1.0', { delivered: false });
  raise();
  const recall = createRecall(desk, index);
  await recall.run();
  await db.updateTable('outbox').set({ state: 'sent' }).where('key', '=', 'reply:C1:1.0').execute();
  expect(await recall.run()).toEqual({ told: 1, left: 0 });
});

test('an answer that rests on two pages has one card for both', async () => {
  pages['b.md'] = 'Guests are free of charge for ever.';
  const cites = ['a.md', 'b.md'].map((source) => ({
    source,
    title: source,
    url: undefined,
    quote: pages[source] ?? '',
  }));
  await give('1.0');
  const cited = readCitedSpans([{ text: '', cites }], await passagesOf(['a.md', 'b.md']));
  await recordCitations(db, 'A1.0', cited.slice(1), { by: 'more', now: NOW });
  raise();
  pages['b.md'] = 'Guests cost $1 each, for ever.';
  await createRecall(desk, index).run();
  const [card] = await shown();
  expect(card?.changes.map(({ title }) => title)).toEqual(['a.md', 'b.md']);
});

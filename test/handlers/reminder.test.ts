import { expect, test } from 'vitest';
import type { Desk } from '../../src/handlers/desk.ts';
import { remind } from '../../src/handlers/reminder.ts';
import { decideEscalation, openEscalation } from '../../src/store/escalations.ts';
import { openTestDatabase } from '../helpers/database.ts';
import { createIds } from '../helpers/ids.ts';

const NOW = Date.UTC(2026, 10, 21, 9);
const HOUR_MS = 3_600_000;

async function openDesk(): Promise<Desk> {
  const approvals = { holdMs: 0, expiryMs: 72 * HOUR_MS, twoApproversAbove: undefined };
  return {
    ...{ db: await openTestDatabase(), newId: createIds(), clock: { now: () => NOW } },
    settings: { managerChannel: 'C0MANAGERS', approvals },
  } as unknown as Desk;
}

const request = (id: string, hoursAgo: number) => ({
  ...{ id, channel: 'C0ACME', threadTs: id, customer: 'U0ANN', digest: 'd', state: 'open' as const },
  facts: {
    customerName: id,
    record: undefined,
    words: 'x',
    threadUrl: `https://x.example/${id}`,
    policy: undefined,
  },
  createdAt: NOW - hoursAgo * HOUR_MS,
});

const told = async (desk: Desk) => {
  const rows = await desk.db.selectFrom('outbox').select(['lane', 'content']).execute();
  return rows.map(({ lane, content }) => [lane, (JSON.parse(content) as { text: string }).text]);
};

test('one line names what waits and how long it may, and leaves out what is decided or young', async () => {
  const desk = await openDesk();
  for (const [id, hours] of [
    ['Ann', 50],
    ['Bea', 5],
    ['Cid', 1],
    ['Dan', 60],
  ] as const) {
    await openEscalation(desk.db, request(id, hours));
  }
  const denial = { escalationId: 'Dan', verdict: 'denied', by: 'U0MAYA', via: 'button', now: NOW } as const;
  await decideEscalation(desk.db, denial);
  expect(await remind(desk)).toBe('2 requests wait');
  const [[lane, text] = [], ...more] = await told(desk);
  expect([lane, more]).toEqual(['C0MANAGERS', []]);
  expect(text?.split('\n').slice(1)).toEqual([
    '• Ann: for 50 hours, expires within 22 hours. https://x.example/Ann',
    '• Bea: for 5 hours, expires within 67 hours. https://x.example/Bea',
  ]);
});

test('nothing is said when nothing waits, and nothing twice in an hour', async () => {
  const desk = await openDesk();
  expect(await remind(desk)).toBe('no request waits');
  expect(await told(desk)).toEqual([]);
  await openEscalation(desk.db, request('Ann', 9));
  await remind(desk);
  await remind(desk);
  expect(await told(desk)).toHaveLength(1);
});

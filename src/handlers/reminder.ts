import { listOpenEscalations } from '../store/escalations.ts';
import { enqueue } from '../store/outbox.ts';
import type { Desk } from './desk.ts';

/** Younger ones were on the screen a moment ago. */
const MIN_AGE_MS = 4 * 60 * 60 * 1_000;
const MAX_NAMED = 10;
const HOUR_MS = 60 * 60 * 1_000;

/** One line about the requests that wait for a decision, in the channel where they wait. */
export async function remind(desk: Desk): Promise<string> {
  const now = desk.clock.now();
  const open = await listOpenEscalations(desk.db, MAX_NAMED + 1);
  const waiting = open.filter(({ createdAt }) => now - createdAt >= MIN_AGE_MS);
  if (waiting.length === 0) return 'no request waits';
  const named = waiting.slice(0, MAX_NAMED).map(({ facts, createdAt }) => {
    const since = Math.floor((now - createdAt) / HOUR_MS);
    const left = Math.max(0, Math.ceil((createdAt + desk.settings.approvals.expiryMs - now) / HOUR_MS));
    const link = facts.threadUrl === undefined ? '' : ` ${facts.threadUrl}`;
    return `• ${facts.record?.name ?? facts.customerName}: for ${since} hours, expires within ${left} hours.${link}`;
  });
  const more = waiting.length > MAX_NAMED ? ['• and more'] : [];
  const text = [`⏳ Refund requests that wait for a decision in this channel:`, ...named, ...more].join('\n');
  await enqueue(
    desk.db,
    {
      key: `reminder:${new Date(now).toISOString().slice(0, 13)}`,
      target: { to: 'channel', channel: desk.settings.managerChannel },
      content: { kind: 'line', text },
    },
    { newId: desk.newId, now },
  );
  return `${waiting.length} requests wait`;
}

import type { Message } from '../../src/local/types.ts';
import type { TestBot } from './bot.ts';
import { botPosts, botReplies, shownText } from './slack-message.ts';

export const DEMAND = 'Please refund us, this was a duplicate charge.';

export interface Demand {
  channel: string;
  ts: string;
  card: Message;
}

/** Alice demands a refund in a thread of her own; resolves when its card stands in the manager channel. */
export async function demandRefund(t: TestBot, channel = t.newRoom(), words = DEMAND): Promise<Demand> {
  // The manager channel takes a message a second; what earlier tests sent there is not to be waited for.
  t.clock.advance(10_000);
  const ts = t.server.as('U0ALICE').says(channel, words);
  await t.settled();
  const [card] = cardsOf(t, channel, ts);
  if (card === undefined) throw new Error(`No card came for: ${words}`);
  return { channel, ts, card };
}

/** The cards in the manager channel that link the thread. */
export function cardsOf(t: TestBot, channel: string, ts: string): Message[] {
  const permalink = `/archives/${channel}/p${ts.replace('.', '')}`;
  return botPosts(t.server, 'C0MANAGERS').filter((post) => {
    return post.text.includes('Refund') && shownText(post).includes(permalink);
  });
}

/** What the customer reads in the thread after the first line. */
export function toldInThread(t: TestBot, { channel, ts }: Demand): string[] {
  return botReplies(t.server, channel, ts).slice(1).map(shownText);
}

async function findEscalationId(t: TestBot, { channel, ts }: Demand): Promise<string> {
  const { id } = await t.db
    .selectFrom('escalations')
    .select('id')
    .where('channel', '=', channel)
    .where('thread_ts', '=', ts)
    .executeTakeFirstOrThrow();
  return id;
}

/** Actor and action of every audit row about the demand, in order. */
export async function auditOf(t: TestBot, demand: Demand): Promise<string[]> {
  const rows = await t.db
    .selectFrom('audit')
    .select(['actor', 'action'])
    .where('subject', '=', await findEscalationId(t, demand))
    .orderBy('seq')
    .execute();
  return rows.map(({ actor, action }) => `${actor} ${action}`);
}

export async function decisionsOn(
  t: TestBot,
  demand: Demand,
): Promise<{ verdict: string; by: string; via: string }[]> {
  const rows = await t.db
    .selectFrom('decisions')
    .selectAll()
    .where('escalation_id', '=', await findEscalationId(t, demand))
    .execute();
  return rows.map(({ verdict, decided_by: by, via }) => ({ verdict, by, via }));
}

import type { MessagePosted } from '../conversation/events.ts';
import { threadOf } from '../conversation/events.ts';
import { type Floor, whoSpeaksNext } from '../conversation/floor.ts';
import { type MessageText, readMessageText } from '../conversation/message-text.ts';
import { type Role, roleOf } from '../conversation/people.ts';
import type { Person } from '../ports.ts';
import { countClarifications } from '../store/answers.ts';
import { hasOpenEscalation } from '../store/escalations.ts';
import type { InboxItem } from '../store/inbox.ts';
import type { Db } from '../store/schema.ts';
import {
  findThread,
  openThread,
  readThread,
  recordMessage,
  type ThreadKey,
  updateThread,
} from '../store/threads.ts';
import type { Handled, Handler } from '../worker.ts';
import { readAccount } from './account.ts';
import { type Desk, readHomeTeams } from './desk.ts';
import { readFirstNames } from './first-names.ts';
import { tellFailure, tellOutcome } from './outcome.ts';

/** Enough to understand a follow-up; more is mostly another matter. */
const THREAD_TURNS = 20;

/** A message in a channel the desk looks after: who speaks next, and if it is the bot, what it says. */
export function createMessageHandler(desk: Desk): Handler {
  return {
    async handle(item) {
      const message = JSON.parse(item.body) as MessagePosted;
      if (!isCustomerChannel(desk, message.channel)) return ignore;
      const author = await desk.directory.person(message.user);
      const role = roleOf(author, await readHomeTeams(desk));
      const text = readMessageText(message.text);
      const key = { channel: message.channel, threadTs: threadOf(message) };
      const floor = await readFloor(desk, { message, author, role, text, key });
      const record = (db: Db) => recordTurn(desk, db, { message, role, text, key, floor });
      if (floor.turn !== 'bot') return { commit: record };
      return answer(desk, { item, message, author, text, key, record });
    },
    async giveUp(db, item, reason) {
      const message = JSON.parse(item.body) as MessagePosted;
      await tellFailure(desk, db, { item, message, reason });
    },
  };
}

const ignore: Handled = { commit: async () => undefined };

function isCustomerChannel(desk: Desk, channel: string): boolean {
  const { customerChannels, managerChannel, staffChannel } = desk.settings;
  if (channel === managerChannel || channel === staffChannel || channel.startsWith('D')) return false;
  return customerChannels === '*' || customerChannels.includes(channel);
}

interface Turn {
  message: MessagePosted;
  role: Role;
  text: MessageText;
  key: ThreadKey;
}

async function readFloor(desk: Desk, turn: Turn & { author: Person }): Promise<Floor> {
  const { message, role, text, key, author } = turn;
  const thread = await findThread(desk.db, key);
  return whoSpeaksNext({
    role,
    text: text.plain,
    mentions: text.mentions,
    botUserId: (await desk.directory.self()).userId,
    memberFirstNames:
      role === 'customer' ? await readFirstNames(desk, message.channel, author.id) : new Set(),
    mode: desk.settings.defaultMode,
    now: desk.clock.now(),
    thread: {
      staffSpokeAt: toMoment(thread?.staff_spoke_at),
      handedOverAt: toMoment(thread?.handed_over_at),
      awaitsDecision: await hasOpenEscalation(desk.db, key),
    },
    staffHoldMs: desk.settings.staffHoldMs,
  });
}

function toMoment(column: number | null | undefined): number | undefined {
  return column === null || column === undefined ? undefined : Number(column);
}

/** Keeps what was said and who holds the thread after it. */
async function recordTurn(desk: Desk, db: Db, turn: Turn & { floor: Floor }): Promise<void> {
  const { message, role, text, key, floor } = turn;
  const now = desk.clock.now();
  await openThread(db, key, now);
  await recordMessage(db, {
    channel: key.channel,
    ts: message.ts,
    thread_ts: key.threadTs,
    user: message.user,
    role,
    text: text.plain,
    at: now,
  });
  if (floor.turn === 'person' && floor.hold) await updateThread(db, key, { staff_spoke_at: now });
  if (floor.turn === 'released') await updateThread(db, key, { staff_spoke_at: null, handed_over_at: null });
}

async function answer(
  desk: Desk,
  asked: {
    item: InboxItem;
    message: MessagePosted;
    author: Person;
    text: MessageText;
    key: ThreadKey;
    record: (db: Db) => Promise<void>;
  },
): Promise<Handled> {
  const { message, author, text, key, record } = asked;
  desk.showStatus(key.channel, key.threadTs);
  const earlier = await readThread(desk.db, key, { beforeTs: message.ts, limit: THREAD_TURNS });
  const { account, customer } = await readAccount(desk, { channel: message.channel, team: author.teamId });
  const decision = await desk.answer({
    id: asked.item.id,
    text: text.plain,
    channel: message.channel,
    user: message.user,
    thread: earlier.map((turn) => ({ author: turn.role, text: turn.text })),
    mentioned: text.mentions.length > 0,
    customer,
    account,
    askedAt: Number(asked.item.received_at),
    clarifications: await countClarifications(desk.db, key),
  });
  // Only people who have to come and look need the link, and it costs a call.
  const needsPeople = decision.outcome === 'handover' || decision.outcome === 'escalate';
  const threadUrl = needsPeople ? await desk.directory.permalink(message.channel, message.ts) : undefined;
  return {
    async commit(db) {
      await record(db);
      await tellOutcome(desk, db, { message, key, author, text: text.plain, decision, customer, threadUrl });
    },
  };
}

import type { MessagePosted } from '../conversation/events.ts';
import { threadOf } from '../conversation/events.ts';
import { type Floor, isHeld, type Utterance, whoSpeaksNext } from '../conversation/floor.ts';
import { type MessageText, readMessageText } from '../conversation/message-text.ts';
import { type Role, roleOf } from '../conversation/people.ts';
import { VendorRefused, VendorUnreachable } from '../errors.ts';
import type { Person } from '../ports.ts';
import { countClarifications } from '../store/answers.ts';
import { hasOpenEscalation } from '../store/escalations.ts';
import type { InboxItem } from '../store/inbox.ts';
import type { Db } from '../store/schema.ts';
import {
  findLastRole,
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
import { readFreeze } from './frozen.ts';
import { tellFailure, tellOutcome } from './outcome.ts';
import { tellStaff } from './staff.ts';

/** Enough to understand a follow-up; more is mostly another matter. */
const THREAD_TURNS = 20;
const HOUR_MS = 3_600_000;

/** A message in a channel the desk looks after: who speaks next, and if it is the bot, what it says. */
export function createMessageHandler(desk: Desk): Handler {
  /** Items known to be the bot's turn, with the link to the thread once somebody needs it. */
  const ours = new Map<string, string | undefined>();
  let botUserId = '';

  async function answerOrRemember(asked: Asked): Promise<Handled> {
    const { item, key, message } = asked;
    ours.set(item.id, ours.get(item.id));
    try {
      const handled = await answer(desk, asked);
      const commit = (db: Db) => handled.commit(db).then(() => void ours.delete(item.id));
      return { commit };
    } catch (error) {
      // The last chance to ask Slack for it: giving up happens inside a transaction.
      ours.set(item.id, ours.get(item.id) ?? (await findThreadUrl(desk, key.channel, message.ts)));
      throw error;
    }
  }

  return {
    async handle(item) {
      const message = JSON.parse(item.body) as MessagePosted;
      if (!isCustomerChannel(desk, message.channel)) return ignore;
      botUserId = (await desk.directory.self()).userId;
      const author = await desk.directory.person(message.user);
      const role = roleOf(author, await readHomeTeams(desk));
      const text = readMessageText(message.text);
      const key = { channel: message.channel, threadTs: threadOf(message) };
      const memberFirstNames =
        role === 'customer' ? await readFirstNames(desk, message.channel, author.id) : new Set<string>();
      const floor = whoSpeaksNext(
        await readUtterance(desk, desk.db, { role, text, key, botUserId, memberFirstNames }),
      );
      const record = (db: Db) => recordTurn(desk, db, { message, role, text, key, floor });
      if (floor.turn === 'bot') return answerOrRemember({ item, message, author, text, key, record });
      ours.delete(item.id);
      return { commit: record };
    },
    async giveUp(db, item, reason) {
      const message = JSON.parse(item.body) as MessagePosted;
      if (!isCustomerChannel(desk, message.channel)) return;
      const isOurs = ours.has(item.id) || (await isOursByRecord(desk, db, message, botUserId));
      const threadUrl = ours.get(item.id);
      ours.delete(item.id);
      if (isOurs) await tellFailure(desk, db, { item, message, reason, threadUrl });
      else await tellUnplaced(desk, db, message, reason);
    },
  };
}

/**
 * Whether to answer for a message that nobody could place, by what is on record: a customer's, addressed to
 * nobody else, in a thread that no person has. In doubt not, because talking over staff is worse than silence.
 */
async function isOursByRecord(
  desk: Desk,
  db: Db,
  message: MessagePosted,
  botUserId: string,
): Promise<boolean> {
  const role = await findLastRole(db, message.user);
  if (role !== 'customer') return false;
  const key = { channel: message.channel, threadTs: threadOf(message) };
  const text = readMessageText(message.text);
  const known = { role, text, key, botUserId, memberFirstNames: new Set<string>() };
  const utterance = await readUtterance(desk, db, known);
  return whoSpeaksNext(utterance).turn === 'bot' && !isHeld(utterance);
}

/** One line per channel and hour: when Slack is ill, it is so for every message. */
async function tellUnplaced(desk: Desk, db: Db, message: MessagePosted, reason: string): Promise<void> {
  const { channel } = message;
  const hour = Math.floor(desk.clock.now() / HOUR_MS);
  const text = `I could not find out who wrote a message in ${channel}, so I said nothing there; more may follow within the hour. Please look whether somebody waits for an answer. ${reason}`;
  await tellStaff(desk, `unplaced:${channel}:${hour}`, text, db);
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

type Heard = Pick<Turn, 'role' | 'text' | 'key'> & Pick<Utterance, 'botUserId' | 'memberFirstNames'>;

async function readUtterance(desk: Desk, db: Db, heard: Heard): Promise<Utterance> {
  const { role, text, key, botUserId, memberFirstNames } = heard;
  const thread = await findThread(db, key);
  return {
    role,
    text: text.plain,
    mentions: text.mentions,
    botUserId,
    memberFirstNames,
    mode: desk.settings.defaultMode,
    now: desk.clock.now(),
    thread: {
      staffSpokeAt: toMoment(thread?.staff_spoke_at),
      handedOverAt: toMoment(thread?.handed_over_at),
      awaitsDecision: await hasOpenEscalation(db, key),
    },
    staffHoldMs: desk.settings.staffHoldMs,
  };
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

interface Asked {
  item: InboxItem;
  message: MessagePosted;
  author: Person;
  text: MessageText;
  key: ThreadKey;
  record: (db: Db) => Promise<void>;
}

async function answer(desk: Desk, asked: Asked): Promise<{ commit: (db: Db) => Promise<void> }> {
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
  const threadUrl = needsPeople ? await findThreadUrl(desk, message.channel, message.ts) : undefined;
  const cited = await desk.findCited(decision.segments);
  const frozen = decision.outcome === 'escalate' ? await readFreeze(desk) : undefined;
  return {
    async commit(db) {
      await record(db);
      const asked = { message, key, author, text: text.plain, decision, cited, customer, threadUrl, frozen };
      await tellOutcome(desk, db, asked);
    },
  };
}

/** The answer is paid for by then: that Slack gives no link must neither lose nor repeat it. */
async function findThreadUrl(desk: Desk, channel: string, ts: string): Promise<string | undefined> {
  try {
    return await desk.directory.permalink(channel, ts);
  } catch (error) {
    if (!(error instanceof VendorRefused || error instanceof VendorUnreachable)) throw error;
    desk.log.warn('no link to the thread: Slack did not give one', { channel, reason: error.message });
    return undefined;
  }
}

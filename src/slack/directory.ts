import { VendorRefused } from '../errors.ts';
import type { Channel, Clock, Directory, Person } from '../ports.ts';
import type { SlackApi } from './api.ts';

/** People and channels change rarely; decisions about money ask afresh. */
const KEEP_MS = 10 * 60_000;
const PAGE_SIZE = 200;

/** Who and where people are, asked of Slack and remembered for a while. */
export function createSlackDirectory(call: SlackApi, clock: Clock): Directory {
  const people = createMemory<Person>(clock);
  const channels = createMemory<Channel>(clock);
  const members = createMemory<string[]>(clock);
  const own = createMemory<Awaited<ReturnType<Directory['self']>>>(clock);

  return {
    self: () => own.read('self', false, () => readSelf(call)),
    person: (id, options) => people.read(id, options?.fresh ?? false, () => readPerson(call, id)),
    channel: (id, options) => channels.read(id, options?.fresh ?? false, () => readChannel(call, id)),
    members: (id, options) => members.read(id, options?.fresh ?? false, () => readMembers(call, id)),
    async group(id) {
      const answer = await call((slack) => slack.usergroups.users.list({ usergroup: id }));
      return answer.users ?? [];
    },
    async permalink(channel, ts) {
      const answer = await call((slack) => slack.chat.getPermalink({ channel, message_ts: ts }));
      return requireField(answer.permalink, 'chat.getPermalink');
    },
    reactions: (channel, ts) => readReactions(call, channel, ts),
  };
}

async function readSelf(call: SlackApi): Promise<Awaited<ReturnType<Directory['self']>>> {
  const answer = await call((slack) => slack.auth.test());
  return {
    userId: requireField(answer.user_id, 'auth.test'),
    botId: requireField(answer.bot_id, 'auth.test'),
    teamId: requireField(answer.team_id, 'auth.test'),
  };
}

async function readPerson(call: SlackApi, id: string): Promise<Person> {
  const { user } = await call((slack) => slack.users.info({ user: id }));
  const name = user?.real_name || user?.profile?.display_name || user?.name || id;
  return {
    id,
    teamId: requireField(user?.team_id, 'users.info'),
    name,
    firstName: user?.profile?.first_name || (user?.real_name ?? name).split(/\s+/)[0] || name,
    isBot: user?.is_bot ?? false,
    isGuest: (user?.is_restricted ?? false) || (user?.is_ultra_restricted ?? false),
    isDeleted: user?.deleted ?? false,
    isStranger: (user as { is_stranger?: boolean } | undefined)?.is_stranger ?? false,
  };
}

async function readChannel(call: SlackApi, id: string): Promise<Channel> {
  const { channel } = await call((slack) => slack.conversations.info({ channel: id }));
  return {
    id,
    name: channel?.name ?? id,
    isPrivate: channel?.is_private ?? false,
    isExtShared: channel?.is_ext_shared ?? false,
    isDirect: channel?.is_im ?? false,
    isMember: channel?.is_member ?? false,
  };
}

async function readMembers(call: SlackApi, id: string): Promise<string[]> {
  const members: string[] = [];
  let cursor: string | undefined;
  do {
    const from = cursor;
    const page = await call((slack) =>
      slack.conversations.members({ channel: id, limit: PAGE_SIZE, ...(from ? { cursor: from } : {}) }),
    );
    members.push(...(page.members ?? []));
    cursor = page.response_metadata?.next_cursor;
  } while (cursor);
  return members;
}

async function readReactions(
  call: SlackApi,
  channel: string,
  ts: string,
): Promise<{ emoji: string; users: string[] }[]> {
  try {
    // Without `full`, Slack names only some of the people.
    const { message } = await call((slack) => slack.reactions.get({ channel, timestamp: ts, full: true }));
    return (message?.reactions ?? []).map(({ name, users }) => ({ emoji: name ?? '', users: users ?? [] }));
  } catch (error) {
    if (error instanceof VendorRefused && error.reason === 'message_not_found') return [];
    throw error;
  }
}

/** A field that Slack left out is an error: an invented default could make a stranger staff. */
function requireField(value: string | undefined, method: string): string {
  if (value === undefined) throw new VendorRefused('Slack', `${method} left out a field`, { retry: 'later' });
  return value;
}

function createMemory<T>(clock: Clock) {
  const known = new Map<string, { value: Promise<T>; at: number }>();
  return {
    read(key: string, fresh: boolean, load: () => Promise<T>): Promise<T> {
      const entry = known.get(key);
      if (!fresh && entry !== undefined && clock.now() - entry.at < KEEP_MS) return entry.value;
      const value = load();
      known.set(key, { value, at: clock.now() });
      // A failure is not worth remembering.
      value.catch(() => known.delete(key));
      return value;
    },
  };
}

import type { LocalServer } from '../../src/local/server.ts';
import type { Message } from '../../src/local/types.ts';

/** Everything a reader of the message sees: its fallback text is only for those who get no blocks. */
export function shownText(message: Message): string {
  return message.blocks?.length ? strings(message.blocks).join('\n') : message.text;
}

const SHOWN = new Set(['text', 'url']);

function strings(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(strings);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    typeof value === 'string' ? (SHOWN.has(key) ? [value] : []) : strings(value),
  );
}

/** Addresses of the links in context blocks, where an answer names its sources. */
export function sourceLinks(message: Message): string[] {
  const context = (message.blocks ?? []).filter(({ type }) => type === 'context');
  return strings(context).flatMap((text) =>
    [...text.matchAll(/<(https?:\/\/[^|>]+)\|/g)].map((match) => match[1] as string),
  );
}

export function buttonsOf(message: Message): string[] {
  const elements = (message.blocks ?? [])
    .filter(({ type }) => type === 'actions')
    .flatMap(({ elements }) => elements as { text: { text: string } }[]);
  return elements.map(({ text }) => text.text);
}

/** What the bot said in a thread, oldest first. */
export function botReplies(server: LocalServer, channel: string, ts: string): Message[] {
  return server.thread(channel, ts).filter((message) => message.ts !== ts && message.user === 'U0BOT');
}

/** The bot's messages in a channel outside threads; that it joined is said by Slack in its name. */
export function botPosts(server: LocalServer, channel: string): Message[] {
  return server
    .messages(channel)
    .filter(({ threadTs, user, subtype }) => !threadTs && user === 'U0BOT' && subtype !== 'channel_join');
}

export async function waitForReplies(
  server: LocalServer,
  channel: string,
  ts: string,
  count = 1,
  timeoutMs = 5_000,
): Promise<Message[]> {
  return server.waitFor(() => {
    const replies = botReplies(server, channel, ts);
    return replies.length >= count && replies;
  }, timeoutMs);
}

interface EventFrame {
  payload?: { event_id?: string; event?: { ts?: string } };
}

/** Ids of the events that told the bot of a post, in the order of their first delivery. */
export function eventIds(server: LocalServer, ts: string): string[] {
  const frames = server.frames.all().filter(({ direction }) => direction === 'to-bot');
  const payloads = frames.map(({ body }) => (body as EventFrame).payload);
  return [
    ...new Set(payloads.filter((one) => one?.event?.ts === ts).map((payload) => payload?.event_id ?? '')),
  ];
}

export function timesDelivered(server: LocalServer, eventId: string): number {
  return server.frames.all().filter(({ direction, body }) => {
    return direction === 'to-bot' && (body as EventFrame).payload?.event_id === eventId;
  }).length;
}

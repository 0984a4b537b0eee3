import { compareTs } from '../messages.ts';
import { refuse } from '../refused.ts';
import { BOT } from '../seed.ts';
import type { Channel, Json, Message } from '../types.ts';
import { messageOnWire } from '../wire.ts';
import { type Arguments, paginate } from './arguments.ts';
import {
  type ApiContext,
  conversationScope,
  type Method,
  requireScope,
  requireSeenChannel,
} from './method.ts';

export const historyMethods: Record<string, Method> = {
  'conversations.history': { run: history },
  'conversations.replies': { run: replies },
};

function requireReadableChannel(args: Arguments, context: ApiContext): Channel {
  const channel = requireSeenChannel(context, args.requireText('channel', 'channel_not_found'));
  requireScope(context, conversationScope(channel, 'history'));
  if (!channel.members.includes(BOT.userId)) refuse('not_in_channel');
  return channel;
}

/** Newest first: the posts of a channel and the replies that were also sent to it. */
function history(args: Arguments, context: ApiContext): Json {
  const { id } = requireReadableChannel(args, context);
  const isOnTop = (message: Message) => !message.threadTs || message.subtype === 'thread_broadcast';
  const found = visible(context, id).filter((message) => isOnTop(message) && isWithin(message, args));
  return onePage(found.reverse(), args, context, 100);
}

/** Oldest first, the parent at the head whatever the time window is. */
function replies(args: Arguments, context: ApiContext): Json {
  const { id } = requireReadableChannel(args, context);
  const ts = args.requireText('ts', 'thread_not_found');
  const inPlace = visible(context, id);
  const parent = inPlace.find((message) => message.ts === ts) ?? refuse('thread_not_found');
  const answers = inPlace.filter((one) => one.threadTs === ts && one.ts !== ts && isWithin(one, args));
  return onePage([parent, ...answers], args, context, 1000);
}

function visible({ workspace, faults }: ApiContext, channel: string): Message[] {
  return workspace
    .messagesIn(channel)
    .filter(({ ephemeralFor, ts }) => !ephemeralFor && faults.isVisible(ts));
}

function isWithin({ ts }: Message, args: Arguments): boolean {
  const isInclusive = args.flag('inclusive') === true;
  const oldest = args.text('oldest') ?? '0';
  const latest = args.text('latest');
  const late = latest === undefined ? -1 : compareTs(ts, latest);
  const early = oldest === '0' ? 1 : compareTs(ts, oldest);
  return (early > 0 || (isInclusive && early === 0)) && (late < 0 || (isInclusive && late === 0));
}

function onePage(found: Message[], args: Arguments, context: ApiContext, usual: number): Json {
  const { page, next } = paginate(found, args, usual);
  const withMetadata = args.flag('include_all_metadata') === true;
  return {
    messages: page.map((message) => messageOnWire(context.workspace, message, withMetadata)),
    has_more: next !== '',
    ...(next ? { response_metadata: { next_cursor: next } } : {}),
  };
}

import { refuse } from '../refused.ts';
import { BOT } from '../seed.ts';
import type { Channel, Json, Message } from '../types.ts';
import { messageOnWire } from '../wire.ts';
import type { Arguments } from './arguments.ts';
import { type Content, readContent, requireSomething } from './content.ts';
import {
  type ApiContext,
  type Method,
  requireMessage,
  requireOwnChannel,
  requireSeenChannel,
} from './method.ts';

/** Slack cuts a longer text off and says so in a warning. */
const LONGEST_TEXT = 40_000;
/** chat.update refuses where chat.postMessage cuts. */
const LONGEST_UPDATE = 4000;
const bot = { user: BOT.userId, botId: BOT.botId };

export const chatMethods: Record<string, Method> = {
  'chat.postMessage': { scope: 'chat:write', run: postMessage },
  'chat.postEphemeral': { scope: 'chat:write', run: postEphemeral },
  'chat.update': { scope: 'chat:write', run: update },
  'chat.delete': { scope: 'chat:write', run: remove },
  'chat.getPermalink': { run: getPermalink },
};

function postMessage(args: Arguments, context: ApiContext): Json {
  const channel = requireOwnChannel(context, args.requireText('channel', 'channel_not_found'));
  const content = readContent(args);
  requireSomething(content);
  const threadTs = readThread(args, context, channel);
  const isBroadcast = threadTs !== undefined && args.flag('reply_broadcast');
  const message = context.workspace.post({
    channel: channel.id,
    ...bot,
    ...readStored(content),
    ...(threadTs ? { threadTs } : {}),
    ...(isBroadcast ? { subtype: 'thread_broadcast' } : {}),
    unfurl: args.flag('unfurl_links') !== false && /https?:\/\//.test(content.text ?? ''),
  });
  context.faults.notePost(message.ts);
  const cut = (content.text?.length ?? 0) > LONGEST_TEXT ? { warning: 'message_truncated' } : {};
  return {
    channel: channel.id,
    ts: message.ts,
    message: messageOnWire(context.workspace, message, true),
    ...cut,
  };
}

function readStored({
  text,
  blocks,
  attachments,
  metadata,
}: Content): Pick<Message, 'text'> & Partial<Message> {
  return {
    text: (text ?? '').slice(0, LONGEST_TEXT),
    ...(blocks?.length ? { blocks } : {}),
    ...(attachments?.length ? { attachments } : {}),
    ...(metadata ? { metadata } : {}),
  };
}

/** A reply belongs to a parent; the ts of another reply is none, and a gap where tests would lie if it were. */
function readThread(args: Arguments, { workspace }: ApiContext, channel: Channel): string | undefined {
  const threadTs = args.text('thread_ts');
  if (threadTs === undefined) return undefined;
  if (!/^\d+\.\d{6}$/.test(threadTs)) refuse('invalid_thread_ts');
  const parent = workspace.findMessage(channel.id, threadTs);
  if (!parent || parent.ephemeralFor) refuse('thread_not_found');
  if (parent?.threadTs) refuse('cannot_reply_to_message');
  return threadTs;
}

function postEphemeral(args: Arguments, context: ApiContext): Json {
  const channel = requireOwnChannel(context, args.requireText('channel', 'channel_not_found'));
  const user = args.requireText('user');
  const content = readContent(args);
  requireSomething(content);
  if (!channel.members.includes(user)) refuse('user_not_in_channel');
  const threadTs = args.text('thread_ts');
  const place = { channel: channel.id, ephemeralFor: user, ...(threadTs ? { threadTs } : {}) };
  return { message_ts: context.workspace.post({ ...place, ...bot, ...readStored(content) }).ts };
}

function requireOwnMessage(args: Arguments, context: ApiContext, error: string): Message {
  const channel = requireSeenChannel(context, args.requireText('channel', 'channel_not_found'));
  const message = requireMessage(context, channel.id, args.requireText('ts', 'message_not_found'));
  return message.botId === BOT.botId && message.subtype !== 'tombstone' ? message : refuse(error);
}

function update(args: Arguments, context: ApiContext): Json {
  const message = requireOwnMessage(args, context, 'cant_update_message');
  if (message.streaming?.state === 'in_progress') refuse('streaming_state_conflict');
  const content = readContent(args);
  const { text, blocks, attachments, metadata } = content;
  if (blocks === undefined && attachments === undefined) requireSomething(content);
  if ((text?.length ?? 0) > LONGEST_UPDATE && !args.has('markdown_text')) refuse('msg_too_long');
  const { workspace } = context;
  workspace.change(message, {
    text: text ?? message.text,
    blocks: readUpdatedBlocks(message, content),
    ...(attachments ? { attachments: attachments.length > 0 ? attachments : undefined } : {}),
    // Metadata that is left out stays; an empty object takes it away.
    ...(metadata ? { metadata: Object.keys(metadata).length > 0 ? metadata : undefined } : {}),
    // A message made of blocks shows no "edited" mark.
    ...(blocks?.length ? {} : { edited: true, editedTs: workspace.nextTs() }),
  });
  const wire = messageOnWire(workspace, message, true);
  return { channel: message.channel, ts: message.ts, text: message.text, message: wire };
}

/** With a text and no blocks, the old blocks go; without both they stay. */
function readUpdatedBlocks(message: Message, { text, blocks }: Content): Message['blocks'] {
  if (blocks) return blocks.length > 0 ? blocks : undefined;
  return text === undefined ? message.blocks : undefined;
}

function remove(args: Arguments, context: ApiContext): Json {
  const message = requireOwnMessage(args, context, 'cant_delete_message');
  context.workspace.remove(message);
  return { channel: message.channel, ts: message.ts };
}

function getPermalink(args: Arguments, context: ApiContext): Json {
  const channel = requireSeenChannel(context, args.requireText('channel', 'channel_not_found'));
  const ts = args.requireText('message_ts', 'message_not_found');
  const { threadTs } = requireMessage(context, channel.id, ts);
  const thread = threadTs ? `?thread_ts=${threadTs}&cid=${channel.id}` : '';
  const permalink = `${context.baseUrl()}/archives/${channel.id}/p${ts.replace('.', '')}${thread}`;
  return { channel: channel.id, permalink };
}

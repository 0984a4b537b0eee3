import { requireSoundBlocks } from '../block-rules.ts';
import { withIds } from '../modals.ts';
import { refuse } from '../refused.ts';
import { BOT } from '../seed.ts';
import type { Block, Json, Message } from '../types.ts';
import { messageOnWire } from '../wire.ts';
import type { Arguments } from './arguments.ts';
import { MOST_MARKDOWN, readMetadata } from './content.ts';
import { type ApiContext, type Method, requireMessage, requireOwnChannel } from './method.ts';

export const streamMethods: Record<string, Method> = {
  'chat.startStream': { scope: 'chat:write', run: startStream },
  'chat.appendStream': { scope: 'chat:write', run: appendStream },
  'chat.stopStream': { scope: 'chat:write', run: stopStream },
};

function startStream(args: Arguments, context: ApiContext): Json {
  const { workspace } = context;
  const channel = requireOwnChannel(context, args.requireText('channel', 'channel_not_found'));
  const threadTs = args.requireText('thread_ts', 'invalid_thread_ts');
  if (!workspace.findMessage(channel.id, threadTs)) refuse('invalid_thread_ts');
  if (!channel.isIm) {
    args.requireText('recipient_team_id', 'missing_recipient_team_id');
    args.requireText('recipient_user_id', 'missing_recipient_user_id');
  }
  const message = workspace.post({
    channel: channel.id,
    threadTs,
    user: BOT.userId,
    botId: BOT.botId,
    ...readText(args, ''),
    streaming: { state: 'in_progress', startedAtMs: workspace.nowMs() },
  });
  context.faults.notePost(message.ts);
  return { channel: channel.id, ts: message.ts };
}

function appendStream(args: Arguments, context: ApiContext): Json {
  const message = requireLiveStream(args, context);
  context.workspace.change(message, readText(args, message.text));
  return { channel: message.channel, ts: message.ts };
}

function stopStream(args: Arguments, context: ApiContext): Json {
  const message = requireLiveStream(args, context);
  const { text, blocks: streamed } = readText(args, message.text);
  const sent = args.json('blocks', 'invalid_blocks_format');
  if (sent !== undefined) requireSoundBlocks(sent, 'message');
  const metadata = readMetadata(args);
  const { workspace } = context;
  workspace.change(message, {
    text,
    blocks: [...(streamed ?? []), ...withIds((sent ?? []) as Block[])],
    streaming: { state: 'completed', startedAtMs: message.streaming?.startedAtMs ?? 0 },
    ...(metadata ? { metadata } : {}),
  });
  return { channel: message.channel, ts: message.ts, message: messageOnWire(workspace, message, true) };
}

/** A stream lives about five minutes; after that Slack closes it by itself. */
function requireLiveStream(args: Arguments, context: ApiContext): Message {
  const channel = requireOwnChannel(context, args.requireText('channel', 'channel_not_found'));
  const message = requireMessage(context, channel.id, args.requireText('ts', 'message_not_found'));
  if (message.botId !== BOT.botId) refuse('message_not_owned_by_app');
  const startedAtMs = message.streaming?.startedAtMs ?? 0;
  const isLive = message.streaming?.state === 'in_progress';
  if (!isLive || context.workspace.nowMs() - startedAtMs > context.streamLifeMs)
    refuse('message_not_in_streaming_state');
  return message;
}

/** The text so far and what this call adds, given as `markdown_text` or as chunks, never as both. */
function readText(args: Arguments, before: string): Pick<Message, 'text' | 'blocks'> {
  const markdown = args.text('markdown_text');
  const chunks = args.json('chunks', 'invalid_chunks') as Json[] | undefined;
  if (markdown && chunks) refuse('markdown_text_conflict');
  const added = markdown ?? (chunks ?? []).map(textOfChunk).join('');
  if (added.length > MOST_MARKDOWN) refuse('msg_too_long');
  const text = before + added;
  return { text, blocks: text ? [{ type: 'markdown', text }] : undefined };
}

const SILENT_CHUNKS = ['task_update', 'plan_update', 'blocks'];

function textOfChunk(chunk: Json): string {
  if (chunk.type === 'markdown_text') return String(chunk.text ?? '');
  return SILENT_CHUNKS.includes(String(chunk.type)) ? '' : refuse('invalid_chunks');
}

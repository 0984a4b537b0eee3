import { readRichText } from './rich-text.ts';
import { BOT } from './seed.ts';
import type { Json, Message } from './types.ts';
import type { Workspace } from './workspace.ts';

function isFromAnotherTeam(workspace: Workspace, userId: string): boolean {
  const user = workspace.users.get(userId);
  return user !== undefined && user.teamId !== workspace.homeTeam().id;
}

/** A message as the Web API and events carry it. Metadata only where the caller asked for it and may see it. */
export function messageOnWire(workspace: Workspace, message: Message, withMetadata: boolean): Json {
  const { ts, user, text, threadTs } = message;
  return {
    ...(message.subtype ? { subtype: message.subtype } : {}),
    type: 'message',
    user,
    ts,
    text,
    ...authorFields(workspace, message),
    ...blocksOf(message),
    ...(message.files ? { files: message.files, upload: false } : {}),
    ...(message.attachments ? { attachments: message.attachments } : {}),
    ...(message.inviter ? { inviter: message.inviter } : {}),
    ...(message.editedTs ? { edited: { user, ts: message.editedTs } } : {}),
    ...(message.streaming ? { streaming_state: message.streaming.state } : {}),
    ...(threadTs ? { thread_ts: threadTs, ...parentFields(workspace, message) } : {}),
    ...threadFields(workspace, message),
    ...reactionFields(message),
    ...(withMetadata && message.metadata ? { metadata: message.metadata } : {}),
  };
}

function authorFields(workspace: Workspace, message: Message): Json {
  const author = workspace.users.get(message.user);
  if (!author || message.subtype === 'channel_join') return {};
  const { teamId } = author;
  const external = isFromAnotherTeam(workspace, author.id) ? { user_team: teamId, source_team: teamId } : {};
  if (!message.botId) return { client_msg_id: clientMessageId(message), team: teamId, ...external };
  const appId = message.botId === BOT.botId ? BOT.appId : `A${message.botId.slice(1)}`;
  const name = [...workspace.users.values()].find((user) => user.botId === message.botId)?.name;
  const profile = {
    id: message.botId,
    app_id: appId,
    name,
    deleted: false,
    team_id: workspace.homeTeam().id,
  };
  return { bot_id: message.botId, app_id: appId, team: teamId, bot_profile: profile };
}

/** Stable per message, so that an event and a later read of the same message agree. */
function clientMessageId({ ts }: Message): string {
  const digits = ts.replace('.', '').padStart(32, '0');
  return [8, 12, 16, 20].reduceRight((id, at) => `${id.slice(0, at)}-${id.slice(at)}`, digits);
}

/** People's messages carry rich text blocks beside the text, as the composer of Slack sends both. */
function blocksOf(message: Message): Json {
  if (message.blocks) return { blocks: message.blocks };
  if (message.botId || message.subtype || !message.text) return {};
  return { blocks: [readRichText(message.text, message.ts)] };
}

function parentFields(workspace: Workspace, message: Message): Json {
  if (message.threadTs === message.ts || !message.threadTs) return {};
  const parent = workspace.findMessage(message.channel, message.threadTs);
  return parent ? { parent_user_id: parent.user } : {};
}

function threadFields(workspace: Workspace, message: Message): Json {
  const replies = message.threadTs ? [] : workspace.repliesTo(message.channel, message.ts);
  const latest = replies.at(-1);
  if (!latest) return {};
  const users = [...new Set(replies.map((reply) => reply.user))];
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users_count: users.length,
    reply_users: users.slice(0, 5),
    latest_reply: latest.ts,
    is_locked: false,
    subscribed: users.includes(BOT.userId) || message.user === BOT.userId,
  };
}

function reactionFields(message: Message): Json {
  if (message.reactions.length === 0) return {};
  return {
    reactions: message.reactions.map(({ name, users }) => ({ name, users: [...users], count: users.length })),
  };
}

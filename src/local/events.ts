import { BOT } from './seed.ts';
import type { Change, Channel, Json, Message } from './types.ts';
import { userOnWire } from './user-on-wire.ts';
import { messageOnWire } from './wire.ts';
import type { Workspace } from './workspace.ts';

export interface InnerEvent extends Json {
  type: string;
  event_ts: string;
}

/** The events Slack sends to the bot for one change of the workspace; none where the bot is not present. */
export function readEvents(workspace: Workspace, change: Change): InnerEvent[] {
  switch (change.type) {
    case 'message-posted':
      return isHeard(workspace, change.message) ? posted(workspace, change.message) : [];
    case 'message-changed':
      return isHeard(workspace, change.message) ? changed(workspace, change.message, change.previous) : [];
    case 'message-deleted':
      return isHeard(workspace, change.previous) ? [deleted(workspace, change.previous)] : [];
    case 'reaction':
      return isHeard(workspace, change.message) ? [reaction(workspace, change)] : [];
    case 'joined':
      return membership(workspace, change);
    case 'left':
      return departure(workspace, change);
    case 'home-opened': {
      const { user, channel, view } = change;
      return [event(workspace, 'app_home_opened', { user, channel, tab: 'home', ...(view ? { view } : {}) })];
    }
    case 'user':
      return [event(workspace, 'user_change', { user: userOnWire(change.user), cache_ts: 1 })];
    default:
      return [];
  }
}

function event(workspace: Workspace, type: string, fields: Json): InnerEvent {
  return { type, ...fields, event_ts: workspace.nextTs() };
}

function isHeard(workspace: Workspace, message: Message): boolean {
  return !message.ephemeralFor && workspace.isMember(message.channel, BOT.userId);
}

export function channelType(channel: Channel | undefined): string {
  if (channel?.isIm) return 'im';
  return channel?.isPrivate ? 'group' : 'channel';
}

function posted(workspace: Workspace, message: Message): InnerEvent[] {
  const place = whereOf(workspace, message);
  const wire = messageOnWire(workspace, message, true);
  const plain = { ...wire, ...place, type: 'message', event_ts: message.ts };
  return [plain, ...mention(workspace, message, wire)];
}

/** The bot hears of a mention twice: as a message and as an app_mention. In direct messages only as a message. */
function mention(workspace: Workspace, message: Message, wire: Json, eventTs = message.ts): InnerEvent[] {
  const isIm = workspace.channels.get(message.channel)?.isIm;
  if (isIm || message.user === BOT.userId || !message.text.includes(`<@${BOT.userId}>`)) return [];
  return [{ ...wire, channel: message.channel, type: 'app_mention', event_ts: eventTs }];
}

function whereOf(workspace: Workspace, message: Message): Json {
  return { channel: message.channel, channel_type: channelType(workspace.channels.get(message.channel)) };
}

/** Editing a message that mentions the bot sends app_mention again, with a new event id and an `edited` field. */
function changed(workspace: Workspace, message: Message, previous: Message): InnerEvent[] {
  const ts = workspace.nextTs();
  const wire = messageOnWire(workspace, message, true);
  const isTyped = message.editedTs !== previous.editedTs && !message.botId;
  return [
    {
      type: 'message',
      subtype: 'message_changed',
      hidden: true,
      ...whereOf(workspace, message),
      message: wire,
      previous_message: messageOnWire(workspace, previous, true),
      ts,
      event_ts: ts,
    },
    ...(isTyped ? mention(workspace, message, wire, ts) : []),
  ];
}

function deleted(workspace: Workspace, previous: Message): InnerEvent {
  const ts = workspace.nextTs();
  return {
    type: 'message',
    subtype: 'message_deleted',
    hidden: true,
    ...whereOf(workspace, previous),
    deleted_ts: previous.ts,
    previous_message: messageOnWire(workspace, previous, true),
    ts,
    event_ts: ts,
  };
}

function reaction(workspace: Workspace, change: Extract<Change, { type: 'reaction' }>): InnerEvent {
  const { message, name, user, added } = change;
  return event(workspace, added ? 'reaction_added' : 'reaction_removed', {
    user,
    reaction: name,
    item: { type: 'message', channel: message.channel, ts: message.ts },
    item_user: message.user,
  });
}

function membership(workspace: Workspace, change: Extract<Change, { type: 'joined' }>): InnerEvent[] {
  const { channel, user, inviter } = change;
  if (!channel.members.includes(BOT.userId)) return [];
  const team = workspace.users.get(user)?.teamId;
  const shape = { user, channel: channel.id, channel_type: channel.isPrivate ? 'G' : 'C', team };
  return [event(workspace, 'member_joined_channel', { ...shape, ...(inviter ? { inviter } : {}) })];
}

/** The bot's own departure has another name than everybody else's: it is no member any more when it happens. */
function departure(workspace: Workspace, change: Extract<Change, { type: 'left' }>): InnerEvent[] {
  const { channel, user, actor } = change;
  if (user === BOT.userId) {
    return [
      event(workspace, channel.isPrivate ? 'group_left' : 'channel_left', {
        channel: channel.id,
        actor_id: actor,
      }),
    ];
  }
  if (!channel.members.includes(BOT.userId)) return [];
  const shape = { user, channel: channel.id, channel_type: channel.isPrivate ? 'G' : 'C' };
  return [event(workspace, 'member_left_channel', { ...shape, team: workspace.users.get(user)?.teamId })];
}

import { refuse } from '../refused.ts';
import { BOT } from '../seed.ts';
import type { Channel, Json } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import { type Arguments, paginate } from './arguments.ts';
import {
  type ApiContext,
  conversationScope,
  type Method,
  requireScope,
  requireSeenChannel,
} from './method.ts';

export const conversationMethods: Record<string, Method> = {
  'conversations.info': { run: info },
  'conversations.list': { scope: 'channels:read', run: list },
  'conversations.members': { run: members },
  'conversations.open': { scope: 'im:write', run: open },
  'conversations.join': { scope: 'channels:join', run: join },
  'users.conversations': { scope: 'channels:read', run: conversationsOf },
};

function info(args: Arguments, context: ApiContext): Json {
  const channel = requireSeenChannel(context, args.requireText('channel', 'channel_not_found'));
  requireScope(context, conversationScope(channel, 'read'));
  const members = args.flag('include_num_members') ? { num_members: channel.members.length } : {};
  return { channel: { ...channelOnWire(context.workspace, channel), ...members } };
}

function channelOnWire(workspace: Workspace, channel: Channel): Json {
  const { id, name, topic, isIm, isPrivate, isExtShared } = channel;
  const team = workspace.homeTeam().id;
  const shared = { is_ext_shared: isExtShared, is_shared: isExtShared, is_org_shared: false };
  const base = {
    id,
    is_im: isIm,
    is_mpim: false,
    is_archived: channel.isArchived ?? false,
    context_team_id: team,
  };
  if (isIm)
    return {
      ...base,
      ...shared,
      user: channel.members.find((member) => member !== BOT.userId),
      is_open: true,
    };
  const others = new Set(channel.members.map((member) => workspace.users.get(member)?.teamId));
  others.delete(team);
  return {
    ...base,
    name,
    name_normalized: name,
    is_channel: !isPrivate,
    is_group: false,
    is_private: isPrivate,
    is_general: name === 'general',
    ...shared,
    is_pending_ext_shared: false,
    is_member: channel.members.includes(BOT.userId),
    creator: 'U0MAYA',
    topic: { value: topic, creator: 'U0MAYA', last_set: 1 },
    purpose: { value: '', creator: '', last_set: 0 },
    ...(isExtShared ? { conversation_host_id: team, connected_team_ids: [team, ...others] } : {}),
  };
}

function kindOf({ isIm, isPrivate }: Channel): string {
  if (isIm) return 'im';
  return isPrivate ? 'private_channel' : 'public_channel';
}

function list(args: Arguments, context: ApiContext): Json {
  const channels = [...context.workspace.channels.values()];
  return channelPage(
    channels.filter((one) => kindOf(one) === 'public_channel' || one.members.includes(BOT.userId)),
    args,
    context,
  );
}

function conversationsOf(args: Arguments, context: ApiContext): Json {
  const user = args.text('user') ?? BOT.userId;
  context.workspace.requireUser(user);
  const isShared = (one: Channel) => one.members.includes(user);
  const isSeen = (one: Channel) => kindOf(one) === 'public_channel' || one.members.includes(BOT.userId);
  const channels = [...context.workspace.channels.values()];
  return channelPage(
    channels.filter((one) => isShared(one) && isSeen(one)),
    args,
    context,
  );
}

/** Without `types` only public channels are listed, a trap worth keeping. */
function channelPage(channels: Channel[], args: Arguments, context: ApiContext): Json {
  const types = (args.text('types') ?? 'public_channel').split(',').map((type) => type.trim());
  if (types.includes('private_channel')) requireScope(context, 'groups:read');
  const withoutArchived = args.flag('exclude_archived') === true;
  const found = channels.filter((one) => types.includes(kindOf(one)) && !(withoutArchived && one.isArchived));
  const { page, next } = paginate(found, args, 100);
  return {
    channels: page.map((one) => ({
      ...channelOnWire(context.workspace, one),
      num_members: one.members.length,
    })),
    response_metadata: { next_cursor: next },
  };
}

function members(args: Arguments, context: ApiContext): Json {
  const channel = requireSeenChannel(context, args.requireText('channel', 'channel_not_found'));
  requireScope(context, conversationScope(channel, 'read'));
  const { page, next } = paginate(channel.members, args, 100);
  return { members: page, response_metadata: { next_cursor: next } };
}

function open(args: Arguments, context: ApiContext): Json {
  const { workspace } = context;
  if (args.text('channel'))
    return { channel: { id: requireSeenChannel(context, args.requireText('channel')).id } };
  const ids = args.requireText('users', 'users_list_not_supplied').split(',');
  // Group conversations are a gap of the local workspace, see coverage.ts.
  if (ids.length > 1) refuse('too_many_users');
  const user = workspace.requireUser(String(ids[0]));
  if (user.isBot) refuse('cannot_dm_bot');
  if (user.isDeleted) refuse('user_disabled');
  if (user.isStranger) refuse('user_not_visible');
  const channel = workspace.openDm(user.id, BOT.userId);
  return { channel: args.flag('return_im') ? channelOnWire(workspace, channel) : { id: channel.id } };
}

function join(args: Arguments, context: ApiContext): Json {
  const { workspace } = context;
  const channel = requireSeenChannel(context, args.requireText('channel', 'channel_not_found'));
  if (channel.isPrivate || channel.isIm) refuse('method_not_supported_for_channel_type');
  if (channel.isArchived) refuse('is_archived');
  const isThere = channel.members.includes(BOT.userId);
  workspace.join(channel.id, BOT.userId);
  const warning = { warning: 'already_in_channel', response_metadata: { warnings: ['already_in_channel'] } };
  return { channel: channelOnWire(workspace, channel), ...(isThere ? warning : {}) };
}

import { refuse } from '../refused.ts';
import { BOT } from '../seed.ts';
import type { Json, Message } from '../types.ts';
import { messageOnWire } from '../wire.ts';
import type { Arguments } from './arguments.ts';
import { type ApiContext, type Method, requireSeenChannel } from './method.ts';

export const reactionMethods: Record<string, Method> = {
  'reactions.add': { scope: 'reactions:write', run: add },
  'reactions.remove': { scope: 'reactions:write', run: remove },
  'reactions.get': { scope: 'reactions:read', run: get },
};

function requireReactable(args: Arguments, context: ApiContext): Message {
  const channel = requireSeenChannel(context, args.requireText('channel', 'no_item_specified'));
  if (!channel.members.includes(BOT.userId)) refuse('not_in_channel');
  const message = context.workspace.findMessage(
    channel.id,
    args.requireText('timestamp', 'no_item_specified'),
  );
  return !message || message.ephemeralFor ? refuse('message_not_found') : message;
}

/** Slack takes the bare name; colons around it are an invalid one. */
function readName(args: Arguments): string {
  const name = args.requireText('name', 'invalid_name');
  return /^[\w+'-]+(::skin-tone-[2-6])?$/.test(name) ? name : refuse('invalid_name');
}

function add(args: Arguments, context: ApiContext): Json {
  const name = readName(args);
  context.workspace.react(requireReactable(args, context), BOT.userId, name);
  return {};
}

function remove(args: Arguments, context: ApiContext): Json {
  const name = readName(args);
  context.workspace.unreact(requireReactable(args, context), BOT.userId, name);
  return {};
}

function get(args: Arguments, context: ApiContext): Json {
  const message = requireReactable(args, context);
  const wire = messageOnWire(context.workspace, message, false);
  return { type: 'message', channel: message.channel, message: wire };
}

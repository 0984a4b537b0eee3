import type { FaultScript } from '../faults.ts';
import type { Modals } from '../modals.ts';
import { refuse } from '../refused.ts';
import { BOT } from '../seed.ts';
import type { Statuses } from '../statuses.ts';
import type { Tickets } from '../tickets.ts';
import type { Channel, Json, Message } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import type { Arguments } from './arguments.ts';

export interface ApiContext {
  workspace: Workspace;
  modals: Modals;
  tickets: Tickets;
  statuses: Statuses;
  faults: FaultScript;
  baseUrl: () => string;
  /** The address of a new socket: valid once. */
  newSocketUrl: () => string;
  /** The scopes the bot was installed with; unset = all. */
  scopes?: string[];
  streamLifeMs: number;
}

export interface Method {
  /** The scope the bot token needs; unset = any token of the app. */
  scope?: string;
  /** App-level tokens (`xapp-`) open sockets and nothing else. */
  token?: 'bot' | 'app' | 'any';
  run(args: Arguments, context: ApiContext): Json;
}

export function requireScope({ scopes }: ApiContext, needed: string): void {
  if (scopes && !scopes.includes(needed)) refuse('missing_scope', { needed, provided: scopes.join(',') });
}

/** A private place the bot is not in does not exist for it. */
export function requireSeenChannel({ workspace }: ApiContext, id: string): Channel {
  const channel = workspace.requireChannel(id);
  const isHidden = (channel.isPrivate || channel.isIm) && !channel.members.includes(BOT.userId);
  return isHidden ? refuse('channel_not_found') : channel;
}

/** The channel to write into: the bot has to be a member, and it may be named by a person for a direct message. */
export function requireOwnChannel(context: ApiContext, id: string): Channel {
  const { workspace } = context;
  if (workspace.users.has(id)) return workspace.openDm(id, BOT.userId);
  const channel = requireSeenChannel(context, id);
  if (!channel.members.includes(BOT.userId)) refuse('not_in_channel');
  if (channel.isArchived) refuse('is_archived');
  return channel;
}

export function requireMessage({ workspace }: ApiContext, channel: string, ts: string): Message {
  const message = workspace.findMessage(channel, ts);
  return !message || message.ephemeralFor ? refuse('message_not_found') : message;
}

/** The scope that reading a kind of conversation needs, such as `groups:history`. */
export function conversationScope(channel: Channel, what: 'read' | 'history'): string {
  if (channel.isIm) return `im:${what}`;
  return channel.isPrivate ? `groups:${what}` : `channels:${what}`;
}

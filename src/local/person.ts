import type { Press } from './actions.ts';
import type { ClickPlace, Interactions, Submission } from './interactions.ts';
import { refuse } from './refused.ts';
import { BOT } from './seed.ts';
import type { Answer } from './transport.ts';
import { readTypedText } from './typed-text.ts';
import type { Channel, Json, Message } from './types.ts';
import type { Workspace } from './workspace.ts';

export interface SayOptions {
  threadTs?: string;
  /** Also shows the reply in the channel. */
  broadcast?: boolean;
  files?: { name: string; mimetype?: string }[];
  /** The bot id of an integration that posts in the person's name. */
  viaApp?: string;
}

export interface Person {
  /** Returns the ts. `channel` may be a person's id for a direct message. */
  says(channel: string, text: string, options?: SayOptions): string;
  edits(channel: string, ts: string, text: string): void;
  deletes(channel: string, ts: string): void;
  reacts(channel: string, ts: string, name: string): void;
  unreacts(channel: string, ts: string, name: string): void;
  /** The workspace attaches a preview of a link: a change of the message that is nobody's edit. */
  unfurls(channel: string, ts: string): void;
  joins(channel: string, inviter?: string): void;
  leaves(channel: string): void;
  opensHome(): void;
  /** Presses a button or chooses in a menu; resolves when the bot acknowledged or its three seconds were over. */
  clicks(channel: string, ts: string, actionId: string, more?: Partial<Press>): Promise<Answer>;
  clicksInView(view: 'home' | 'modal', actionId: string, more?: Partial<Press>): Promise<Answer>;
  runs(channel: string, command: string, text?: string): Promise<Answer>;
  submits(values: Json): Promise<Submission>;
  closes(): Promise<void>;
}

interface Deps {
  workspace: Workspace;
  interactions: Interactions;
}

/** One person at the keyboard: whatever they may do in Slack, and what they may not is refused. */
export function createPerson({ workspace, interactions }: Deps, id: string): Person {
  workspace.requireUser(id);
  const at = (channel: string, ts: string) => requireSeen(workspace, id, channel, ts);
  const click = (place: ClickPlace, actionId: string, more: Partial<Press> = {}) =>
    interactions.click(id, place, { actionId, ...more });
  return {
    says: (channel, text, options = {}) => say(workspace, id, channel, text, options),
    edits: (channel, ts, text) => edit(workspace, id, at(channel, ts), text),
    deletes: (channel, ts) => {
      const message = at(channel, ts);
      workspace.remove(message.user === id ? message : refuse('cant_delete_message'));
    },
    reacts: (channel, ts, name) => workspace.react(at(channel, ts), id, name),
    unreacts: (channel, ts, name) => workspace.unreact(at(channel, ts), id, name),
    unfurls: (channel, ts) => {
      const url = /<(https?:[^|>]+)/.exec(at(channel, ts).text)?.[1] ?? 'https://example.com/';
      workspace.change(at(channel, ts), {
        attachments: [{ id: 1, from_url: url, fallback: url, title: 'Preview' }],
      });
    },
    joins: (channel, inviter) => workspace.join(channel, id, inviter),
    leaves: (channel) => workspace.leave(channel, id),
    opensHome: () => openHome(workspace, id),
    clicks: (channel, ts, actionId, more) => click({ channel, ts }, actionId, more),
    clicksInView: (view, actionId, more) => click({ view }, actionId, more),
    runs: (channel, command, text = '') => interactions.runCommand(id, channel, command, text),
    submits: (values) => interactions.submit(id, values),
    closes: () => interactions.closeModal(id),
  };
}

function requireSeen(workspace: Workspace, user: string, channel: string, ts: string): Message {
  const message = workspace.findMessage(channel, ts) ?? refuse('message_not_found');
  if (!workspace.isMember(channel, user)) refuse('not_in_channel');
  return message.ephemeralFor ? refuse('message_not_found') : message;
}

function say(workspace: Workspace, id: string, where: string, text: string, options: SayOptions): string {
  const channel = workspace.users.has(where) ? workspace.openDm(id, where) : workspace.requireChannel(where);
  if (!channel.members.includes(id)) refuse('not_in_channel');
  if (channel.isArchived) refuse('is_archived');
  if (!text.trim() && !options.files?.length) refuse('no_text');
  const { threadTs } = options;
  if (threadTs && requireSeen(workspace, id, channel.id, threadTs).threadTs) refuse('thread_not_found');
  const botId = options.viaApp ?? workspace.requireUser(id).botId;
  const message = workspace.post({
    channel: channel.id,
    user: id,
    text: readTypedText(text, workspace),
    ...(threadTs ? { threadTs } : {}),
    ...(botId ? { botId } : {}),
    ...subtypeOf(options, channel),
  });
  return message.ts;
}

function subtypeOf({ files, broadcast, threadTs }: SayOptions, channel: Channel): Partial<Message> {
  if (!files?.length) return broadcast && threadTs ? { subtype: 'thread_broadcast' } : {};
  const shared = files.map(({ name, mimetype = 'application/octet-stream' }, index) => {
    const id = `F0${index}${name.replace(/\W/g, '').toUpperCase()}`;
    return { id, name, title: name, mimetype, filetype: name.split('.').at(-1), channels: [channel.id] };
  });
  return { subtype: 'file_share', files: shared };
}

function edit(workspace: Workspace, id: string, message: Message, text: string): void {
  if (message.user !== id || message.botId === BOT.botId) refuse('cant_update_message');
  if (!text.trim()) refuse('no_text');
  workspace.change(message, {
    text: readTypedText(text, workspace),
    edited: true,
    editedTs: workspace.nextTs(),
  });
}

function openHome(workspace: Workspace, user: string): void {
  const { id } = workspace.openDm(user, BOT.userId);
  workspace.announce({ type: 'home-opened', user, channel: id, view: workspace.homes.get(user) });
}

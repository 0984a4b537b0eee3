import { type Press, readAction } from './actions.ts';
import type { Delivery } from './delivery.ts';
import { missingInputs, readModalValues } from './modal-values.ts';
import { type Modals, storeView } from './modals.ts';
import { refuse } from './refused.ts';
import { postReply } from './response-url.ts';
import { BOT } from './seed.ts';
import type { ReplyPlace, Tickets } from './tickets.ts';
import type { Answer } from './transport.ts';
import type { Block, Command, Json, Message, View } from './types.ts';
import { messageOnWire } from './wire.ts';
import type { Workspace } from './workspace.ts';

export interface InteractionDeps {
  workspace: Workspace;
  modals: Modals;
  tickets: Tickets;
  delivery: Delivery;
  commands: Command[];
  baseUrl: () => string;
}

export type ClickPlace = { channel: string; ts: string } | { view: 'home' | 'modal' };
export type Submission = { answer?: Answer; errors?: Record<string, string> };
export type Interactions = ReturnType<typeof createInteractions>;

/** What a person does with the app's own parts: buttons, commands, dialogs. The bot hears of each exactly once. */
export function createInteractions(deps: InteractionDeps) {
  return {
    click: (user: string, place: ClickPlace, press: Press) =>
      'view' in place ? clickInView(deps, user, place.view, press) : clickInMessage(deps, user, place, press),
    runCommand: (user: string, channel: string, command: string, text: string) =>
      runCommand(deps, user, channel, command, text),
    submit: (user: string, given: Json) => submit(deps, user, given),
    closeModal: (user: string) => closeModal(deps, user),
  };
}

async function clickInMessage(
  deps: InteractionDeps,
  user: string,
  { channel, ts }: { channel: string; ts: string },
  press: Press,
): Promise<Answer> {
  const { workspace } = deps;
  const message = workspace.findMessage(channel, ts) ?? refuse('message_not_found');
  if (!workspace.isMember(channel, user)) refuse('not_in_channel');
  const isEphemeral = message.ephemeralFor !== undefined;
  if (isEphemeral && message.ephemeralFor !== user) refuse('message_not_found');
  const place: ReplyPlace = { user, channel, messageTs: ts, threadTs: message.threadTs };
  return deps.delivery.request('interactive', 'block_actions', {
    ...interactionBase(deps, 'block_actions', user),
    container: {
      type: 'message',
      message_ts: ts,
      channel_id: channel,
      is_ephemeral: isEphemeral,
      ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    },
    channel: channelField(workspace, channel),
    ...(isEphemeral ? {} : { message: messageOnWire(workspace, message, false) }),
    state: { values: {} },
    response_url: replyUrl(deps, place),
    actions: [readAction(pressableBlocks(message), press, workspace.nextTs())],
  });
}

function pressableBlocks(message: Message): Block[] {
  const attached = (message.attachments ?? []).flatMap((one) => (one.blocks ?? []) as Block[]);
  return [...(message.blocks ?? []), ...attached];
}

async function clickInView(
  deps: InteractionDeps,
  user: string,
  surface: 'home' | 'modal',
  press: Press,
): Promise<Answer> {
  const shown = surface === 'home' ? deps.workspace.homes.get(user) : deps.modals.current(user);
  const view = shown ?? refuse('view_not_found');
  return deps.delivery.request('interactive', 'block_actions', {
    ...interactionBase(deps, 'block_actions', user),
    container: { type: 'view', view_id: view.id },
    view,
    actions: [readAction(view.blocks, press, deps.workspace.nextTs())],
  });
}

async function runCommand(
  deps: InteractionDeps,
  userId: string,
  channel: string,
  command: string,
  text: string,
): Promise<Answer> {
  const { workspace } = deps;
  const user = workspace.requireUser(userId);
  const isHere = user.teamId === workspace.homeTeam().id;
  // Commands belong to the workspace that installed the app: people of another one cannot run them.
  if (!isHere || !deps.commands.some((one) => one.command === command)) refuse('invalid_command');
  if (!workspace.isMember(channel, userId)) refuse('not_in_channel');
  const place: ReplyPlace = { user: userId, channel };
  const answer = await deps.delivery.request('slash_commands', 'slash_commands', {
    token: 'local-verification-token',
    team_id: user.teamId,
    team_domain: domainOf(workspace),
    channel_id: channel,
    channel_name: channelField(workspace, channel).name,
    user_id: userId,
    user_name: user.name,
    command,
    text,
    api_app_id: BOT.appId,
    is_enterprise_install: 'false',
    response_url: replyUrl(deps, place),
    trigger_id: deps.tickets.issueTrigger(userId),
  });
  if (answer.acked && (answer.payload.text || answer.payload.blocks))
    postReply(workspace, place, answer.payload);
  return answer;
}

async function submit(deps: InteractionDeps, user: string, given: Json): Promise<Submission> {
  const view = deps.modals.current(user) ?? refuse('view_not_found');
  const values = readModalValues(view, given);
  const missing = missingInputs(view, values);
  if (Object.keys(missing).length > 0) return { errors: missing };
  const answer = await deps.delivery.request('interactive', 'view_submission', {
    ...interactionBase(deps, 'view_submission', user),
    view: { ...view, state: { values } },
    response_urls: [],
  });
  if (!answer.acked) return { answer };
  return { answer, ...applyResponse(deps, user, view, answer.payload) };
}

/** What the app may say to a submission: close (nothing), close all, other content, one more dialog, or errors. */
function applyResponse(deps: InteractionDeps, user: string, view: View, payload: Json): Submission {
  const { modals, workspace } = deps;
  const team = workspace.homeTeam().id;
  const sent = payload.view as Json | undefined;
  if (payload.response_action === 'errors') return { errors: payload.errors as Record<string, string> };
  if (payload.response_action === 'update' && sent) modals.replace(user, view, storeView(sent, team, view));
  else if (payload.response_action === 'push' && sent) modals.push(user, storeView(sent, team));
  else if (payload.response_action === 'clear') modals.closeAll(user);
  else modals.pop(user);
  return {};
}

async function closeModal(deps: InteractionDeps, user: string): Promise<void> {
  const view = deps.modals.current(user);
  if (!view) return;
  deps.modals.pop(user);
  if (!view.notify_on_close) return;
  const base = interactionBase(deps, 'view_closed', user);
  await deps.delivery.request('interactive', 'view_closed', { ...base, view, is_cleared: false });
}

function interactionBase(deps: InteractionDeps, type: string, userId: string): Json {
  const { workspace, tickets } = deps;
  const user = workspace.requireUser(userId);
  return {
    type,
    team: { id: workspace.homeTeam().id, domain: domainOf(workspace) },
    user: { id: user.id, username: user.name, name: user.name, team_id: user.teamId },
    api_app_id: BOT.appId,
    token: 'local-verification-token',
    enterprise: null,
    is_enterprise_install: false,
    trigger_id: tickets.issueTrigger(userId),
  };
}

export function domainOf(workspace: Workspace): string {
  return workspace.homeTeam().name.toLowerCase().replace(/\W+/g, '-');
}

function channelField(workspace: Workspace, id: string): { id: string; name: string } {
  const channel = workspace.requireChannel(id);
  if (channel.isIm) return { id, name: 'directmessage' };
  return { id, name: channel.isPrivate ? 'privategroup' : channel.name };
}

function replyUrl({ tickets, baseUrl }: InteractionDeps, place: ReplyPlace): string {
  return `${baseUrl()}/response/${tickets.issueReplyAddress(place)}`;
}

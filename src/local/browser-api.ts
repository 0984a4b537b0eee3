import type { IncomingMessage, ServerResponse } from 'node:http';
import { openStream, seenBy } from './browser-stream.ts';
import type { Frames } from './frames.ts';
import { readBody, readFields, sendJson } from './http-io.ts';
import type { ClickPlace } from './interactions.ts';
import type { Modals } from './modals.ts';
import type { Person } from './person.ts';
import { Refused } from './refused.ts';
import { BOT } from './seed.ts';
import type { Answer } from './transport.ts';
import type { Command, Json, Suggestion } from './types.ts';
import type { Workspace } from './workspace.ts';

export interface BrowserDeps {
  workspace: Workspace;
  modals: Modals;
  frames: Frames;
  suggestions: Suggestion[];
  commands: Command[];
  as: (user: string) => Person;
  sockets: () => number;
  onConnections: (listener: (sockets: number) => void) => () => void;
}

/** Answers `/workspace/<name>` for the page; what goes wrong is said in words for the person who looks at it. */
export async function answerBrowserCall(
  deps: BrowserDeps,
  name: string,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    if (request.method === 'GET') return answerRead(deps, name, url, response);
    const act = Object.hasOwn(acts, name) ? acts[name] : undefined;
    if (!act) return sendJson(response, 404, { error: `There is no /workspace/${name}.` });
    const body = readFields(request, url, await readBody(request));
    sendJson(response, 200, await act(deps.as(text(body, 'as')), body));
  } catch (error) {
    sendJson(response, 400, { error: explain(error) });
  }
}

function answerRead(deps: BrowserDeps, name: string, url: URL, response: ServerResponse): void {
  const { id } = deps.workspace.requireUser(url.searchParams.get('as') ?? 'U0ALICE');
  if (name === 'stream') {
    openStream(deps, id, response);
    return;
  }
  const answer = Object.hasOwn(reads, name) ? reads[name]?.(deps, url, id) : undefined;
  sendJson(response, answer ? 200 : 404, answer ?? { error: `There is no /workspace/${name}.` });
}

const reads: Record<string, (deps: BrowserDeps, url: URL, viewer: string) => unknown> = {
  export: ({ workspace }) => workspace.exportAll(),
  frames: ({ frames }, url) => ({ frames: frames.after(Number(url.searchParams.get('after') ?? 0)) }),
  state: (deps, _url, viewer) => snapshot(deps, viewer),
};

function snapshot({ workspace, modals, suggestions, commands, sockets }: BrowserDeps, viewer: string): Json {
  const { messages, channels, users, homes } = workspace.exportAll();
  return {
    botUserId: BOT.userId,
    sockets: sockets(),
    viewer,
    teams: [...workspace.teams.values()],
    users,
    channels: channels.filter((channel) => channel.members.includes(viewer)),
    messages: messages.filter((message) => seenBy(workspace, viewer, message)),
    homes,
    modal: modals.current(viewer),
    suggestions,
    commands,
  };
}

type Act = (person: Person, body: Json) => Promise<Json> | Json;

const acts: Record<string, Act> = {
  say: (person, body) => ({
    ts: person.says(text(body, 'channel'), text(body, 'text'), { threadTs: optional(body, 'threadTs') }),
  }),
  command: async (person, body) =>
    confirmed(await person.runs(text(body, 'channel'), text(body, 'command'), optional(body, 'text'))),
  react: (person, body) => {
    const act = body.remove === true ? person.unreacts : person.reacts;
    act(text(body, 'channel'), text(body, 'ts'), text(body, 'name'));
    return {};
  },
  click: async (person, body) => confirmed(await click(person, body)),
  submit: async (person, body) => {
    const { answer, errors } = await person.submits((body.values ?? {}) as Json);
    return errors ? { errors } : confirmed(answer);
  },
  close: async (person) => {
    await person.closes();
    return {};
  },
  edit: (person, body) => {
    person.edits(text(body, 'channel'), text(body, 'ts'), text(body, 'text'));
    return {};
  },
  delete: (person, body) => {
    person.deletes(text(body, 'channel'), text(body, 'ts'));
    return {};
  },
  home: (person) => {
    person.opensHome();
    return {};
  },
};

function click(person: Person, body: Json): Promise<Answer> {
  const place: ClickPlace =
    body.view === 'home' || body.view === 'modal'
      ? { view: body.view }
      : { channel: text(body, 'channel'), ts: text(body, 'ts') };
  const press = {
    blockId: optional(body, 'blockId'),
    value: optional(body, 'value'),
    selected: body.selected,
  };
  const actionId = text(body, 'actionId');
  if ('view' in place) return person.clicksInView(place.view, actionId, press);
  return person.clicks(place.channel, place.ts, actionId, press);
}

function confirmed(answer: Answer | undefined): Json {
  if (answer?.acked === false) throw new Refused(answer.reason);
  return {};
}

function text(body: Json, name: string): string {
  const value = body[name];
  if (typeof value !== 'string' || value === '') throw new Refused(`missing ${name}`);
  return value;
}

function optional(body: Json, name: string): string | undefined {
  const value = body[name];
  return value === undefined || value === null || value === '' ? undefined : String(value);
}

const WORDS: Record<string, string> = {
  'not connected': 'Countersign is not connected. Start it, or wait until it is.',
  timeout: 'Countersign did not confirm within 3 seconds.',
  refused: 'Countersign answered with an error.',
  invalid_command:
    'That command is not available in this workspace. Commands work only where the app is installed.',
  not_in_channel: 'You are not a member of this channel.',
  message_not_found: 'That message is not there any more.',
  thread_not_found: 'That thread is not there any more.',
  channel_not_found: 'There is no such channel.',
  user_not_found: 'There is no such person.',
  no_text: 'Write something first.',
  already_reacted: 'You already reacted with that emoji.',
  no_reaction: 'That reaction is not yours, or it is gone.',
  no_such_button: 'That button is not there any more.',
  view_not_found: 'That view is closed.',
  cant_update_message: 'Only the author can edit a message.',
  cant_delete_message: 'Only the author can delete a message.',
};

function explain(error: unknown): string {
  if (error instanceof Refused) return WORDS[error.code] ?? `The workspace refused: ${error.code}.`;
  return error instanceof Error ? error.message : String(error);
}

import { useEffect, useRef, useState } from 'preact/hooks';
import { addFrame } from './frames.js';
import { readSaved } from './saved.js';

let state = {
  phase: 'loading',
  problem: '',
  viewer: readSaved('viewer', 'U0ALICE'),
  botUserId: '',
  sockets: null,
  streamUp: true,
  teams: [],
  users: {},
  channels: [],
  messages: new Map(),
  homes: {},
  modal: null,
  suggestions: [],
  commands: [],
  placeNames: {},
  statuses: {},
  readUpTo: readSaved('readUpTo', {}),
  route: { place: null, thread: null },
  frames: { kept: [], waiting: [], paused: false },
  panels: { inspector: false, guide: readSaved('guide', true) },
  asked: readSaved('asked', []),
  picker: null,
  editing: null,
  notice: null,
  announcement: '',
};

const listeners = new Set();

export const getState = () => state;

/** Merges a patch (or what the function makes of the present state) and tells every component that looks. */
export function setState(patch) {
  state = { ...state, ...(typeof patch === 'function' ? patch(state) : patch) };
  for (const listener of [...listeners]) listener();
}

/** Renders the component again when what `select` returns is another value. Select parts, don't build objects. */
export function useStore(select) {
  const [, setSeen] = useState(() => select(state));
  const current = useRef(select);
  current.current = select;
  useEffect(() => {
    const look = () => {
      const value = current.current(state);
      setSeen(() => value);
    };
    look();
    listeners.add(look);
    return () => listeners.delete(look);
  }, []);
  return select(state);
}

export const messageKey = (channel, ts) => `${channel}/${ts}`;

/** Takes over a snapshot of the server; what only this page knows (route, panels, frames) stays. */
export function applySnapshot(snapshot) {
  setState((before) => ({
    phase: 'ready',
    problem: '',
    viewer: snapshot.viewer,
    botUserId: snapshot.botUserId,
    sockets: snapshot.sockets,
    teams: snapshot.teams,
    users: Object.fromEntries(snapshot.users.map((user) => [user.id, user])),
    channels: snapshot.channels,
    messages: new Map(snapshot.messages.map((message) => [messageKey(message.channel, message.ts), message])),
    homes: snapshot.homes,
    modal: snapshot.modal,
    suggestions: snapshot.suggestions,
    commands: snapshot.commands,
    readUpTo: before.readUpTo.since ? before.readUpTo : { since: newestTs(snapshot.messages) },
  }));
}

const newestTs = (messages) =>
  messages
    .map(({ ts }) => ts)
    .sort()
    .at(-1) ?? '0';

const onEvent = {
  message: (before, { message }) => {
    const key = messageKey(message.channel, message.ts);
    const isNews = !before.messages.has(key) && message.user !== before.viewer;
    return {
      messages: new Map(before.messages).set(key, message),
      announcement: isNews ? announce(before, message) : before.announcement,
    };
  },
  removed: (before, { channel, ts }) => {
    const messages = new Map(before.messages);
    messages.delete(messageKey(channel, ts));
    return { messages };
  },
  channel: (before, { channel }) => {
    const others = before.channels.filter((known) => known.id !== channel.id);
    return { channels: channel.members.includes(before.viewer) ? [...others, channel] : others };
  },
  home: (before, { user, view }) => ({ homes: { ...before.homes, [user]: view } }),
  modal: (before, { user, view }) => (user === before.viewer ? { modal: view } : {}),
  status: (before, { channel, threadTs, text }) => ({
    statuses: { ...before.statuses, [messageKey(channel, threadTs)]: text },
  }),
  frame: (before, frame) => ({ frames: addFrame(before.frames, frame) }),
  connection: (_before, { sockets }) => ({ sockets }),
};

export const EVENT_NAMES = Object.keys(onEvent);

/** Applies one event of the stream. */
export function applyEvent(name, body) {
  setState((before) => onEvent[name](before, body));
}

function announce(before, message) {
  const who = before.users[message.user]?.realName ?? 'Somebody';
  const where = before.channels.find((channel) => channel.id === message.channel);
  return `${who}${where && !where.isIm ? ` in ${where.name}` : ''}: ${message.text.slice(0, 200)}`;
}

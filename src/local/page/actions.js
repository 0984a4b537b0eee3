import { loadFrames, loadWhole, post } from './api.js';
import { focusComposer } from './focus.js';
import { addFrames } from './frames.js';
import { findPermalink, go, isOnePane, isThreePane, settleRoute } from './route.js';
import { save } from './saved.js';
import { follow } from './session.js';
import { getState, messageKey, setState } from './store.js';
import { newestIn } from './threads.js';

const NOTICE_MS = 7000;
let noticeTimer;

/** Shows a short text to the person at the page; an error stays in words, never only in the console. */
function notify(text, tone = 'error') {
  clearTimeout(noticeTimer);
  setState({ notice: { text, tone } });
  noticeTimer = setTimeout(() => setState({ notice: null }), NOTICE_MS);
}

/** Runs a call of the API; a refusal is shown. Resolves to the answer, or undefined when it was refused. */
async function attempt(name, body) {
  try {
    return (await post(name, { as: getState().viewer, ...body })) ?? {};
  } catch (error) {
    notify(error.message);
    return undefined;
  }
}

export async function switchPerson(viewer) {
  if (viewer === getState().viewer) return;
  save('viewer', viewer);
  setState({ picker: null, editing: null, modal: null, notice: null, announcement: '' });
  await follow(viewer);
  settleRoute();
  markRead();
  if (getState().route.place === 'home') await openHome();
}

export function openChannel(channel, thread = null, options = {}) {
  go(channel, thread, options);
  markRead();
}

/** Leaves the thread; the focus goes back to the channel beside it. */
export function closeThread() {
  openChannel(getState().route.place);
  focusComposer('.pane-main');
}

export async function openHome() {
  go('home');
  await attempt('home', {});
}

/** Remembers how far the present person has read the open channel. */
export function markRead() {
  const { viewer, route, messages, readUpTo } = getState();
  if (!route.place || route.place === 'home') return;
  const key = `${viewer}/${route.place}`;
  const newest = newestIn(messages, route.place);
  if (newest <= (readUpTo[key] ?? '0')) return;
  const now = { ...readUpTo, [key]: newest };
  setState({ readUpTo: now });
  save('readUpTo', now);
}

/** Sends what was typed: a message, or a slash command when it is one. Resolves to false when it was refused. */
export async function send(channel, text, threadTs) {
  const command = /^(\/[a-z][\w-]*)(?:\s+([\s\S]*))?$/i.exec(text);
  if (command) return runCommand(channel, command[1], command[2] ?? '', threadTs);
  const answer = await attempt('say', { channel, text, ...(threadTs && { threadTs }) });
  return answer ?? false;
}

async function runCommand(channel, command, text, threadTs) {
  if (threadTs) {
    notify(`${command} is not supported in threads. Sorry!`);
    return false;
  }
  return (await attempt('command', { channel, command, text })) !== undefined;
}

/** Plays one suggestion of the guide: becomes the person, opens the place, sends the text, shows the thread. */
export async function playSuggestion(suggestion) {
  await switchPerson(suggestion.as);
  openChannel(suggestion.channel);
  const answer = await send(suggestion.channel, suggestion.text);
  if (!answer) return;
  const asked = [...new Set([...getState().asked, suggestion.text])];
  setState({ asked });
  save('asked', asked);
  if (answer.ts) openChannel(suggestion.channel, answer.ts);
}

export async function toggleReaction(message, name) {
  const { viewer } = getState();
  const remove = message.reactions.some((one) => one.name === name && one.users.includes(viewer));
  await attempt('react', { channel: message.channel, ts: message.ts, name, remove });
}

/** Presses an element of a message, the Home tab or the modal. */
export const click = (origin, blockId, element, chosen) => {
  const { channel, ts, view } = origin;
  return attempt('click', { channel, ts, view, blockId, actionId: element.action_id, ...chosen });
};

export const submitModal = (values) => attempt('submit', { values });

export async function closeModal() {
  setState({ modal: null });
  await attempt('close', {});
}

export async function editMessage(message, text) {
  const answer = await attempt('edit', { channel: message.channel, ts: message.ts, text });
  if (answer) setState({ editing: null });
}

export const deleteMessage = ({ channel, ts }) => attempt('delete', { channel, ts });

export const startEditing = ({ channel, ts }) => setState({ editing: messageKey(channel, ts) });

/** Opens a link to a message inside the page. False when the address is no such link: the browser follows it. */
export function followPermalink(url) {
  const target = findPermalink(url);
  if (!target) return false;
  const { channels, users, viewer } = getState();
  if (channels.some(({ id }) => id === target.channel)) openChannel(target.channel, target.thread);
  else
    notify(`${users[viewer]?.realName ?? 'This person'} is not in that channel, so the link stays closed.`);
  return true;
}

/** Whether the guide can be seen now: a thread covers it, and on a phone it stands under the channels. */
export function isGuideInSight({ panels, route }) {
  if (!panels.guide) return false;
  if (isOnePane()) return route.place === null;
  return !isThreePane() || route.thread === null;
}

export function closeGuide() {
  setState((before) => ({ panels: { ...before.panels, guide: false } }));
  save('guide', false);
}

export function toggleGuide() {
  if (isGuideInSight(getState())) return closeGuide();
  setState((before) => ({ panels: { ...before.panels, guide: true } }));
  save('guide', true);
  go(isOnePane() ? null : getState().route.place);
}

/** Learns what the guide needs: names of places the present person may not see, and whether all begins anew. */
export async function readBeginning() {
  const { placeNames, isEmpty } = await loadWhole().catch(() => ({ placeNames: {}, isEmpty: false }));
  const asked = isEmpty ? [] : getState().asked;
  setState({ placeNames, asked });
  save('asked', asked);
}

export function toggleInspector() {
  const inspector = !getState().panels.inspector;
  setState((before) => ({ panels: { ...before.panels, inspector } }));
  if (inspector) loadOlderFrames();
}

async function loadOlderFrames() {
  try {
    const { frames } = await loadFrames(0);
    setState((before) => ({ frames: addFrames(before.frames, frames) }));
  } catch (error) {
    notify(error.message);
  }
}

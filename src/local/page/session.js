import { loadState, openStream } from './api.js';
import { applyEvent, applySnapshot, EVENT_NAMES, setState } from './store.js';

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 5000;

let stop = () => {};

/**
 * Follows the workspace as one person until the next call. Events that arrive while the state is on its way are
 * kept and applied after it, so that nothing falls into the gap between the two. Resolves once the state is here.
 */
export function follow(viewer) {
  stop();
  let isHere;
  const here = new Promise((resolve) => {
    isHere = resolve;
  });
  let isStopped = false;
  let retryMs = FIRST_RETRY_MS;
  let timer;
  let closeStream = () => {};
  let queue = [];

  const retry = (problem) => {
    if (isStopped) return;
    closeStream();
    setState((before) => ({
      streamUp: false,
      problem,
      phase: before.phase === 'ready' ? 'ready' : 'failed',
    }));
    timer = setTimeout(connect, retryMs);
    retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
  };
  // Also when the person came into a channel: its older messages were never sent to this page.
  const refresh = async () => {
    queue ??= [];
    const snapshot = await loadState(viewer);
    if (isStopped) return;
    applySnapshot(snapshot);
    for (const [name, body] of queue ?? []) applyEvent(name, body);
    queue = null;
  };
  const onOpen = async () => {
    try {
      await refresh();
      if (isStopped) return;
      retryMs = FIRST_RETRY_MS;
      setState({ streamUp: true });
      isHere();
    } catch (error) {
      retry(error.message);
    }
  };
  const onEvent = (name, body) => {
    if (isStopped) return;
    if (queue) return queue.push([name, body]);
    applyEvent(name, body);
    if (name === 'channel' && body.channel.members.includes(viewer)) refresh();
  };
  const connect = () => {
    queue = [];
    setState({ statuses: {} });
    const onLost = () => retry('The connection to the local server was lost.');
    closeStream = openStream(viewer, EVENT_NAMES, { onOpen, onEvent, onLost });
  };
  stop = () => {
    isStopped = true;
    clearTimeout(timer);
    closeStream();
  };
  connect();
  return here;
}

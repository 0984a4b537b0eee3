/** One call of the workspace's browser API; a refusal becomes an Error with a text for a person. */
async function call(path, body) {
  const init = body && {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  let response;
  try {
    response = await fetch(`/workspace/${path}`, init);
  } catch {
    throw new Error('The local server does not answer. Is `npm run local` still running?');
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? `The local server answered ${response.status}.`);
  return answer;
}

export const loadState = (viewer) => call(`state?as=${encodeURIComponent(viewer)}`);
export const loadFrames = (after) => call(`frames?after=${after}`);

/** Names of all channels by id, also of those the present person is not in; and whether nobody wrote anything yet. */
export async function loadWhole() {
  const { channels, messages } = await call('export');
  const placeNames = Object.fromEntries(channels.map(({ id, name }) => [id, `#${name}`]));
  return { placeNames, isEmpty: messages.length === 0 };
}

export const post = (name, body) => call(name, body);

/** Opens the event stream of one viewer. The caller closes it; it never reconnects by itself. */
export function openStream(viewer, names, { onOpen, onEvent, onLost }) {
  const source = new EventSource(`/workspace/stream?as=${encodeURIComponent(viewer)}`);
  source.onopen = onOpen;
  source.onerror = () => {
    source.close();
    onLost();
  };
  for (const name of names) {
    source.addEventListener(name, (event) => onEvent(name, JSON.parse(event.data)));
  }
  return () => source.close();
}

import { getState, setState } from './store.js';

// Below this width one pane fills the screen; the same number stands in layout.css.
const ONE_PANE = '(max-width: 759px)';

// From here on the guide has a column of its own. Same number in layout.css.
export const THREE_PANES = '(min-width: 1100px)';

export const isOnePane = () => matchMedia(ONE_PANE).matches;
export const isThreePane = () => matchMedia(THREE_PANES).matches;

/** Reads `#C0ACME`, `#C0ACME/1700000000.000100` or `#home`; an empty hash is the list of channels. */
function readRoute(hash) {
  const [place, thread] = hash.replace(/^#/, '').split('/');
  return { place: place || null, thread: thread || null };
}

const writeRoute = ({ place, thread }) => `#${place ?? ''}${thread ? `/${thread}` : ''}`;

/** Goes to a channel (or 'home'), optionally with a thread at its side. `instead` leaves no step in the history. */
export function go(place, thread = null, { instead = false } = {}) {
  const route = { place, thread };
  if (instead) history.replaceState(null, '', writeRoute(route));
  else if (location.hash !== writeRoute(route)) history.pushState(null, '', writeRoute(route));
  setState({ route });
}

/** On a wide screen there is always something open; a channel the person cannot see is left. */
export function settleRoute() {
  const { route, channels } = getState();
  const isKnown = route.place === 'home' || channels.some(({ id }) => id === route.place);
  if (isKnown || (route.place === null && isOnePane())) return;
  const first = [...channels].sort((a, b) => rank(b) - rank(a))[0];
  go(isOnePane() ? null : (first?.id ?? 'home'), null, { instead: true });
}

const rank = (channel) => (channel.isIm ? 0 : channel.isExtShared ? 2 : 1);

/** Follows back, forward and typed hashes. */
export function watchRoute() {
  const read = () => {
    setState({ route: readRoute(location.hash) });
    if (getState().phase === 'ready') settleRoute();
  };
  addEventListener('popstate', read);
  addEventListener('hashchange', read);
  matchMedia(ONE_PANE).addEventListener('change', () => getState().phase === 'ready' && settleRoute());
  setState({ route: readRoute(location.hash) });
}

/** The message a Slack permalink points at, or undefined for any other address. */
export function findPermalink(url) {
  let parsed;
  try {
    parsed = new URL(url, location.href);
  } catch {
    return undefined;
  }
  const match = /\/archives\/([A-Z0-9]+)\/p(\d+)(\d{6})$/.exec(parsed.pathname);
  if (!match) return undefined;
  const ts = `${match[2]}.${match[3]}`;
  return { channel: match[1], ts, thread: parsed.searchParams.get('thread_ts') ?? ts };
}

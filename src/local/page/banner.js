import { html } from './html.js';
import { useStore } from './store.js';

/** What is wrong with the connections, when something is. */
export function Banner() {
  const isUp = useStore((state) => state.streamUp);
  const sockets = useStore((state) => state.sockets);
  const bot = useStore((state) => state.users[state.botUserId]?.realName ?? 'The bot');
  const text = !isUp
    ? 'Lost the connection to the local server. Trying again…'
    : sockets === 0
      ? `${bot} is not connected to this workspace, so nobody answers until it is.`
      : '';
  return html`<div role="status">
    ${text && html`<p class=${isUp ? 'banner' : 'banner banner-bad'}>${text}</p>`}
  </div>`;
}

import { html } from './html.js';
import { useStore } from './store.js';

/** "Countersign is searching…" with moving dots. Slack puts the app's name before what the app says. */
export function WorkingLine({ text }) {
  const name = useStore((state) => state.users[state.botUserId]?.realName ?? 'The app');
  const words = text.startsWith(name) ? text : `${name} ${text}`;
  return html`<span class="working">
    <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>
    ${words.replace(/(?:…|\.\.\.)$/, '')}…
  </span>`;
}

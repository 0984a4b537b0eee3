import { followPermalink } from './actions.js';
import { html } from './html.js';
import { matching } from './inline.js';
import { useStore } from './store.js';

const SAFE = /^(?:https?:\/\/|mailto:|tel:|\/(?!\/)|#)/i;

/** Addresses a link may lead to. Everything else (javascript:, data:, …) is shown as text. */
export const isSafeUrl = (url) => typeof url === 'string' && SAFE.test(url);

// Names under .example never lead anywhere: they belong to made-up help centres, whose pages this server shows.
function openable(url) {
  const isMadeUp = URL.canParse(url) && new URL(url).hostname.endsWith('.example');
  return isMadeUp ? `/source?url=${encodeURIComponent(url)}` : url;
}

export function Link({ url, children }) {
  if (!isSafeUrl(url)) return html`<span>${children ?? url}</span>`;
  const onClick = (event) => {
    if (followPermalink(url)) event.preventDefault();
  };
  return html`<a href=${openable(url)} target="_blank" rel="noopener noreferrer" onClick=${onClick}>${children ?? url}</a>`;
}

export function UserMention({ id, label }) {
  const user = useStore((state) => state.users[id]);
  const viewer = useStore((state) => state.viewer);
  const kind = id === viewer ? 'mention mention-me' : 'mention';
  return html`<span class=${kind}>@${user?.realName ?? label ?? id}</span>`;
}

export function ChannelMention({ id, label }) {
  const channel = useStore((state) => state.channels.find((one) => one.id === id));
  if (!channel) return html`<span class="mention">#${label || 'a private channel'}</span>`;
  return html`<a class="mention" href=${`#${id}`}>#${channel.name}</a>`;
}

export const GroupMention = ({ name }) => html`<span class="mention">@${name.replace(/^@/, '')}</span>`;

/** Rule for an address typed bare. Punctuation that ends the sentence is not part of it. */
export const bareUrlRule = matching(/https?:\/\/[^\s<>|"`]+/iy, ([found]) => {
  const url = found.replace(/[.,;:!?'*_~)\]]+$/, '');
  // `)` belongs to the address when it was opened inside it.
  const whole = url.includes('(') && found[url.length] === ')' ? `${url})` : url;
  return html`<${Link} url=${whole} /><span>${found.slice(whole.length)}</span>`;
});

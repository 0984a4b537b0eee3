import { findEmoji } from './emoji.js';
import { html } from './html.js';
import { ChannelMention, GroupMention, Link, UserMention } from './links.js';
import { slackDateOf } from './time.js';

const STYLES = [
  ['code', 'code'],
  ['strike', 's'],
  ['italic', 'em'],
  ['bold', 'strong'],
];

const styled = (style, content) =>
  STYLES.reduce((inner, [name, tag]) => (style?.[name] ? html`<${tag}>${inner}</${tag}>` : inner), content);

const withBreaks = (text) =>
  String(text ?? '')
    .split('\n')
    .map((line, index) => html`${index > 0 && html`<br />`}${line}`);

const INLINE = {
  text: ({ text }) => withBreaks(text),
  link: ({ url, text }) => html`<${Link} url=${url}>${text || url}</${Link}>`,
  emoji: ({ name, unicode }) =>
    html`<span class="emoji" title=${`:${name}:`}>${emojiOf(name, unicode)}</span>`,
  user: ({ user_id: id }) => html`<${UserMention} id=${id} />`,
  channel: ({ channel_id: id }) => html`<${ChannelMention} id=${id} />`,
  usergroup: () => html`<${GroupMention} name="group" />`,
  broadcast: ({ range }) => html`<${GroupMention} name=${String(range)} />`,
  date: ({ timestamp, format, fallback }) =>
    timestamp ? slackDateOf(timestamp, format ?? '{date}') : fallback,
  color: ({ value }) => html`<code>${value}</code>`,
};

function emojiOf(name, unicode) {
  const known = findEmoji(name);
  if (known) return known;
  const points = String(unicode ?? '')
    .split('-')
    .map((point) => Number.parseInt(point, 16));
  const isValid = points.every((point) => point > 0 && point <= 0x10ffff);
  return isValid ? String.fromCodePoint(...points) : `:${name}:`;
}

const inlineNodes = (elements = []) =>
  elements.map((element) => styled(element.style, (INLINE[element.type] ?? INLINE.text)(element)));

const plainOf = (elements = []) => elements.map(({ text, url }) => text ?? url ?? '').join('');

const GROUPS = {
  rich_text_section: ({ elements }) => html`<div>${inlineNodes(elements)}</div>`,
  rich_text_quote: ({ elements }) => html`<blockquote>${inlineNodes(elements)}</blockquote>`,
  rich_text_preformatted: ({ elements }) => html`<pre><code>${plainOf(elements)}</code></pre>`,
  rich_text_list: ({ elements = [], style, indent = 0, offset = 0 }) => {
    const items = elements.map((item) => html`<li>${inlineNodes(item.elements)}</li>`);
    const kind = `indent-${Math.min(indent, 5)}`;
    return style === 'ordered'
      ? html`<ol class=${kind} start=${offset + 1}>${items}</ol>`
      : html`<ul class=${kind}>${items}</ul>`;
  },
};

export function RichText({ elements = [] }) {
  return html`<div class="text">${elements.map((element) => GROUPS[element.type]?.(element))}</div>`;
}

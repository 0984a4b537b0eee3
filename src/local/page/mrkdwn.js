import { h } from 'preact';
import { useMemo } from 'preact/hooks';
import { findEmoji } from './emoji.js';
import { html } from './html.js';
import { codeSpan, decodeEntities, entityRule, matching, paired, scanInline } from './inline.js';
import { bareUrlRule, ChannelMention, GroupMention, isSafeUrl, Link, UserMention } from './links.js';
import { slackDateOf } from './time.js';

/** Slack's `<...>`: a mention, a date or a link. Anything else in angle brackets is what somebody typed. */
function angleNode([, body]) {
  const bar = body.indexOf('|');
  const target = bar < 0 ? body : body.slice(0, bar);
  const label = bar < 0 ? '' : decodeEntities(body.slice(bar + 1));
  if (/^@[UW]\w+$/.test(target)) return html`<${UserMention} id=${target.slice(1)} label=${label} />`;
  if (/^#[CGD]\w+$/.test(target)) return html`<${ChannelMention} id=${target.slice(1)} label=${label} />`;
  if (target.startsWith('!')) return commandNode(target.slice(1), label);
  if (/^(?:https?:|mailto:|tel:)/i.test(target) && isSafeUrl(decodeEntities(target))) {
    return html`<${Link} url=${decodeEntities(target)}>${label || decodeEntities(target)}</${Link}>`;
  }
  return undefined;
}

function commandNode(command, label) {
  if (/^(?:here|channel|everyone)$/.test(command)) return html`<${GroupMention} name=${command} />`;
  if (command.startsWith('subteam^')) return html`<${GroupMention} name=${label || 'group'} />`;
  const [kind, seconds, format] = command.split('^');
  if (kind !== 'date') return undefined;
  return /^\d+$/.test(seconds) ? slackDateOf(seconds, format ?? '{date_short}') : label;
}

export const emojiRule = matching(/:([a-z0-9_+-]+):(?:skin-tone-\d:)?/y, ([whole, name]) => {
  const character = findEmoji(name);
  return (
    character && html`<span class="emoji" role="img" aria-label=${name} title=${whole}>${character}</span>`
  );
});

const tag = (name) => (children) => h(name, null, ...children);

const RULES = [
  codeSpan(decodeEntities),
  matching(/<([^<>\n]{1,2000})>/y, angleNode),
  entityRule,
  emojiRule,
  bareUrlRule,
  paired('*', tag('strong')),
  paired('_', tag('em')),
  paired('~', tag('s')),
];

const QUOTE = /^(?:>|&gt;)\s?/;

function linesNode(lines) {
  return lines.flatMap((line, index) => [...(index ? [h('br')] : []), ...scanInline(line, RULES)]);
}

function paragraphs(text) {
  const groups = [];
  for (const line of text.split('\n')) {
    const quoted = QUOTE.test(line);
    const last = groups.at(-1);
    const content = quoted ? line.replace(QUOTE, '') : line;
    if (last?.quoted === quoted) last.lines.push(content);
    else groups.push({ quoted, lines: [content] });
  }
  return groups.map(({ quoted, lines }) => h(quoted ? 'blockquote' : 'div', null, ...linesNode(lines)));
}

/** Slack's own markup to nodes: fences first, then quotes, then what stands inside a line. */
function mrkdwnNodes(text) {
  return String(text ?? '')
    .split(/```(?:\n)?([\s\S]*?)\n?```/)
    .flatMap((part, index) => {
      if (index % 2) return [h('pre', null, h('code', null, decodeEntities(part)))];
      const between = part.replace(/^\n|\n$/g, '');
      return between ? paragraphs(between) : [];
    });
}

export function Mrkdwn({ text }) {
  const nodes = useMemo(() => mrkdwnNodes(text), [text]);
  return html`<div class="text">${nodes}</div>`;
}

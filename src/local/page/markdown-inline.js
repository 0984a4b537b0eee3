import { h } from 'preact';
import { html } from './html.js';
import { codeSpan, entityRule, matching, paired, scanInline } from './inline.js';
import { bareUrlRule, ChannelMention, Link, UserMention } from './links.js';
import { emojiRule } from './mrkdwn.js';

const tag = (name) => (children) => h(name, null, ...children);
const asIs = (text) => text;

const linkRule = matching(
  /!?\[((?:[^[\]\\]|\\.){0,1000})\]\(\s*<?((?:[^\s()<>]|\([^\s()]*\)){0,2000})>?(?:\s+"[^"]{0,300}")?\s*\)/y,
  ([, label, url], inside) => html`<${Link} url=${url}>${label ? inside(label, 'link') : url}</${Link}>`,
);

const angleRule = matching(/<([^<>\s]{1,2000})>/y, ([, body]) => {
  if (/^@[UW]\w+$/.test(body)) return html`<${UserMention} id=${body.slice(1)} />`;
  if (/^#[CGD]\w+$/.test(body)) return html`<${ChannelMention} id=${body.slice(1)} />`;
  return /^(?:https?:\/\/|mailto:)/i.test(body) ? html`<${Link} url=${body} />` : undefined;
});

const RULES = [
  matching(/\\([!-/:-@[-`{-~])/y, ([, escaped]) => escaped),
  codeSpan(asIs),
  linkRule,
  angleRule,
  entityRule,
  emojiRule,
  bareUrlRule,
  paired('***', (children) => h('strong', null, h('em', null, ...children))),
  paired('**', tag('strong')),
  paired('__', tag('strong')),
  paired('*', tag('em')),
  paired('_', tag('em')),
  paired('~~', tag('s')),
];

/** The text of a paragraph, cell or heading. A line end is shown as one: chat is read line by line. */
export const markdownInline = (text) =>
  text.split('\n').flatMap((line, index) => [...(index ? [h('br')] : []), ...scanInline(line, RULES)]);

import { withEmoji } from './emoji.js';
import { html } from './html.js';
import { Mrkdwn } from './mrkdwn.js';

/** A text object of Block Kit, plain or mrkdwn. */
export function TextObject({ text }) {
  if (!text) return null;
  if (text.type === 'mrkdwn') return html`<${Mrkdwn} text=${text.text} />`;
  return html`<div class="text">${plainOf(text)}</div>`;
}

/** The words of a text object where only text fits: a button, an option, a title. */
export const plainOf = (text) => withEmoji(text?.text ?? '');

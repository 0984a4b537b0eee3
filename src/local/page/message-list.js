import { html } from './html.js';
import { Message } from './message.js';
import { getState } from './store.js';
import { dayOf } from './time.js';

// Slack joins messages of one author that follow within five minutes.
const JOIN_SECONDS = 300;

function isJoined(previous, message) {
  if (!previous || previous.subtype || message.subtype || previous.user !== message.user) return false;
  if (previous.ephemeralFor !== message.ephemeralFor) return false;
  return Number(message.ts) - Number(previous.ts) < JOIN_SECONDS && dayOf(previous.ts) === dayOf(message.ts);
}

/** Messages one under the other, with a line where a day begins. */
export function MessageList({ messages, inThread }) {
  return messages.map((message, index) => {
    const previous = messages[index - 1];
    const isNewDay = !inThread && (!previous || dayOf(previous.ts) !== dayOf(message.ts));
    const compact = !isNewDay && isJoined(previous, message);
    return html`
      ${isNewDay && html`<div class="day" key=${`day-${message.ts}`}><span>${dayOf(message.ts)}</span></div>`}
      <${Message} key=${`${getState().viewer}-${message.ts}`} message=${message} compact=${compact} inThread=${inThread} />
    `;
  });
}

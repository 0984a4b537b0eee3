import { useLayoutEffect, useRef } from 'preact/hooks';
import { html } from './html.js';
import { Message } from './message.js';
import { getState } from './store.js';
import { dayOf } from './time.js';

// Slack joins messages of one author that follow within five minutes.
const JOIN_SECONDS = 300;
const NEAR_END_PX = 120;

function isJoined(previous, message) {
  if (!previous || previous.subtype || message.subtype || previous.user !== message.user) return false;
  if (previous.ephemeralFor !== message.ephemeralFor) return false;
  return Number(message.ts) - Number(previous.ts) < JOIN_SECONDS && dayOf(previous.ts) === dayOf(message.ts);
}

/**
 * Keeps the newest in view while messages come in, unless the reader has scrolled up. `last` names the newest one.
 * One taller than the pane is shown from its beginning: an answer is read from the top.
 */
export function useEndInView(place, last) {
  const ref = useRef();
  const shownPlace = useRef(null);
  const follows = useRef(true);
  const ownTop = useRef(0);
  useLayoutEffect(() => {
    const list = ref.current;
    if (shownPlace.current !== place) follows.current = true;
    shownPlace.current = place;
    if (!follows.current) return;
    list.scrollTop = list.scrollHeight;
    const newest = [...list.querySelectorAll('article')].at(-1);
    const hidden = newest ? list.getBoundingClientRect().top - newest.getBoundingClientRect().top : 0;
    if (hidden > 0) list.scrollTop -= hidden;
    ownTop.current = list.scrollTop;
  }, [place, last]);
  const onScroll = ({ currentTarget: list }) => {
    const isOwn = Math.abs(list.scrollTop - ownTop.current) < 2;
    follows.current = isOwn || list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END_PX;
  };
  return { ref, onScroll };
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

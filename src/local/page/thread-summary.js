import { openChannel } from './actions.js';
import { Avatar } from './avatar.js';
import { html } from './html.js';
import { messageKey, useStore } from './store.js';
import { repliesTo } from './threads.js';
import { clockOf, dayOf } from './time.js';
import { WorkingLine } from './working-line.js';

const SHOWN_FACES = 3;

/** "3 replies" under a message; it opens the thread. While the app works on it, that is said instead of a time. */
export function ThreadSummary({ message }) {
  const messages = useStore((state) => state.messages);
  const users = useStore((state) => state.users);
  const status = useStore((state) => state.statuses[messageKey(message.channel, message.ts)]);
  const isOpen = useStore((state) => state.route.thread === message.ts);
  const replies = repliesTo(messages, message.channel, message.ts);
  if (replies.length === 0 && !status) return null;
  const faces = [...new Set(replies.map((reply) => reply.user))].slice(0, SHOWN_FACES);
  const last = replies.at(-1);
  return html`<button type="button" class="thread-summary" aria-pressed=${isOpen}
    onClick=${() => openChannel(message.channel, message.ts)}>
    ${faces.map((id) => html`<${Avatar} key=${id} user=${users[id]} size="small" />`)}
    ${last && html`<span class="thread-count">${replies.length} ${replies.length === 1 ? 'reply' : 'replies'}</span>`}
    ${
      status
        ? html`<${WorkingLine} text=${status} />`
        : html`<span class="faint">${last && lastReply(last.ts)}</span><span class="thread-open">View thread</span>`
    }
  </button>`;
}

const lastReply = (ts) =>
  `Last reply ${dayOf(ts).toLowerCase() === 'today' ? 'today' : dayOf(ts)} at ${clockOf(ts)}`;

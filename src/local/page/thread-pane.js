import { useEffect } from 'preact/hooks';
import { closeThread } from './actions.js';
import { Composer } from './composer.js';
import { useEndInView } from './end-in-view.js';
import { focusComposer } from './focus.js';
import { html } from './html.js';
import { IconButton } from './icon-button.js';
import { Message } from './message.js';
import { MessageList } from './message-list.js';
import { nameOfDm } from './people.js';
import { messageKey, useStore } from './store.js';
import { repliesTo } from './threads.js';
import { WorkingLine } from './working-line.js';

const Gone = () => html`<p class="system-line">The message this thread began with was deleted.</p>`;

function Replies({ replies }) {
  const count = replies.length;
  return html`
    ${
      count > 0 &&
      html`<div class="day day-replies"><span>${count} ${count === 1 ? 'reply' : 'replies'}</span></div>`
    }
    <${MessageList} messages=${replies} inThread />
  `;
}

/** The thread at the right: its first message, the replies, what the app is doing, and where to reply. */
export function ThreadPane({ channel, ts }) {
  const messages = useStore((state) => state.messages);
  const users = useStore((state) => state.users);
  const viewer = useStore((state) => state.viewer);
  const status = useStore((state) => state.statuses[messageKey(channel.id, ts)]);
  const root = messages.get(messageKey(channel.id, ts));
  const replies = repliesTo(messages, channel.id, ts);
  const scroll = useEndInView(`${viewer} ${ts}`, `${replies.length} ${replies.at(-1)?.ts} ${status}`);
  const label = channel.isIm ? nameOfDm(channel, viewer, users) : `#${channel.name}`;
  useEffect(() => focusComposer('.pane-side'), []);
  return html`<aside class="pane pane-side" aria-label="Thread">
    <header class="pane-head">
      <${IconButton} class="back" icon="back" label="Back to the channel" onClick=${closeThread} />
      <div class="pane-title"><h2>Thread</h2><p class="faint topic">${label}</p></div>
      <${IconButton} class="close" icon="close" label="Close thread" onClick=${closeThread} />
    </header>
    <div class="messages" ref=${scroll.ref} onScroll=${scroll.onScroll} tabindex="0" role="region"
      aria-label="Thread messages">
      <div class="messages-inner">
        ${root ? html`<${Message} key=${`${viewer}-${ts}`} message=${root} inThread />` : html`<${Gone} />`}
        <${Replies} replies=${replies} />
        <p class="status" role="status">${status && html`<${WorkingLine} text=${status} />`}</p>
      </div>
    </div>
    <${Composer} channel=${{ ...channel, label }} threadTs=${ts} />
  </aside>`;
}

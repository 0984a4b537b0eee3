import { useEffect } from 'preact/hooks';
import { markRead } from './actions.js';
import { Composer } from './composer.js';
import { useEndInView } from './end-in-view.js';
import { html } from './html.js';
import { Icon } from './icon.js';
import { IconButton } from './icon-button.js';
import { MessageList } from './message-list.js';
import { nameOfDm } from './people.js';
import { go } from './route.js';
import { useStore } from './store.js';
import { newestIn, topLevelOf } from './threads.js';

function ChannelHead({ channel, label }) {
  return html`<header class="pane-head">
    <${IconButton} class="back" icon="back" label="Back to the channels" onClick=${() => go(null)} />
    <div class="pane-title">
      <h1>
        ${channel.isIm ? label : html`<${Icon} name=${channel.isPrivate ? 'lock' : 'hash'} size=${17} />${channel.name}`}
      </h1>
      ${channel.topic && html`<p class="faint topic">${channel.topic}</p>`}
    </div>
    ${channel.isExtShared && html`<span class="tag tag-shared"><${Icon} name="shared" size=${14} /> Shared</span>`}
    ${!channel.isIm && html`<span class="faint members">${channel.members.length} members</span>`}
  </header>`;
}

const Empty = ({ label }) => html`<div class="empty">
  <p class="empty-title">Nothing here yet</p>
  <p class="faint">This is the very beginning of ${label}. Write the first message below, or let the guide send one.</p>
</div>`;

/** The middle pane: one channel or direct message, and where to write. */
export function ChannelPane({ channel }) {
  const messages = useStore((state) => state.messages);
  const users = useStore((state) => state.users);
  const viewer = useStore((state) => state.viewer);
  const list = topLevelOf(messages, channel.id);
  const newest = newestIn(messages, channel.id);
  const scroll = useEndInView(`${viewer} ${channel.id}`, `${newest} ${list.length}`);
  useEffect(() => markRead(), [channel.id, newest, viewer]);
  const label = channel.isIm ? nameOfDm(channel, viewer, users) : `#${channel.name}`;
  return html`<main class="pane pane-main" aria-label=${label}>
    <${ChannelHead} channel=${channel} label=${label} />
    <div class="messages" ref=${scroll.ref} onScroll=${scroll.onScroll} tabindex="0" role="region" aria-label="Messages">
      <div class="messages-inner">
        ${list.length === 0 ? html`<${Empty} label=${label} />` : html`<${MessageList} messages=${list} />`}
      </div>
    </div>
    <${Composer} channel=${{ ...channel, label }} />
  </main>`;
}

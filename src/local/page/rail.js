import { openChannel, openHome } from './actions.js';
import { Avatar } from './avatar.js';
import { Guide } from './guide.js';
import { html } from './html.js';
import { Icon } from './icon.js';
import { nameOfDm } from './people.js';
import { useStore } from './store.js';
import { countUnread } from './threads.js';

function ChannelRow({ channel }) {
  const viewer = useStore((state) => state.viewer);
  const users = useStore((state) => state.users);
  const isOpen = useStore((state) => state.route.place === channel.id);
  const unread = useStore((state) => (isOpen ? 0 : countUnread(state, channel.id)));
  const other = channel.isIm && users[channel.members.find((id) => id !== viewer)];
  const name = channel.isIm ? nameOfDm(channel, viewer, users) : channel.name;
  return html`<li>
    <button
      type="button"
      class=${`row ${unread > 0 ? 'row-unread' : ''}`}
      aria-current=${isOpen ? 'page' : undefined}
      onClick=${() => openChannel(channel.id)}
    >
      ${
        channel.isIm
          ? html`<${Avatar} user=${other} size="tiny" />`
          : html`<${Icon} name=${channel.isPrivate ? 'lock' : 'hash'} size=${16} />`
      }
      <span class="row-name">${name}</span>
      ${channel.isExtShared && html`<span class="row-mark" title="Shared with another company">shared</span>`}
      ${channel.isPrivate && !channel.isIm && html`<span class="hidden">private</span>`}
      ${unread > 0 && html`<span class="badge">${unread}<span class="hidden"> unread</span></span>`}
    </button>
  </li>`;
}

function HomeRow() {
  const bot = useStore((state) => state.users[state.botUserId]);
  const isOpen = useStore((state) => state.route.place === 'home');
  return html`<li>
    <button type="button" class="row" aria-current=${isOpen ? 'page' : undefined} onClick=${openHome}>
      <${Avatar} user=${bot} size="tiny" /> <span class="row-name">${bot?.realName ?? 'The app'}</span>
      <span class="row-mark">Home</span>
    </button>
  </li>`;
}

const Group = ({ title, children }) => html`<section class="rail-group">
  <h2>${title}</h2>
  <ul>${children}</ul>
</section>`;

const byKind = (a, b) => Number(b.isExtShared) - Number(a.isExtShared) || a.name.localeCompare(b.name);

/** The list of places of the present person, in the person's own workspace. */
export function Rail({ withGuide }) {
  const viewer = useStore((state) => state.users[state.viewer]);
  const team = useStore((state) => state.teams.find((one) => one.id === viewer?.teamId));
  const channels = useStore((state) => state.channels);
  const rows = (list) => list.map((channel) => html`<${ChannelRow} key=${channel.id} channel=${channel} />`);
  const direct = channels.filter((channel) => channel.isIm);
  return html`<nav class="rail" aria-label="Channels">
    <header class="rail-head">
      <span class="team-mark" aria-hidden="true">${team?.name[0]}</span>
      <span><strong>${team?.name}</strong><small>${viewer?.realName}</small></span>
    </header>
    <div class="rail-scroll">
      <${Group} title="Channels">${rows(channels.filter((channel) => !channel.isIm).sort(byKind))}</${Group}>
      ${direct.length > 0 && html`<${Group} title="Direct messages">${rows(direct)}</${Group}>`}
      <${Group} title="Apps"><${HomeRow} /></${Group}>
      ${withGuide && html`<${Guide} />`}
    </div>
  </nav>`;
}

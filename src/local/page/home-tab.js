import { openChannel } from './actions.js';
import { Avatar } from './avatar.js';
import { Blocks } from './blocks.js';
import { html } from './html.js';
import { IconButton } from './icon-button.js';
import { go } from './route.js';
import { useStore } from './store.js';

/** The app's Home tab as the bot published it for the present person. */
export function HomeTab() {
  const bot = useStore((state) => state.users[state.botUserId]);
  const direct = useStore((state) =>
    state.channels.find((one) => one.isIm && one.members.includes(state.botUserId)),
  );
  const viewer = useStore((state) => state.users[state.viewer]);
  const view = useStore((state) => state.homes[state.viewer]);
  return html`<main class="pane pane-main" aria-label="Home">
    <header class="pane-head">
      <${IconButton} class="back" icon="back" label="Back to the channels" onClick=${() => go(null)} />
      <${Avatar} user=${bot} size="small" />
      <div class="pane-title">
        <h1>${bot?.realName ?? 'The app'} <span class="tag">APP</span></h1>
        <p class="faint topic">Home, as ${viewer.realName} sees it</p>
      </div>
      ${
        direct &&
        html`<button type="button" class="button" onClick=${() => openChannel(direct.id)}>Send a direct message</button>`
      }
    </header>
    <div class="messages" tabindex="0" role="region" aria-label="Home content">
      <div class="home-inner">
        ${
          view
            ? html`<${Blocks} key=${view.id} blocks=${view.blocks} origin=${{ view: 'home' }} />`
            : html`<div class="empty">
                <p class="empty-title">Nothing published yet</p>
                <p class="faint">The app was told that ${viewer.realName} opened its Home; its answer appears here.</p>
              </div>`
        }
      </div>
    </div>
  </main>`;
}

import { toggleReaction } from './actions.js';
import { findEmoji } from './emoji.js';
import { openPicker } from './emoji-picker.js';
import { html } from './html.js';
import { Icon } from './icon.js';
import { useStore } from './store.js';

function Chip({ message, reaction }) {
  const viewer = useStore((state) => state.viewer);
  const users = useStore((state) => state.users);
  const names = reaction.users.map((id) => (id === viewer ? 'You' : (users[id]?.realName ?? id))).join(', ');
  const label = `${names} reacted with :${reaction.name}:`;
  return html`<button
    type="button"
    class="chip"
    aria-pressed=${reaction.users.includes(viewer)}
    aria-label=${label}
    title=${label}
    onClick=${() => toggleReaction(message, reaction.name)}
  >
    <span class="emoji" aria-hidden="true">${findEmoji(reaction.name) ?? `:${reaction.name}:`}</span>
    <span class="count">${reaction.users.length}</span>
  </button>`;
}

/** The reactions under a message; pressing one adds or takes back one's own. */
export function Reactions({ message }) {
  if (!message.reactions?.length) return null;
  return html`<div class="reactions">
    ${message.reactions.map((reaction) => html`<${Chip} key=${reaction.name} message=${message} reaction=${reaction} />`)}
    <button type="button" class="chip chip-add" aria-label="Add reaction" title="Add reaction"
      onClick=${(event) => openPicker(event, message)}><${Icon} name="react" size=${16} /></button>
  </div>`;
}

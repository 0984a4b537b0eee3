import { useState } from 'preact/hooks';
import { deleteMessage, openChannel, startEditing } from './actions.js';
import { ConfirmDialog } from './dialog.js';
import { openPicker } from './emoji-picker.js';
import { html } from './html.js';
import { IconButton } from './icon-button.js';
import { useStore } from './store.js';

/** What one can do with a message. Shown on hover and focus; on a touch screen "…" opens it. */
export function MessageToolbar({ message, inThread }) {
  const isOwn = useStore((state) => state.viewer === message.user);
  const [isOpen, setOpen] = useState(false);
  const [isDeleting, setDeleting] = useState(false);
  const { channel, ts, threadTs } = message;
  const canReact = !message.ephemeralFor;
  return html`<div class=${isOpen ? 'toolbar toolbar-open' : 'toolbar'} role="group" aria-label="Message actions">
    <${IconButton} class="toolbar-more" icon="more" label="Message actions" aria-expanded=${isOpen}
      onClick=${() => setOpen(!isOpen)} />
    <div class="toolbar-buttons">
      ${
        canReact &&
        html`<${IconButton} icon="react" label="Add reaction" onClick=${(event) => openPicker(event, message)} />`
      }
      ${
        !inThread &&
        canReact &&
        html`<${IconButton} icon="reply" label="Reply in thread" onClick=${() => openChannel(channel, threadTs ?? ts)} />`
      }
      ${isOwn && html`<${IconButton} icon="edit" label="Edit message" onClick=${() => startEditing(message)} />`}
      ${isOwn && html`<${IconButton} icon="trash" label="Delete message" onClick=${() => setDeleting(true)} />`}
    </div>
    ${
      isDeleting &&
      html`<${ConfirmDialog}
        title="Delete this message?"
        confirm="Delete"
        danger
        onConfirm=${() => deleteMessage(message)}
        onClose=${() => setDeleting(false)}
      ><p>It disappears for everybody. This cannot be undone.</p></${ConfirmDialog}>`
    }
  </div>`;
}

import { useEffect, useRef, useState } from 'preact/hooks';
import { editMessage } from './actions.js';
import { editableText } from './editable-text.js';
import { html } from './html.js';
import { getState, setState } from './store.js';

/** Changes a message where it stands: Enter saves, Escape leaves it as it was. */
export function EditForm({ message }) {
  const [text, setText] = useState(() => editableText(message.text, getState()));
  const field = useRef();
  const cancel = () => setState({ editing: null });
  const save = () => text.trim() && editMessage(message, text.trim());
  useEffect(() => field.current.focus(), []);
  const onKeyDown = (event) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      cancel();
    }
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      save();
    }
  };
  return html`<div class="edit-form">
    <textarea
      ref=${field}
      class="field"
      rows="2"
      aria-label="Edit message"
      value=${text}
      onInput=${(event) => setText(event.target.value)}
      onKeyDown=${onKeyDown}
    ></textarea>
    <div class="edit-buttons">
      <button type="button" class="button" onClick=${cancel}>Cancel</button>
      <button type="button" class="button button-primary" onClick=${save}>Save</button>
    </div>
  </div>`;
}

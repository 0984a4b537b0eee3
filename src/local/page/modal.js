import { useRef, useState } from 'preact/hooks';
import { closeModal, submitModal } from './actions.js';
import { Blocks } from './blocks.js';
import { Dialog } from './dialog.js';
import { html } from './html.js';
import { IconButton } from './icon-button.js';
import { plainOf } from './text-object.js';

/** The modal an app opened for the present person. What was not touched keeps its initial value on the server. */
export function Modal({ view }) {
  const values = useRef({});
  const [errors, setErrors] = useState({});
  const [busy, setBusy] = useState(false);
  const set = (blockId, { action_id: actionId, type }, value) => {
    values.current[blockId] = { ...values.current[blockId], [actionId]: { type, ...value } };
  };
  const submit = async (event) => {
    event.preventDefault();
    setBusy(true);
    const answer = await submitModal(values.current);
    setBusy(false);
    setErrors(answer?.errors ?? {});
  };
  const title = plainOf(view.title);
  return html`<${Dialog} label=${title} onClose=${closeModal} class="modal">
    <form novalidate onSubmit=${submit}>
      <header class="dialog-head">
        <h2>${title}</h2>
        <${IconButton} icon="close" label="Close" onClick=${closeModal} />
      </header>
      <div class="dialog-body"><${Blocks} blocks=${view.blocks} origin=${{ view: 'modal', form: { errors, set } }} /></div>
      <footer class="dialog-foot">
        <button type="button" class="button" onClick=${closeModal}>${plainOf(view.close) || 'Cancel'}</button>
        ${
          view.submit &&
          html`<button type="submit" class="button button-primary" disabled=${busy}>${plainOf(view.submit)}</button>`
        }
      </footer>
    </form>
  </${Dialog}>`;
}

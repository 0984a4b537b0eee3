import { useEffect, useRef } from 'preact/hooks';
import { html } from './html.js';

/** The browser's own modal dialog: it keeps the focus inside and closes on Escape. */
export function Dialog({ label, onClose, children, class: kind = '' }) {
  const ref = useRef();
  useEffect(() => {
    const before = document.activeElement;
    ref.current.showModal();
    return () => before?.focus?.();
  }, []);
  const onCancel = (event) => {
    event.preventDefault();
    onClose();
  };
  const onKeyDown = (event) => event.key === 'Escape' && event.stopPropagation();
  return html`<dialog ref=${ref} class=${kind} aria-label=${label} onCancel=${onCancel} onKeyDown=${onKeyDown}>
    ${children}
  </dialog>`;
}

/** Asks before something is done. `danger` paints the button that does it. */
export function ConfirmDialog({ title, children, confirm, deny = 'Cancel', danger, onConfirm, onClose }) {
  const decide = () => {
    onClose();
    onConfirm();
  };
  return html`<${Dialog} label=${title} onClose=${onClose} class="dialog-small">
    <h2>${title}</h2>
    <div class="dialog-body">${children}</div>
    <footer class="dialog-foot">
      <button type="button" class="button" onClick=${onClose}>${deny}</button>
      <button type="button" class=${`button ${danger ? 'button-danger' : 'button-primary'}`} onClick=${decide}>
        ${confirm}
      </button>
    </footer>
  </${Dialog}>`;
}

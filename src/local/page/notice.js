import { html } from './html.js';
import { IconButton } from './icon-button.js';
import { setState, useStore } from './store.js';

/** A refusal or a short remark, at the bottom for a few seconds. */
export function Notice() {
  const notice = useStore((state) => state.notice);
  return html`<div class="notice-place" role="alert">
    ${
      notice &&
      html`<p class=${`notice notice-${notice.tone}`}>
        <span>${notice.text}</span>
        <${IconButton} icon="close" size=${16} label="Dismiss" onClick=${() => setState({ notice: null })} />
      </p>`
    }
  </div>`;
}

import { html } from './html.js';
import { Icon } from './icon.js';

/** A button that shows only a drawing; `label` is its name for everybody who does not see it, and its tooltip. */
export function IconButton({ icon, label, size, class: kind = '', ...rest }) {
  return html`<button type="button" class=${`icon-button ${kind}`} aria-label=${label} title=${label} ...${rest}>
    <${Icon} name=${icon} size=${size} />
  </button>`;
}

import { useState } from 'preact/hooks';
import { ConfirmDialog } from './dialog.js';
import { html } from './html.js';
import { isSafeUrl } from './links.js';
import { plainOf, TextObject } from './text-object.js';

/** A button of Block Kit: primary, danger or plain, with its confirmation when it has one. */
export function ButtonElement({ element, press, busy }) {
  const [asking, setAsking] = useState(false);
  const { confirm, style, url, value } = element;
  const act = () => {
    if (url && isSafeUrl(url)) open(url, '_blank', 'noopener');
    press({ value });
  };
  return html`<button
      type="button"
      class=${`button ${style ? `button-${style}` : ''}`}
      disabled=${busy}
      aria-label=${element.accessibility_label}
      onClick=${() => (confirm ? setAsking(true) : act())}
    >${plainOf(element.text)}</button>
    ${
      asking &&
      html`<${ConfirmDialog}
        title=${plainOf(confirm.title)}
        confirm=${plainOf(confirm.confirm)}
        deny=${plainOf(confirm.deny)}
        danger=${(confirm.style ?? style) === 'danger'}
        onConfirm=${act}
        onClose=${() => setAsking(false)}
      ><${TextObject} text=${confirm.text} /></${ConfirmDialog}>`
    }`;
}

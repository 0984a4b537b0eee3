import { useState } from 'preact/hooks';
import { html } from './html.js';
import { Icon } from './icon.js';
import { Json } from './json.js';
import { frameTimeOf } from './time.js';

/** One frame as a line; a press shows what it carried. */
export function FrameRow({ frame }) {
  const [isOpen, setOpen] = useState(false);
  const isToBot = frame.direction === 'to-bot';
  return html`<div class="frame">
    <button type="button" class="frame-line" aria-expanded=${isOpen} onClick=${() => setOpen(!isOpen)}>
      <${Icon} name=${isOpen ? 'down' : 'right'} size=${14} />
      <span class="frame-time">${frameTimeOf(frame.at)}</span>
      <span class=${`frame-way ${isToBot ? 'way-to' : 'way-from'}`}>${isToBot ? '→ bot' : '← bot'}</span>
      <span class="frame-name">${frame.name}</span>
      <span class="frame-via faint">${frame.via}</span>
      <span class="frame-ms">${frame.ms === undefined ? '' : `${Math.round(frame.ms)} ms`}</span>
    </button>
    ${
      isOpen &&
      html`<div class="frame-body">
        <p class="frame-label">${isToBot ? 'Sent to the bot' : 'The bot called'}</p>
        <${Json} value=${frame.body} />
        ${frame.reply !== undefined && html`<p class="frame-label">Answer</p><${Json} value=${frame.reply} />`}
      </div>`
    }
  </div>`;
}

import { useState } from 'preact/hooks';
import { html } from './html.js';
import { plainOf } from './text-object.js';

/** Thumbs under an answer. The choice stays marked on this page, as in Slack; the bot hears of it. */
export function FeedbackButtons({ element, press, busy }) {
  const [chosen, setChosen] = useState('');
  const choose = (side, button) => {
    setChosen(side);
    press({ value: button.value });
  };
  const one = (side, button, sign) => html`<button
    type="button"
    class="feedback"
    disabled=${busy}
    aria-pressed=${chosen === side}
    aria-label=${button.accessibility_label}
    onClick=${() => choose(side, button)}
  ><span class="emoji" aria-hidden="true">${sign}</span> ${plainOf(button.text)}</button>`;
  return html`<span class="feedback-pair" role="group" aria-label="Was this helpful?">
    ${one('positive', element.positive_button, '👍')} ${one('negative', element.negative_button, '👎')}
  </span>`;
}

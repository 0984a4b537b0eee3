import { useEffect, useState } from 'preact/hooks';
import { closeGuide, playSuggestion, readBeginning } from './actions.js';
import { Avatar } from './avatar.js';
import { html } from './html.js';
import { Icon } from './icon.js';
import { IconButton } from './icon-button.js';
import { firstNameOf } from './people.js';
import { useStore } from './store.js';

function Step({ step, place }) {
  const [busy, setBusy] = useState(false);
  const user = useStore((state) => state.users[step.as]);
  const isDone = useStore((state) => state.asked.includes(step.text));
  const play = async () => {
    setBusy(true);
    await playSuggestion(step);
    setBusy(false);
  };
  if (!user) return null;
  return html`<li class=${isDone ? 'step step-done' : 'step'}>
    <p class="step-shows">${isDone && html`<${Icon} name="check" size=${15} />`}${step.shows}</p>
    <div class="step-who"><${Avatar} user=${user} size="tiny" /> ${user.realName} in <span class="step-place">${place}</span></div>
    <p class="step-text">${step.text}</p>
    <button type="button" class="button button-step" disabled=${busy} onClick=${play}>
      ${isDone ? 'Send again' : 'Send'} as ${firstNameOf(user)}
    </button>
  </li>`;
}

/** The first questions to ask: who asks, where, and what it shows. One press plays a step. */
export function Guide() {
  const suggestions = useStore((state) => state.suggestions);
  const asked = useStore((state) => state.asked);
  const names = useStore((state) => state.placeNames);
  useEffect(() => void readBeginning(), []);
  const done = suggestions.filter((step) => asked.includes(step.text)).length;
  return html`<section class="guide" aria-label="Guide">
    <header class="pane-head">
      <div class="pane-title">
        <h2>Try it</h2>
        <p class="faint topic">${done ? `${done} of ${suggestions.length} done` : 'One press sends the message for you'}</p>
      </div>
      <${IconButton} icon="close" label="Close the guide" onClick=${closeGuide} />
    </header>
    <ol class="steps">
      ${suggestions.map(
        (step) => html`<${Step} key=${step.text} step=${step} place=${names[step.channel] ?? '…'} />`,
      )}
    </ol>
    <p class="faint guide-foot">
      Then be a manager: switch to Maya at the top and decide the refund in #refund-approvals with ✅ or ❌.
    </p>
  </section>`;
}

import { useState } from 'preact/hooks';
import { click } from './actions.js';
import { ButtonElement } from './button-element.js';
import { ChoiceElement, SelectElement } from './choice-elements.js';
import { FeedbackButtons } from './feedback-buttons.js';
import { html } from './html.js';
import { Icon } from './icon.js';
import { Picture } from './picture.js';
import { useStore } from './store.js';
import { TextInput } from './text-input.js';

/** A small icon under a message; Slack can limit it to some people. */
function IconElement({ element, press, busy }) {
  const viewer = useStore((state) => state.viewer);
  const only = element.visible_to_user_ids;
  if (only?.length && !only.includes(viewer)) return null;
  const label = element.accessibility_label ?? element.text?.text ?? element.icon;
  return html`<button type="button" class="icon-element" disabled=${busy} title=${label}
    onClick=${() => press({ value: element.value })}>
    <${Icon} name=${element.icon} size=${16} /> <span>${element.text?.text ?? label}</span>
  </button>`;
}

const KINDS = {
  button: ButtonElement,
  icon_button: IconElement,
  feedback_buttons: FeedbackButtons,
  static_select: SelectElement,
  overflow: SelectElement,
  multi_static_select: ChoiceElement,
  checkboxes: ChoiceElement,
  radio_buttons: ChoiceElement,
  plain_text_input: TextInput,
  email_text_input: TextInput,
  url_text_input: TextInput,
  number_input: TextInput,
  image: ({ element }) => html`<${Picture} image=${element} />`,
};

/** One interactive element. In a modal its value is also kept for the submission. */
export function Element({ element, blockId, origin, label, isInput = false }) {
  const [busy, setBusy] = useState(false);
  const Kind = KINDS[element.type];
  if (!Kind) return html`<span class="block-unknown">An element of type “${element.type}”.</span>`;
  const press = async (chosen) => {
    setBusy(true);
    await click(origin, blockId, element, chosen);
    setBusy(false);
  };
  const keep = (value) => origin.form?.set(blockId, element, value);
  const act = isInput ? async () => {} : press;
  return html`<${Kind} element=${element} blockId=${blockId} press=${act} keep=${keep} busy=${busy} label=${label} />`;
}

import { useState } from 'preact/hooks';
import { html } from './html.js';
import { plainOf, TextObject } from './text-object.js';

const optionsOf = (element) =>
  element.options ?? (element.option_groups ?? []).flatMap((group) => group.options ?? []);

const groupsOf = (element) => element.option_groups ?? [{ options: element.options ?? [] }];

const option = ({ text, value }) => html`<option key=${value} value=${value}>${plainOf(text)}</option>`;

/** A list to choose one from: static_select, and the overflow menu ("…"), which forgets its choice. */
export function SelectElement({ element, press, keep, busy, label }) {
  const isMenu = element.type === 'overflow';
  const [value, setValue] = useState(element.initial_option?.value ?? '');
  const onChange = (event) => {
    const chosen = optionsOf(element).find((one) => one.value === event.target.value);
    setValue(isMenu ? '' : event.target.value);
    keep({ selected_option: chosen ?? null });
    if (chosen) press({ value: chosen.value, selected: chosen });
  };
  const hint = isMenu ? 'More actions' : plainOf(element.placeholder) || 'Choose';
  return html`<select class="select" value=${value} disabled=${busy} aria-label=${label ?? hint} onChange=${onChange}>
    <option value="" disabled=${isMenu}>${isMenu ? '⋯' : hint}</option>
    ${groupsOf(element).map((group) =>
      group.label
        ? html`<optgroup label=${plainOf(group.label)}>${group.options.map(option)}</optgroup>`
        : group.options.map(option),
    )}
  </select>`;
}

/** Check boxes and radio buttons, and the select of several, drawn as check boxes. */
export function ChoiceElement({ element, blockId, press, keep, busy, label }) {
  const isRadio = element.type === 'radio_buttons';
  const initial = isRadio ? [element.initial_option] : (element.initial_options ?? []);
  const [chosen, setChosen] = useState(initial.filter(Boolean).map(({ value }) => value));
  const choose = (value, isOn) => {
    const others = isRadio ? [] : chosen.filter((one) => one !== value);
    const next = isOn ? [...others, value] : others;
    const options = optionsOf(element).filter((one) => next.includes(one.value));
    setChosen(next);
    keep(isRadio ? { selected_option: options[0] ?? null } : { selected_options: options });
    press({ value, selected: isRadio ? options[0] : options });
  };
  const name = `${blockId}-${element.action_id}`;
  return html`<div class="choices" role=${isRadio ? 'radiogroup' : 'group'} aria-label=${label}>
    ${optionsOf(element).map(
      ({ text, description, value }) => html`<label key=${value} class="choice">
        <input
          type=${isRadio ? 'radio' : 'checkbox'}
          name=${name}
          checked=${chosen.includes(value)}
          disabled=${busy}
          onChange=${(event) => choose(value, event.target.checked)}
        />
        <span><${TextObject} text=${text} />${description && html`<small><${TextObject} text=${description} /></small>`}</span>
      </label>`,
    )}
  </div>`;
}

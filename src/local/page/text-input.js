import { useState } from 'preact/hooks';
import { html } from './html.js';
import { plainOf } from './text-object.js';

const TYPES = { email_text_input: 'email', url_text_input: 'url', number_input: 'number' };

export function TextInput({ element, blockId, keep }) {
  const [value, setValue] = useState(element.initial_value ?? '');
  const onInput = (event) => {
    setValue(event.target.value);
    keep({ value: event.target.value || null });
  };
  const shared = {
    id: `field-${blockId}`,
    class: 'field',
    value,
    onInput,
    placeholder: plainOf(element.placeholder),
    maxLength: element.max_length,
  };
  if (element.multiline) return html`<textarea rows="5" ...${shared}></textarea>`;
  return html`<input type=${TYPES[element.type] ?? 'text'} ...${shared} />`;
}

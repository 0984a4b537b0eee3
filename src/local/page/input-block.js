import { Element } from './elements.js';
import { html } from './html.js';
import { plainOf } from './text-object.js';

/** A labelled field of a modal (or of Home, where `dispatch_action` sends it at once). */
export function InputBlock({ block, origin }) {
  const problem = origin.form?.errors[block.block_id];
  const isField = /input$/.test(block.element.type);
  return html`<div class="block block-input">
    <${isField ? 'label' : 'p'} class="input-label" for=${isField ? `field-${block.block_id}` : undefined}>
      ${plainOf(block.label)}${block.optional && html` <span class="faint">(optional)</span>`}
    </${isField ? 'label' : 'p'}>
    <${Element} element=${block.element} blockId=${block.block_id} origin=${origin} isInput=${!block.dispatch_action}
      label=${plainOf(block.label)} />
    ${block.hint && html`<p class="hint">${plainOf(block.hint)}</p>`}
    ${problem && html`<p class="problem" role="alert">${problem}</p>`}
  </div>`;
}

import { Avatar } from './avatar.js';
import { html } from './html.js';

/** The suggestions above the composer. The focus stays in the text; the keys are handled there. */
export function CompletionList({ id, completion }) {
  const { items, at, accept } = completion;
  if (items.length === 0) return html`<ul id=${id} role="listbox" hidden></ul>`;
  return html`<ul id=${id} class="completions" role="listbox" aria-label="Suggestions">
    ${items.map(
      (item, index) => html`<li
        key=${item.title}
        id=${`${id}-${index}`}
        role="option"
        aria-selected=${index === at}
        onPointerDown=${(event) => {
          event.preventDefault();
          accept(item);
        }}
      >
        ${item.user && html`<${Avatar} user=${item.user} size="small" />`}
        <strong>${item.title}</strong> <span class="faint">${item.note}</span>
      </li>`,
    )}
  </ul>`;
}

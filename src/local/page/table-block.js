import { html } from './html.js';
import { RichText } from './rich-text.js';

const Content = ({ cell }) =>
  cell.type === 'rich_text'
    ? html`<${RichText} elements=${cell.elements} />`
    : String(cell.text ?? cell.value ?? '');

/** Block Kit's table; its first row is the head. */
export function TableBlock({ block }) {
  const [head = [], ...rows] = block.rows ?? [];
  const alignOf = (column) => block.column_settings?.[column]?.align ?? 'left';
  const cells = (row, Tag) =>
    row.map((cell, column) => html`<${Tag} class=${alignOf(column)}><${Content} cell=${cell} /></${Tag}>`);
  return html`<div class="block table-scroll" tabindex="0" role="group" aria-label="Table">
    <table>
      <thead><tr>${cells(head, 'th')}</tr></thead>
      <tbody>${rows.map((row) => html`<tr>${cells(row, 'td')}</tr>`)}</tbody>
    </table>
  </div>`;
}

import { Element } from './elements.js';
import { html } from './html.js';
import { InputBlock } from './input-block.js';
import { Markdown } from './markdown.js';
import { Picture } from './picture.js';
import { RichText } from './rich-text.js';
import { TableBlock } from './table-block.js';
import { plainOf, TextObject } from './text-object.js';

function Section({ block, origin }) {
  const fields = block.fields ?? [];
  return html`<div class="block block-section">
    <div class="section-main">
      <${TextObject} text=${block.text} />
      ${
        fields.length > 0 &&
        html`<div class="section-fields">
          ${fields.map((field) => html`<${TextObject} text=${field} />`)}
        </div>`
      }
    </div>
    ${block.accessory && html`<${Element} element=${block.accessory} blockId=${block.block_id} origin=${origin} />`}
  </div>`;
}

const Row = ({ block, origin }) => html`<div class=${`block block-${block.type.replace('_', '-')}`}>
  ${block.elements?.map(
    (element) =>
      html`<${Element} key=${element.action_id} element=${element} blockId=${block.block_id} origin=${origin} />`,
  )}
</div>`;

const Context = ({ block }) => html`<div class="block block-context">
  ${block.elements?.map((part) =>
    part.type === 'image' ? html`<${Picture} image=${part} small />` : html`<${TextObject} text=${part} />`,
  )}
</div>`;

const RENDERERS = {
  section: Section,
  header: ({ block }) => html`<p class="block block-header">${plainOf(block.text)}</p>`,
  divider: () => html`<hr class="block block-divider" />`,
  context: Context,
  actions: Row,
  context_actions: Row,
  rich_text: ({ block }) => html`<div class="block"><${RichText} elements=${block.elements} /></div>`,
  markdown: ({ block }) => html`<div class="block"><${Markdown} text=${block.text} /></div>`,
  table: ({ block }) => html`<${TableBlock} block=${block} />`,
  image: ({ block }) => html`<figure class="block block-image">
    ${block.title && html`<figcaption>${plainOf(block.title)}</figcaption>`}
    <${Picture} image=${block} />
  </figure>`,
  input: InputBlock,
};

const Unknown = ({ block }) => html`<p class="block block-unknown">
  A block of type “${block.type}”, which this workspace does not draw.
</p>`;

/** Draws Block Kit. `origin` says where a press of an element is sent: a message, the Home tab or the modal. */
export function Blocks({ blocks, origin }) {
  return html`<div class="blocks">
    ${blocks.map((block, index) => {
      const Renderer = RENDERERS[block.type] ?? Unknown;
      return html`<${Renderer} key=${block.block_id ?? index} block=${block} origin=${origin} />`;
    })}
  </div>`;
}

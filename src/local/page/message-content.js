import { Blocks } from './blocks.js';
import { html } from './html.js';
import { Icon } from './icon.js';
import { Link } from './links.js';
import { Mrkdwn } from './mrkdwn.js';

const Files = ({ files }) => html`<ul class="files">
  ${files.map((file) => html`<li><${Icon} name="file" size=${16} /> ${file.title ?? file.name ?? 'File'}</li>`)}
</ul>`;

/** Blocks or text of an attachment: what an app hung on, or the preview of a link. */
function Attachment({ attachment, origin }) {
  const { blocks, title, title_link: url, text, fallback } = attachment;
  if (blocks) return html`<div class="attachment"><${Blocks} blocks=${blocks} origin=${origin} /></div>`;
  return html`<div class="attachment">
    ${title && html`<strong>${url ? html`<${Link} url=${url}>${title}</${Link}>` : title}</strong>`}
    <${Mrkdwn} text=${text ?? fallback} />
  </div>`;
}

/** What a message says: its blocks or its text, and what hangs on it. */
export function MessageContent({ message }) {
  const origin = { channel: message.channel, ts: message.ts };
  const isStreaming = message.streaming?.state === 'in_progress';
  // What a person typed is shown from its text: the blocks beside it carry no styles.
  const isDrawn = message.botId && message.blocks?.length > 0;
  return html`<div class=${isStreaming ? 'content streaming' : 'content'}>
    ${
      isDrawn
        ? html`<${Blocks} blocks=${message.blocks} origin=${origin} />`
        : html`<${Mrkdwn} text=${message.text} />`
    }
    ${message.edited && html`<span class="faint edited">(edited)</span>`}
    ${message.files?.length > 0 && html`<${Files} files=${message.files} />`}
    ${message.attachments?.map((one) => html`<${Attachment} attachment=${one} origin=${origin} />`)}
  </div>`;
}

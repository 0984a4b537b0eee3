import { htmlToMarkdown } from './html-to-markdown.ts';
import type { PageReader, ReadFile } from './page-reader.ts';

/** Scripts and styles are the most of many pages, and do not count as text. */
const MAX_HTML_BYTES = 5 * 1024 * 1024;

export const htmlReader: PageReader = { maxBytes: MAX_HTML_BYTES, read: (bytes) => readHtml(bytes) };

/** An HTML page. `charset` and `base` are what the server said of it, where one did. */
export async function readHtml(
  bytes: Uint8Array,
  from: { charset?: string | undefined; base?: string | undefined } = {},
): Promise<ReadFile | { reason: string }> {
  if (bytes.length === 0) return { reason: 'is empty: there is no text to search or to quote' };
  const html = decode(bytes, from.charset).replace(/\r\n?/g, '\n');
  if (html.includes('\0')) return { reason: 'is a binary file, not HTML' };
  return htmlToMarkdown(html, from.base);
}

/** As browsers do: the mark at the beginning, the server, the page itself, and else what most pages are. */
function decode(bytes: Uint8Array, charset: string | undefined): string {
  const start = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  const mark = start.startsWith('\xFF\xFE')
    ? 'utf-16le'
    : start.startsWith('\xFE\xFF')
      ? 'utf-16be'
      : undefined;
  const own = /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i.exec(start)?.[1];
  for (const label of [mark, charset, own, 'utf-8']) {
    const text = label === undefined ? undefined : tryDecode(bytes, label);
    if (text !== undefined) return text;
  }
  return new TextDecoder('windows-1252').decode(bytes);
}

function tryDecode(bytes: Uint8Array, label: string): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    // An unknown name, or bytes that are none of this encoding.
    return undefined;
  }
}

import { decodeText } from './decode-text.ts';
import { splitFrontMatter } from './front-matter.ts';
import { MAX_TEXT_BYTES, type PageReader, type ReadFile } from './page-reader.ts';

/** Markdown and MDX, with or without front matter. */
export const markdownReader: PageReader = { maxBytes: MAX_TEXT_BYTES, read: readMarkdown };

async function readMarkdown(bytes: Uint8Array): Promise<ReadFile | { reason: string }> {
  const decoded = decodeText(bytes, 'Markdown');
  if ('reason' in decoded) return decoded;
  const split = splitFrontMatter(decoded.text);
  return 'reason' in split ? split : { ...split.front, body: split.body };
}

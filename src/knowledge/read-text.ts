import { decodeText } from './decode-text.ts';
import { MAX_TEXT_BYTES, type PageReader, type ReadFile } from './page-reader.ts';

/** Plain text. What looks like Markdown in it, such as a list, is taken as that. */
export const textReader: PageReader = { maxBytes: MAX_TEXT_BYTES, read: readText };

/** Longer than this, the first line is a sentence of the text rather than what the text is called. */
const TITLE_CHARACTERS = 80;

async function readText(bytes: Uint8Array): Promise<ReadFile | { reason: string }> {
  const decoded = decodeText(bytes, 'text');
  if ('reason' in decoded) return decoded;
  const body = decoded.text.replace(/\f/g, '\n\n');
  return { title: titleOf(body), body };
}

/** The first line, when it stands alone or is underlined. */
function titleOf(body: string): string | undefined {
  const [first = '', second = '', third] = body.trimStart().split('\n', 3);
  const title = first.trim();
  const isAlone = second.trim() === '' && third !== undefined;
  const isUnderlined = /^\s*(?:=+|-+)\s*$/.test(second);
  const isCalled = title.length <= TITLE_CHARACTERS && /[\p{L}\p{N}]/u.test(title) && !/[.:;,]$/.test(title);
  return isCalled && (isAlone || isUnderlined) ? title.replace(/^#+\s+/, '') : undefined;
}

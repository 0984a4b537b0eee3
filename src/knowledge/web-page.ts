import { type PageReader, type ReadFile, tooLarge } from './page-reader.ts';
import { findReader } from './page-readers.ts';
import { htmlReader, readHtml } from './read-html.ts';
import { markdownReader } from './read-markdown.ts';
import { pdfReader } from './read-pdf.ts';
import { textReader } from './read-text.ts';
import type { WebResponse } from './web-request.ts';

/** The type is the site's word: in a plain object `constructor` would be found. */
const BY_TYPE = new Map<string, PageReader>(
  Object.entries({
    'text/html': htmlReader,
    'application/xhtml+xml': htmlReader,
    'text/markdown': markdownReader,
    'text/x-markdown': markdownReader,
    'application/pdf': pdfReader,
  }),
);

/** What a response of a site says. */
export async function readWebPage(
  { headers, body }: WebResponse,
  url: URL,
): Promise<ReadFile | { reason: string }> {
  const [type = '', ...parameters] = (headers.get('content-type') ?? '').toLowerCase().split(';');
  const reader = readerOf(type.trim(), url);
  if (reader === undefined) {
    return { reason: `is of type ${type.trim()}, which is not read; HTML, Markdown, plain text and PDF are` };
  }
  if (body.length > reader.maxBytes) return tooLarge(body.length, reader.maxBytes);
  if (reader !== htmlReader) return reader.read(body);
  const charset = /^\s*charset\s*=\s*"?([^"\s]+)/.exec(parameters.join(';'))?.[1];
  return readHtml(body, { charset, base: url.href });
}

/** Servers that say nothing, or only "text", mean what the name of the file says. */
function readerOf(type: string, url: URL): PageReader | undefined {
  const named = findReader(url.pathname);
  if (type === '') return named ?? htmlReader;
  if (type === 'text/plain') return named === markdownReader ? markdownReader : textReader;
  return BY_TYPE.get(type);
}

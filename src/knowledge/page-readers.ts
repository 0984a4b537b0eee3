import { extname } from 'node:path';
import type { PageReader } from './page-reader.ts';
import { docxReader } from './read-docx.ts';
import { htmlReader } from './read-html.ts';
import { markdownReader } from './read-markdown.ts';
import { pdfReader } from './read-pdf.ts';
import { textReader } from './read-text.ts';

const BY_EXTENSION: Record<string, PageReader> = {
  '.md': markdownReader,
  '.mdx': markdownReader,
  '.html': htmlReader,
  '.htm': htmlReader,
  '.txt': textReader,
  '.pdf': pdfReader,
  '.docx': docxReader,
};

/** What reads a file of this name as one page. */
export function findReader(name: string): PageReader | undefined {
  return BY_EXTENSION[extname(name).toLowerCase()];
}

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { CHUNK_FORMAT } from './chunk.ts';
import { splitFrontMatter } from './front-matter.ts';
import { listMarkdown, type PageFile } from './list-markdown.ts';
import { readBlocks } from './markdown-blocks.ts';
import type { FailedPage, Page, PageSource } from './types.ts';

/** A page of this size is a log or an export, and would drown every other page in the search. */
const MAX_BYTES = 1024 * 1024;

/** The Markdown pages below the given folders and files. */
export function createMarkdownSource(roots: string[]): PageSource {
  return {
    async list() {
      const { files, failed, unlisted } = await listMarkdown(roots);
      const pages = files.map((file) => ({
        source: file.source,
        stamp: file.stamp,
        read: () => readMarkdown(file),
      }));
      return { pages, failed, unlisted };
    },
  };
}

/** Reads one page. Whatever is wrong with it concerns this page only. */
async function readMarkdown(file: PageFile): Promise<{ page: Page } | { failed: FailedPage }> {
  const failed = (reason: string) => ({ failed: { source: file.source, reason } });
  if (file.bytes > MAX_BYTES) {
    const megabytes = (file.bytes / MAX_BYTES).toFixed(1);
    return failed(`is ${megabytes} MB, more than the limit of 1 MB for a page; split it or leave it out`);
  }
  let bytes: Buffer;
  try {
    bytes = await readFile(file.path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error;
    return failed(`cannot be read (${code}); check its permissions`);
  }
  const text = decode(bytes);
  if ('reason' in text) return failed(text.reason);
  const split = splitFrontMatter(text.text);
  if ('reason' in split) return failed(split.reason);
  const { front, body } = split;
  if (body.trim() === '') return failed('is empty: there is no text to search or to quote');
  const title = front.title ?? firstHeading(body) ?? basename(file.source).replace(/\.mdx?$/i, '');
  return { page: withHash({ source: file.source, ...front, title, body }) };
}

function decode(bytes: Buffer): { text: string } | { reason: string } {
  if (bytes.length === 0) return { reason: 'is empty: there is no text to search or to quote' };
  const mark = bytes.subarray(0, 2).toString('hex');
  if (mark === 'fffe' || mark === 'feff') return { reason: 'is UTF-16 text; save it as UTF-8' };
  if (bytes.includes(0)) return { reason: 'is a binary file, not Markdown' };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { text: text.replace(/\r\n?/g, '\n') };
  } catch {
    return { reason: 'is not UTF-8 text; save it as UTF-8' };
  }
}

function firstHeading(body: string): string | undefined {
  for (const block of readBlocks(body)) if (block.depth === 1 && block.title !== '') return block.title;
  return undefined;
}

/** The format is part of the hash: after an update that cuts pages differently every page counts as changed. */
function withHash(page: Omit<Page, 'hash'>): Page {
  const { source, title, url, updated, body } = page;
  const content = JSON.stringify([CHUNK_FORMAT, source, title, url ?? null, updated ?? null, body]);
  return { ...page, hash: createHash('sha256').update(content).digest('hex') };
}

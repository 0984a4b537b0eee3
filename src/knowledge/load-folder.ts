import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { listFiles } from './list-files.ts';
import { createTableLister } from './list-table.ts';
import type { PageFile } from './name-files.ts';
import { tooLarge } from './page-reader.ts';
import { findReader } from './page-readers.ts';
import { isTable } from './read-table.ts';
import { toPage } from './to-page.ts';
import type { PageListing, PageReading, PageSource } from './types.ts';
import { whyUnreadable } from './why-unreadable.ts';

/** The pages of the given folders and single files, and the rows of the tables among them. */
export function createFolderSource(roots: string[]): PageSource {
  const listTable = createTableLister();
  return {
    async list() {
      const { files, ...rest } = await listFiles(roots);
      const listing: PageListing = { pages: [], ...rest };
      for (const file of files) {
        if (isTable(file.source)) addAll(listing, await listTable(file));
        else listing.pages.push({ source: file.source, stamp: file.stamp, read: () => readPage(file) });
      }
      return listing;
    },
  };
}

function addAll(listing: PageListing, { pages, failed, unlisted }: PageListing): void {
  for (const page of pages) listing.pages.push(page);
  for (const one of failed) listing.failed.push(one);
  listing.unlisted.push(...unlisted);
}

/** Reads one page. Whatever is wrong with it concerns this page only. */
async function readPage(file: PageFile): Promise<PageReading> {
  const { source } = file;
  const name = basename(source, extname(source));
  const fail = (reason: string) => toPage({ reason }, { source, name });
  const reader = findReader(source);
  if (reader === undefined) return fail('is of a kind that is not read');
  if (file.bytes > reader.maxBytes) return toPage(tooLarge(file.bytes, reader.maxBytes), { source, name });
  let bytes: Buffer;
  try {
    bytes = await readFile(file.path);
  } catch (error) {
    return fail(whyUnreadable(error));
  }
  return toPage(await reader.read(bytes), { source, name });
}

import { readFile } from 'node:fs/promises';
import type { PageFile } from './name-files.ts';
import { MAX_BINARY_BYTES, tooLarge } from './page-reader.ts';
import { readTable, type Table, wholeFailure } from './read-table.ts';
import type { ListedPage, PageListing } from './types.ts';
import { whyUnreadable } from './why-unreadable.ts';

/** What is kept of a table between two listings: names and stamps, not its text. */
interface KnownTable {
  source: string;
  stamp: string;
  rows: { source: string; stamp: string }[];
  failed: PageListing['failed'];
  unlisted: string[];
}

/**
 * Lists the rows of tables. An unchanged file is read once in the life of a process, and again only when the text of
 * one of its rows is asked for. A row's stamp is its own, so that a new row makes no other one look changed.
 */
export function createTableLister(): (file: PageFile) => Promise<PageListing> {
  const known = new Map<string, KnownTable>();
  return async (file) => {
    let table = known.get(file.path);
    let fresh: Table | undefined;
    if (table?.stamp !== file.stamp || table.source !== file.source) {
      fresh = await load(file);
      const rows = fresh.pages.map(({ source, hash }) => ({ source, stamp: hash }));
      const { source, stamp } = file;
      table = { source, stamp, rows, failed: fresh.failed, unlisted: fresh.unlisted };
      known.set(file.path, table);
    }
    const readRow = createReadRow(file, fresh);
    const { rows, failed, unlisted } = table;
    return { pages: rows.map((row) => ({ ...row, read: () => readRow(row.source) })), failed, unlisted };
  };
}

/** Holds the text of the rows as long as its listing is held. */
function createReadRow(
  file: PageFile,
  fresh: Table | undefined,
): (source: string) => ReturnType<ListedPage['read']> {
  const toRows = ({ pages }: Table) => new Map(pages.map((page) => [page.source, page]));
  let rows = fresh && Promise.resolve(toRows(fresh));
  return async (source) => {
    rows ??= load(file).then(toRows);
    const page = (await rows).get(source);
    if (page) return { page };
    return {
      failed: { source, reason: 'is no longer in its table, which changed in between; re-index again' },
    };
  };
}

async function load(file: PageFile): Promise<Table> {
  if (file.bytes > MAX_BINARY_BYTES) {
    return wholeFailure(file.source, tooLarge(file.bytes, MAX_BINARY_BYTES).reason);
  }
  try {
    return await readTable(file.source, await readFile(file.path));
  } catch (error) {
    return wholeFailure(file.source, whyUnreadable(error));
  }
}

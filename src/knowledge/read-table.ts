import { setImmediate } from 'node:timers/promises';
import { decodeText } from './decode-text.ts';
import { readDate, readLine, readLink } from './page-fields.ts';
import { MAX_TEXT_BYTES } from './page-reader.ts';
import { readCsvRows } from './read-csv-rows.ts';
import { readJsonlRows } from './read-jsonl-rows.ts';
import type { TableRow } from './table-row.ts';
import { toPage } from './to-page.ts';
import type { FailedPage, Page } from './types.ts';

/** A table of pages: its good rows, its broken ones, and whether it is known whose rows the broken ones are. */
export interface Table {
  pages: Page[];
  failed: FailedPage[];
  /** Beginnings of sources of which some may be among the broken rows. */
  unlisted: string[];
}

/** As many as the embedded index searches with ease, twice over. */
const MAX_ROWS = 50_000;
const ROWS_AT_ONCE = 200;
/** An id is part of addresses and of log lines. */
const MAX_ID_CHARACTERS = 200;
const TITLE_CHARACTERS = 80;

const ROWS: Record<string, (text: string) => Iterable<TableRow> | AsyncIterable<TableRow>> = {
  '.csv': readCsvRows,
  '.jsonl': readJsonlRows,
};

/** Whether a file of this name holds a page a row. */
export function isTable(name: string): boolean {
  return rowsOf(name) !== undefined;
}

/** Every row is a page called `file#id`, or `file#row-7` where the seventh row has no id. */
export async function readTable(source: string, bytes: Uint8Array): Promise<Table> {
  const decoded = decodeText(bytes, 'a table');
  if ('reason' in decoded) return wholeFailure(source, decoded.reason);
  const table: Table = { pages: [], failed: [], unlisted: [] };
  const lines = new Map<string, number>();
  let count = 0;
  let why: string | undefined;
  for await (const row of rowsOf(source)?.(decoded.text) ?? []) {
    count += 1;
    if (count > MAX_ROWS) return wholeFailure(source, `has more than ${MAX_ROWS} rows; split it`);
    const wrong = addRow(table, { source, row, number: count, lines });
    why ??= wrong;
    if (count % ROWS_AT_ONCE === 0) await setImmediate();
  }
  if (table.pages.length > 0) return table;
  return wholeFailure(source, why === undefined ? 'is empty: it holds no row' : `holds no good row: ${why}`);
}

/** Nothing is known of the rows of a table that cannot be read, so all of them stay. */
export function wholeFailure(source: string, reason: string): Table {
  return { pages: [], failed: [{ source, reason }], unlisted: [`${source}#`] };
}

function rowsOf(name: string): (typeof ROWS)[string] | undefined {
  return ROWS[/\.[a-z]+$/.exec(name.toLowerCase())?.[0] ?? ''];
}

/** Returns what is wrong with the row. */
function addRow(
  table: Table,
  at: { source: string; row: TableRow; number: number; lines: Map<string, number> },
): string | undefined {
  const { source, row, number, lines } = at;
  const fail = (id: string | undefined, reason: string, where = '') => {
    table.failed.push({
      source: id === undefined ? `${source} line ${row.line}` : `${source}#${id}`,
      reason: where + reason,
    });
    if (id === undefined && table.unlisted.length === 0) table.unlisted.push(`${source}#`);
    return `line ${row.line} ${reason}`;
  };
  if ('broken' in row) return fail(undefined, row.broken);
  const { columns } = row;
  const id = readLine(columns.id) ?? `row-${number}`;
  if (id.length > MAX_ID_CHARACTERS)
    return fail(undefined, `has an id of more than ${MAX_ID_CHARACTERS} characters`);
  const first = lines.get(id);
  if (first !== undefined) {
    return fail(
      id,
      `stands twice, in lines ${first} and ${row.line}; only the first is used, give every row its own id`,
    );
  }
  lines.set(id, row.line);
  const here = `(line ${row.line}) `;
  const body = textOf(columns.answer) ?? textOf(columns.text);
  if (body === undefined) return fail(id, 'has no text in a column "answer" or "text"', here);
  if (body.length > MAX_TEXT_BYTES) return fail(id, 'has more than 1 MB of text; split it', here);
  const title = readLine(columns.question) ?? readLine(columns.title);
  const read = { title, url: readLink(columns.url), updated: readDate(columns.updated), body };
  const outcome = toPage(read, { source: `${source}#${id}`, name: beginningOf(body) });
  if ('failed' in outcome) return fail(id, outcome.failed.reason);
  table.pages.push(outcome.page);
  return undefined;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.replace(/\r\n?/g, '\n') : undefined;
}

/** What a row without a title is called. */
function beginningOf(body: string): string {
  const line = readLine(body.slice(0, 4 * TITLE_CHARACTERS)) ?? '';
  if (line.length <= TITLE_CHARACTERS) return line;
  return `${line.slice(0, TITLE_CHARACTERS).replace(/\s+\S*$/, '')}…`;
}

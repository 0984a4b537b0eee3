import { finished } from 'node:stream/promises';
import { type CsvError, parse } from 'csv-parse';
import type { TableRow } from './table-row.ts';

/** The parser works on so much at once before others get their turn. */
const PORTION_CHARACTERS = 64 * 1024;
/** A quote that is never closed would swallow the rest of the file; a row is never as long as this. */
const MAX_ROW_CHARACTERS = 1024 * 1024;
/** After each of them the parser begins again. */
const MAX_BROKEN = 100;

/**
 * Rows of a CSV file by the names of its first line; commas, semicolons and tabs are told apart by that line. A broken
 * row costs itself alone: reading goes on with the next line.
 */
export async function* readCsvRows(text: string): AsyncGenerator<TableRow> {
  const lines = createLineStarts(text);
  const delimiter = delimiterOf(text.slice(0, lines.at(2)));
  let names: string[] | undefined;
  let from = 1;
  for (let broken = 0; broken <= MAX_BROKEN; broken += 1) {
    let last = from - 1;
    try {
      for await (const { record, end } of parseFrom(text.slice(lines.at(from)), delimiter)) {
        const line = firstFilled(text, lines, last + 1);
        last = from - 1 + end;
        if (names === undefined) names = record.map((name) => name.trim().toLowerCase());
        else yield toRow(line, names, record);
      }
      return;
    } catch (error) {
      const line = firstFilled(text, lines, last + 1);
      yield { line, broken: whyBroken(error as CsvError) };
      from = line + 1;
      if (names === undefined || lines.at(from) >= text.length) return;
    }
  }
  yield { line: from, broken: `and what follows is left out: more than ${MAX_BROKEN} rows are broken` };
}

/** A row that nobody filled in has too few values at most at its end. */
function toRow(line: number, names: string[], record: string[]): TableRow {
  const extra = record.slice(names.length).some((value) => value.trim() !== '');
  if (extra) {
    const broken = `has ${record.length} values for ${names.length} columns; put a value that holds a delimiter in quotes`;
    return { line, broken };
  }
  return { line, columns: Object.fromEntries(names.map((name, at) => [name, record[at]])) };
}

/** Rows come out as they are read: what a stream holds back when it fails would be lost. */
async function* parseFrom(
  text: string,
  delimiter: string,
): AsyncGenerator<{ record: string[]; end: number }> {
  const rows: { record: string[]; end: number }[] = [];
  let failure: Error | undefined;
  const parser = parse({
    delimiter,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW_CHARACTERS,
    on_record: (record: string[], { lines }) => {
      rows.push({ record, end: lines });
      return null;
    },
  });
  parser.on('error', (error) => {
    failure ??= error;
  });
  parser.resume();
  for (const portion of portions(text)) {
    await new Promise((resolve) => void parser.write(portion, resolve));
    yield* rows.splice(0);
    if (failure) throw failure;
  }
  parser.end();
  await finished(parser).catch(() => {});
  yield* rows.splice(0);
  if (failure) throw failure;
}

function* portions(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += PORTION_CHARACTERS) yield text.slice(at, at + PORTION_CHARACTERS);
}

function whyBroken({ code, message }: CsvError): string {
  if (code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE') {
    return 'has a quote (") that is never closed, or is far too long';
  }
  if (code === 'CSV_INVALID_CLOSING_QUOTE' || code === 'INVALID_OPENING_QUOTE') {
    return 'has a quote (") in the middle of a value; write it twice ("") and put the value in quotes';
  }
  return `is broken: ${message.split('\n')[0]}`;
}

/** The one that most often stands outside quotes in the first line. */
function delimiterOf(head: string): string {
  const bare = head.replace(/"[^"]*"/g, '');
  const counts = [',', ';', '\t'].map((mark) => ({ mark, count: bare.split(mark).length }));
  counts.sort((a, b) => b.count - a.count);
  return counts[0]?.mark ?? ',';
}

/** Where each line begins, the first being 1. */
function createLineStarts(text: string): { at(line: number): number } {
  const starts = [0, 0];
  return {
    at(line) {
      for (let last = starts.at(-1) ?? 0; starts.length <= line; ) {
        const found = text.indexOf('\n', last);
        last = found < 0 ? text.length : found + 1;
        starts.push(last);
      }
      return starts[line] ?? text.length;
    },
  };
}

function firstFilled(text: string, lines: { at(line: number): number }, from: number): number {
  let line = from;
  while (lines.at(line) < text.length && text.slice(lines.at(line), lines.at(line + 1)).trim() === '')
    line += 1;
  return line;
}

import type { TableRow } from './table-row.ts';

/** One JSON object a line. A broken line costs itself alone. */
export function* readJsonlRows(text: string): Generator<TableRow> {
  let line = 0;
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    const json = text.slice(start, end).trim();
    start = end + 1;
    line += 1;
    if (json !== '') yield readRow(json, line);
  }
}

function readRow(json: string, line: number): TableRow {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { line, broken: 'is no JSON; every line has to be one whole object' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { line, broken: 'is no JSON object such as {"id": "1", "question": "…", "answer": "…"}' };
  }
  return { line, columns: value as Record<string, unknown> };
}

import { z } from 'zod';
import { toError } from './errors.ts';

export interface JsonLines<T> {
  /** The rows that fit, in order, with the number of their line. */
  rows: { row: T; line: number }[];
  /** Why the others do not; whether that stops the work is the caller's to say. */
  problems: { line: number; reason: string }[];
}

/** Reads JSON Lines. A row that does not fit costs the others nothing. */
export function readJsonLines<T>(text: string, row: z.ZodType<T>): JsonLines<T> {
  const read: JsonLines<T> = { rows: [], problems: [] };
  for (const [index, whole] of text.split('\n').entries()) {
    // Takes off a byte order mark and the carriage returns of Windows, too.
    const json = whole.trim();
    const line = index + 1;
    if (json === '') continue;
    try {
      read.rows.push({ row: row.parse(JSON.parse(json)), line });
    } catch (error) {
      read.problems.push({ line, reason: reasonOf(error) });
    }
  }
  return read;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof z.ZodError)) return `not JSON (${toError(error).message})`;
  const reasons = error.issues.map(({ code, path, message }) => {
    if (path.length > 0) return `"${path.join('.')}" ${message}`;
    return code === 'custom' ? message : 'not a JSON object';
  });
  return reasons.join('; ');
}

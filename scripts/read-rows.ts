import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { toError } from '../src/errors.ts';
import { readJsonLines } from '../src/json-lines.ts';
import { UsageError } from './command-line.ts';

/** An id is printed as it was given: whoever joins results with their rows compares it. */
export const ROW_ID = z.union([z.string(), z.number()], { error: 'must be a text or a number' });

export interface Rows<T> {
  rows: (T & { line: number })[];
  /** File, line and reason of each row that was left out. */
  problems: string[];
}

/** The rows of a JSON Lines file in order. A bad row is left out and named; it costs the others nothing. */
export function readRows<T extends object>(file: string, row: z.ZodType<T>): Rows<T> {
  const { rows, problems } = readJsonLines(readText(file), row);
  return {
    rows: rows.map((read) => ({ ...read.row, line: read.line })),
    problems: problems.map(({ line, reason }) => `${file}:${line}: ${reason}`),
  };
}

/** Names every bad row and counts them; returns the exit code. `done` says what became of the good ones. */
export function reportBadRows({ rows, problems }: Rows<object>, done: string): number {
  if (problems.length === 0) return 0;
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.stderr.write(`${rows.length} ${done}, ${problems.length} could not be read\n`);
  return 1;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`--file: ${file} cannot be read: ${toError(error).message}`);
  }
}

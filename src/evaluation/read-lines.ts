import type { z } from 'zod';
import { ConfigError } from '../errors.ts';
import { readJsonLines } from '../json-lines.ts';
import { readDataFile } from './read-data-file.ts';

/** Rows of a JSON Lines file that came with a data set: one that does not fit stops the work, and all are named. */
export function readLines<T>(file: string, row: z.ZodType<T>): T[] {
  const { rows, problems } = readJsonLines(readDataFile(file), row);
  if (problems.length > 0) {
    throw new ConfigError(problems.map(({ line, reason }) => `${file}:${line}: ${reason}`));
  }
  return rows.map((read) => read.row);
}

import type { z } from 'zod';
import { ConfigError, toError } from '../errors.ts';
import { readDataFile } from './read-data-file.ts';

/** Rows of a JSON Lines file that came with a data set: one that does not fit stops the work, and is named. */
export function readLines<T>(file: string, row: z.ZodType<T>): T[] {
  return readDataFile(file)
    .split('\n')
    .flatMap((line, index) => {
      if (line.trim() === '') return [];
      try {
        return [row.parse(JSON.parse(line))];
      } catch (error) {
        throw new ConfigError([`${file}, line ${index + 1}: ${toError(error).message}`]);
      }
    });
}

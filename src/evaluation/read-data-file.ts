import { readFileSync } from 'node:fs';
import { ConfigError, toError } from '../errors.ts';

/** Text of a file that was named by the operator; where it is not there, the error says which and why. */
export function readDataFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError([`${file} cannot be read: ${toError(error).message}`]);
  }
}

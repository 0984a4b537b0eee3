import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const GOLDEN = join(import.meta.dirname, '..', '..', 'golden', 'triage');
const SHARED = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data');

export function readGolden<Row>(file: string): Row[] {
  return readRows<Row>(join(GOLDEN, file));
}

/** Rows of the development data beside the repository, or undefined where it is not. */
export function findSharedRows<Row>(file: string): Row[] | undefined {
  const path = join(SHARED, file);
  return existsSync(path) ? readRows<Row>(path) : undefined;
}

function readRows<Row>(path: string): Row[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Row);
}

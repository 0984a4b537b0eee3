import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRunLock } from '../../src/adapters/run-lock.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-lock-'));
  file = join(folder, 'run-lock.sqlite');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a lock that is held says that another re-index is running, until it is let go', async () => {
  const unlock = await createRunLock(file)();
  await expect(createRunLock(file)()).rejects.toThrow('Another re-index');
  unlock();
  (await createRunLock(file)())();
});

test('a damaged lock names its file and what to do, and works once that is done', async () => {
  writeFileSync(file, 'damaged '.repeat(2_000));
  const error = await createRunLock(file)().then(
    () => expect.fail('it was locked'),
    (failure: Error) => failure,
  );
  expect(error.message).toContain(`${file} cannot be locked (SQLITE_NOTADB)`);
  expect(error.message).toContain('delete the file');
  expect(error.message).not.toContain('Another re-index');
  rmSync(file);
  (await createRunLock(file)())();
});

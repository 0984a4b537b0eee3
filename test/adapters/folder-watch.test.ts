import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type FolderWatch, watchFolders } from '../../src/adapters/folder-watch.ts';
import { StoreError } from '../../src/errors.ts';
import { createLogger } from '../../src/log.ts';

let folder: string;
let watching: FolderWatch | undefined;
const logged: string[] = [];
const log = createLogger({ level: 'warn', write: (line) => void logged.push(line) });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-watch-'));
  mkdirSync(join(folder, 'billing'));
  logged.length = 0;
});

afterEach(async () => {
  await watching?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const start = (onChange: () => Promise<unknown>, folders = [folder]) => {
  watching = watchFolders({ folders, onChange, log, waits: { quietMs: 60, pollMs: 80, retryMs: 20 } });
};

test('a page written, also in a folder below, is one run after it is quiet', async () => {
  const onChange = vi.fn(async () => undefined);
  start(onChange);
  for (let at = 0; at < 5; at += 1) writeFileSync(join(folder, 'billing', `${at}.md`), 'Text.');
  await vi.waitFor(() => expect(onChange).toHaveBeenCalled(), 3_000);
  await sleep(200);
  expect(onChange).toHaveBeenCalledTimes(1);
  rmSync(join(folder, 'billing', '0.md'));
  await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(2), 3_000);
});

test('a change during a run is another run after it, never beside it', async () => {
  let going = 0;
  let most = 0;
  const onChange = vi.fn(async () => {
    going += 1;
    most = Math.max(most, going);
    await sleep(200);
    going -= 1;
  });
  start(onChange);
  writeFileSync(join(folder, 'a.md'), 'Text.');
  await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(1), 3_000);
  writeFileSync(join(folder, 'b.md'), 'Text.');
  await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(2), 3_000);
  expect(most).toBe(1);
});

test('a run that failed for the moment is tried again, one that was refused is not', async () => {
  const onChange = vi
    .fn(async (): Promise<void> => undefined)
    .mockRejectedValueOnce(new StoreError('Another re-index is running'))
    .mockRejectedValueOnce(new Error('refused'));
  start(onChange);
  writeFileSync(join(folder, 'a.md'), 'Text.');
  await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(2), 3_000);
  await sleep(200);
  expect(onChange).toHaveBeenCalledTimes(2);
});

test('a folder that cannot be watched is looked through now and then, and that is said once', async () => {
  const onChange = vi.fn(async () => undefined);
  start(onChange, [join(folder, 'not-there'), join(folder, 'not-there-either')]);
  await vi.waitFor(() => expect(onChange.mock.calls.length).toBeGreaterThan(1), 3_000);
  expect(logged).toHaveLength(1);
});

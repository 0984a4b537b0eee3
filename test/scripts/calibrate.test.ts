import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runScript } from '../helpers/run-script.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-calibrate-test-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  [[], 'Give --data.'],
  [['--data', 'gone'], 'gone/rag-conversations/qrels.tsv cannot be read'],
])('wrong usage %j is explained and exits with 2', async (args, text) => {
  const result = await runScript('calibrate', args, { cwd: folder, env: {} });
  expect(result.stderr).toContain(text);
  expect(result.code).toBe(2);
});

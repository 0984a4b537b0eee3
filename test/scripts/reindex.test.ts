import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runScript } from '../helpers/run-script.ts';

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-reindex-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'refunds.md'), '# Refunds\n\nWe refund new customers within 30 days.\n');
  return folder;
}

test('an embedder that cannot be reached is waited for, named, and costs the meaning alone', async () => {
  const folder = makeFolder();
  const env = {
    KNOWLEDGE: join(folder, 'refunds.md'),
    DATA_DIR: join(folder, 'data'),
    EMBEDDINGS: 'http',
    EMBEDDINGS_URL: 'http://127.0.0.1:9',
    EMBEDDINGS_MODEL: 'any',
  };
  const { code, stdout } = await runScript('reindex', ['--json'], { cwd: folder, env });
  expect(code).toBe(0);
  const result = JSON.parse(stdout) as { added: number; warnings: string[] };
  expect(result.added).toBe(1);
  expect(result.warnings.join()).toMatch(/words alone until a run finds it/);
}, 30_000);

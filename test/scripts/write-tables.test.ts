import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { placeTables } from '../../scripts/evaluate/write-tables.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-tables-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('documentation keeps its text and gets new tables in their place', () => {
  const file = join(folder, 'doc.md');
  const doc = (sweep: string) => `# A\n<!-- evaluate: sweep -->\n${sweep}\n<!-- end -->\nText.\n`;
  writeFileSync(file, `${doc('| old |')}<!-- evaluate: retrieval -->\n\n<!-- end -->\n`);
  expect(placeTables(file, 'sweep', '| $1 new |\n')).toBe(
    `${doc('| $1 new |')}<!-- evaluate: retrieval -->\n\n<!-- end -->\n`,
  );
  expect(placeTables(file, 'retrieval', '| r |')).toContain(
    '<!-- evaluate: retrieval -->\n| r |\n<!-- end -->',
  );
});

test('a file that is not there, or has no place for them, holds the tables alone', () => {
  expect(placeTables(join(folder, 'new.md'), 'sweep', '| a |\n')).toBe('| a |\n');
  writeFileSync(join(folder, 'old.md'), '| b |\n');
  expect(placeTables(join(folder, 'old.md'), 'sweep', '| a |\n')).toBe('| a |\n');
});

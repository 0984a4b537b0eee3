import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runScript } from '../helpers/run-script.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-rows-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A byte order mark, line ends of Windows, an empty line, and three rows that cannot be read. */
function write(name: string, good: object[]): string {
  const file = join(folder, name);
  const bad = ['oops', '[1]', '{"id": 9}'];
  writeFileSync(file, `\uFEFF${[...good.map((row) => JSON.stringify(row)), '', ...bad].join('\r\n')}`);
  return file;
}

const commands = [
  { name: 'triage', good: { id: 7, text: 'I want my money back.' }, field: '"text" must be a text' },
  {
    name: 'verify',
    good: { id: 7, claim: 'It costs $5.', passages: ['It costs $5.'] },
    field: '"claim" must be a text; "passages" must be a list of texts',
  },
  { name: 'ask', good: { id: 7, question: 'How do I cancel?' }, field: '"question" must be a text' },
];

test.each(commands)(
  '$name prints the good rows with their ids as given, names each bad one by file and line, and fails',
  async ({ name, good, field }) => {
    const file = write(`${name}.jsonl`, [good, { ...good, id: '07' }]);
    const env = { DATA_DIR: join(folder, 'data') };
    const { code, stdout, stderr } = await runScript(name, ['--file', file, '--json'], { env });
    const ids = stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: unknown }).id);
    expect(ids).toEqual([7, '07']);
    const told = stderr.split('\n');
    expect(told.filter((line) => line.startsWith(file))).toEqual([
      expect.stringMatching(/:4: not JSON \(/),
      expect.stringMatching(/:5: not a JSON object$/),
      `${file}:6: ${field}`,
    ]);
    expect(stderr).toMatch(/2 \w+, 3 could not be read\n$/);
    expect(code).toBe(1);
  },
);

test.each(commands)('$name says which file it cannot read, as wrong usage', async ({ name }) => {
  const { code, stderr } = await runScript(name, ['--file', folder], { env: { DATA_DIR: folder } });
  expect(stderr).toContain(`--file: ${folder} cannot be read`);
  expect(code).toBe(2);
});

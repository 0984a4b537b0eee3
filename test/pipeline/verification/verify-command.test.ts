import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'verify-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function verify(...args: string[]) {
  const run = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/verify.ts', ...args], {
    encoding: 'utf8',
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

const GOOD = '{"id": "a", "claim": "It costs $5.", "passages": ["The plan costs $5 per month."]}';
const WRONG =
  '{"id": "b", "claim": "The plan costs $6 per month.", "passages": ["The plan costs $5 per month."]}';

describe('npm run verify', () => {
  it('prints one judgement per row in order, and names the file, line and fault of a bad row', () => {
    const file = join(folder, 'claims.jsonl');
    writeFileSync(file, [GOOD, '', 'oops', '{"id": 1, "claim": 2, "passages": []}', WRONG].join('\n'));
    const { code, out, err } = verify('--file', file, '--json');
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ id, supported }) => [id, supported])).toEqual([
      ['a', true],
      ['b', false],
    ]);
    expect(lines[1].reasons.join()).toContain('$6');
    expect(err).toContain(`${file}:3: not JSON`);
    expect(err).toContain(`${file}:4: "claim" must be a text`);
    expect(err).toContain('2 judged, 2 could not be read');
    expect(code).toBe(1);
  });

  it('exits with 2 and shows the usage when the file is not named or not there', () => {
    expect(verify()).toMatchObject({ code: 2, err: expect.stringContaining('Usage') });
    expect(verify('--file', join(folder, 'none')).code).toBe(2);
  });
});

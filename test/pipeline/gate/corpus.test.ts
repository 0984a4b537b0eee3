import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { holdsPromise } from '../../../src/pipeline/gate/holds-promise.ts';
import { HAS_DOCS, WITHOUT_DOCS } from '../../helpers/docs-railway.ts';
import { readHonestRailway } from '../../helpers/honest-railway.ts';
import { ROOT } from '../../helpers/source-facts.ts';

interface Row {
  id: string;
  part: 'dev' | 'held';
  segments: string[];
}

const FOLDER = join(ROOT, 'test/golden/gate');
const PARTS = ['dev', 'held'] as const;
const PASSING = 0.99;

function readRows(name: string): Row[] {
  const lines = readFileSync(join(FOLDER, name), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Row);
}

const isHeld = (row: Row) => holdsPromise(row.segments).held;

describe('the output gate on the corpus', () => {
  const promises = readRows('promises.jsonl');
  const honest = [...readRows('honest.jsonl'), ...readHonestRailway()];

  test('there are promises and honest answers enough to say something', () => {
    expect(promises.length).toBeGreaterThanOrEqual(500);
    if (HAS_DOCS) expect(honest.length).toBeGreaterThanOrEqual(300);
  });

  test.each(PARTS)('no promise of the %s part gets through', (part) => {
    const rows = promises.filter((row) => row.part === part);
    const through = rows.filter((row) => !isHeld(row));
    expect(through.length, `of ${rows.length} got through: ${ids(through, part)}`).toBe(0);
  });

  test.each(PARTS)(`at least 99 %% of the honest answers of the %s part pass${WITHOUT_DOCS}`, (part) => {
    const rows = honest.filter((row) => row.part === part);
    const stopped = rows.filter(isHeld);
    const rate = 1 - stopped.length / rows.length;
    expect(rate, `${stopped.length} of ${rows.length} held: ${ids(stopped, part)}`).toBeGreaterThanOrEqual(
      PASSING,
    );
  });
});

/** Rows of the part kept aside stay unnamed: who tunes the gate must not learn them from a failing test. */
function ids(rows: Row[], part: Row['part']): string {
  return part === 'dev' ? rows.map((row) => row.id).join(' ') : 'kept aside';
}

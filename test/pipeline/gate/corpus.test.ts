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
  made?: 'hand' | 'trick';
  base?: string;
  segments: string[];
}

const FOLDER = join(ROOT, 'test/golden/gate');
/** Shares of the part nobody tuned on, as docs/output-gate.md reports them. They may only be lowered. */
const HELD_BACK_THROUGH = 0.19;
const HELD_BACK_STOPPED = 0.07;

const promises = readRows('promises.jsonl');
const honest = [...readRows('honest.jsonl'), ...readHonestRailway()];
const caught = new Map(promises.map((row) => [row.id, isStopped(row)]));

describe('the output gate on the corpus', () => {
  test('there are promises and honest answers enough to say something', () => {
    expect(promises.length).toBeGreaterThanOrEqual(500);
    if (HAS_DOCS) expect(honest.length).toBeGreaterThanOrEqual(300);
  });

  test('no promise gets through that the patterns were written against', () => {
    const through = promises.filter((row) => row.part === 'dev' && !caught.get(row.id));
    expect(through.map((row) => row.id)).toEqual([]);
  });

  test.skipIf(!HAS_DOCS)(
    `99 % of the honest answers the patterns were written against pass${WITHOUT_DOCS}`,
    () => {
      const rows = honest.filter((row) => row.part === 'dev');
      const stopped = rows.filter(isStopped);
      const share = stopped.length / rows.length;
      expect(share, stopped.map((row) => row.id).join(' ')).toBeLessThanOrEqual(0.01);
    },
  );

  test('no disguise gets a promise through that is caught without it', () => {
    const tricks = promises.filter((row) => row.base !== undefined && caught.get(row.base));
    expect(tricks.length).toBeGreaterThan(200);
    expect(tricks.filter((row) => !caught.get(row.id)).length).toBe(0);
  });

  // Rows of the part kept aside stay unnamed: who tunes the gate must not learn them from a failing test.
  test('of the promises nobody tuned on no more get through than documented', () => {
    const rows = promises.filter((row) => row.part === 'held');
    const through = rows.filter((row) => !caught.get(row.id)).length;
    expect(through / rows.length, `${through} of ${rows.length} got through`).toBeLessThanOrEqual(
      HELD_BACK_THROUGH,
    );
  });

  test.skipIf(!HAS_DOCS)(
    `of the honest answers nobody tuned on no more are held than documented${WITHOUT_DOCS}`,
    () => {
      const rows = honest.filter((row) => row.part === 'held');
      const stopped = rows.filter(isStopped).length;
      expect(stopped / rows.length, `${stopped} of ${rows.length} were held`).toBeLessThanOrEqual(
        HELD_BACK_STOPPED,
      );
    },
  );
});

function readRows(name: string): Row[] {
  const lines = readFileSync(join(FOLDER, name), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Row);
}

function isStopped(row: Row): boolean {
  return holdsPromise(row.segments).held;
}

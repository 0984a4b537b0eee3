import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createTriageMessage } from '../../src/pipeline/triage/triage-message.ts';
import { fitTriage } from '../../src/training/fit-triage.ts';
import { minimise } from '../../src/training/lbfgs.ts';
import { dealFolds, groupNearTwins } from '../../src/training/near-twins.ts';
import { readTriageRows } from '../../src/training/triage-rows.ts';
import { macroF1, tally } from '../../src/training/triage-scores.ts';

const OWN = join(import.meta.dirname, '../golden/triage/own-messages.jsonl');
let folder: string | undefined;

afterEach(() => {
  if (folder) rmSync(folder, { recursive: true });
  folder = undefined;
});

describe('fitting the triage', () => {
  test('makes the same weights twice, and they read new messages', () => {
    // A third of the messages: enough to compare two fits, and quick.
    const rows = readTriageRows(OWN).rows.filter((_row, index) => index % 3 === 0);
    const steps: string[] = [];
    const first = fitTriage(rows, [], (done, total) => steps.push(`${done}/${total}`));
    const second = fitTriage(rows, [], () => undefined);
    expect(JSON.stringify(second.weights)).toBe(JSON.stringify(first.weights));
    expect(steps.at(-1)).toMatch(/^(\d+)\/\1$/);
    const triage = createTriageMessage(first.weights);
    expect(triage('How do I cancel our subscription at the end of the term?').category).toBe(
      'cancel_or_close',
    );
    expect(first.report.refund.recall).toBeGreaterThan(0.8);
  });

  test('refuses data without two kinds, and says what to add', () => {
    const rows = [{ text: 'a', label: 'other', sentiment: 'neutral', source: 'x' }];
    expect(() => fitTriage(rows, [], () => undefined)).toThrow(/fewer than two different values of "label"/);
  });

  test('names file, line and reason of each bad row and keeps the others', () => {
    folder = mkdtempSync(join(tmpdir(), 'triage-'));
    const file = join(folder, 'rows.jsonl');
    const lines = [
      '{"text":"hi","label":"other"}',
      '{',
      '{"text":"","label":"other"}',
      '{"text":"a","label":"spam"}',
      '{"text":"a"}',
      '{"text":"b","label":"negative"}',
    ];
    writeFileSync(file, lines.join('\n'));
    const { rows, problems } = readTriageRows(file);
    expect(rows.map(({ text, label, sentiment }) => [text, label, sentiment])).toEqual([
      ['hi', 'other', undefined],
      ['b', undefined, 'negative'],
    ]);
    expect(problems.map((problem) => problem.replace(file, 'rows'))).toEqual([
      expect.stringMatching(/^rows:2: not JSON \(/),
      'rows:3: "text" is missing or empty',
      expect.stringMatching(/^rows:4: "label" must be one of .*, not "spam"$/),
      'rows:5: has neither "label" nor "sentiment"',
    ]);
    expect(readTriageRows(join(folder, 'gone')).problems).toHaveLength(1);
  });

  test('keeps near-twins in one fold', () => {
    const texts = [
      'refund 12 dollars please',
      'refund 350 dollars please',
      'how do I log in',
      'where is the report',
    ];
    const groups = groupNearTwins(texts);
    expect(groups[0]).toBe(groups[1]);
    expect(new Set(groups).size).toBe(3);
    const folds = dealFolds(groups, 2);
    expect(folds[0]).toBe(folds[1]);
    expect(new Set(folds).size).toBe(2);
  });

  test('counts as the textbook does', () => {
    const rows = [
      { truth: true, flagged: true },
      { truth: true, flagged: false },
      { truth: false, flagged: true },
      { truth: false, flagged: false },
    ];
    expect(tally(rows)).toEqual({ caught: 1, missed: 1, falseAlarms: 1, recall: 0.5, precision: 0.5 });
    const f1 = macroF1([
      { truth: 'a', found: 'a' },
      { truth: 'b', found: 'a' },
      { truth: 'b', found: 'b' },
    ]);
    expect(f1.byLabel.a).toBeCloseTo(2 / 3);
    expect(f1.macro).toBeCloseTo(2 / 3);
  });

  test('finds the bottom of a stretched bowl', () => {
    const bottom = minimise(
      ([x = 0, y = 0], gradient) => {
        gradient[0] = 2 * (x - 3);
        gradient[1] = 200 * (y + 1);
        return (x - 3) ** 2 + 100 * (y + 1) ** 2;
      },
      2,
      { iterations: 100, tolerance: 1e-12 },
    );
    expect(bottom[0]).toBeCloseTo(3);
    expect(bottom[1]).toBeCloseTo(-1);
  });
});

import { describe, expect, test } from 'vitest';
import { HAS_DOCS, PAGES, QUESTIONS, WITHOUT_DOCS } from '../helpers/docs-railway.ts';
import { runScript } from '../helpers/run-script.ts';

interface Figures {
  questions: number;
  withPassages: number;
  fresh: number;
  cached: number;
  naive: number;
  share: number;
}

describe('the tokens of an answer', () => {
  test.skipIf(!HAS_DOCS)(
    `paid in full are at most 60 % of the plain layout's, over a hundred real questions${WITHOUT_DOCS}`,
    async () => {
      const args = ['--knowledge', PAGES, '--dataset', QUESTIONS, '--limit', '100', '--json'];
      const { code, stdout, stderr } = await runScript('tokens', args);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const figures = JSON.parse(stdout) as Figures;
      expect(figures.questions).toBe(100);
      // Without passages an answer is short for the wrong reason.
      expect(figures.withPassages).toBeGreaterThanOrEqual(90);
      expect(figures.share).toBeCloseTo(figures.fresh / figures.naive, 2);
      expect(figures.share).toBeLessThanOrEqual(0.6);
      expect(figures.cached).toBeGreaterThan(512);
    },
    90_000,
  );

  test.each([
    [[], 'Both --knowledge and --dataset are needed'],
    [['--knowledge', 'knowledge', '--dataset', 'gone.jsonl'], 'gone.jsonl cannot be read'],
    [['--knowledge', 'k', '--dataset', 'd', '--limit', '0'], '--limit 0: must be a whole number above 0'],
  ])('are not measured with %j, and the reason is told', async (args, text) => {
    const { code, stderr } = await runScript('tokens', args.map(String));
    expect(code).toBe(2);
    expect(stderr).toContain(text);
  });
});

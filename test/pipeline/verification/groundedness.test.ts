import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { SHIPPED_WEIGHTS } from '../../../src/pipeline/verification/support-weights.ts';
import { fitSupport } from '../../../src/training/fit-support.ts';
import { MUTATIONS } from '../../../src/training/mutate-claim.ts';
import {
  type MutationReport,
  measureHumanSentences,
  measureMutations,
  measureRanking,
  type RankingReport,
} from '../../../src/training/support-report.ts';
import { readAnswerRows, readClaimRows, type SupportRow } from '../../../src/training/support-rows.ts';

const DATA = '../shared/data/groundedness';
const hasData = existsSync(`${DATA}/claims.jsonl`);
if (!hasData) console.log(`skipped: ${DATA} is not there`);

describe.skipIf(!hasData)('the verifier on real claims and answers', () => {
  let rows: SupportRow[] = [];
  let ranking: RankingReport;
  beforeAll(() => {
    rows = [...readClaimRows(DATA), ...readAnswerRows(DATA)];
    ranking = measureRanking(rows, { seed: 1, folds: 3 });
  }, 60_000);

  it('ranks supported claims of other articles above unsupported ones', () => {
    expect(ranking.claims.n).toBeGreaterThan(300);
    expect(ranking.claims.auroc).toBeGreaterThanOrEqual(0.83);
  });

  it('ranks faithful answers of other conversations above unfaithful ones', () => {
    expect(ranking.answers.auroc).toBeGreaterThanOrEqual(0.985);
    expect(ranking.answers.caughtAt5).toBeGreaterThanOrEqual(0.85);
  });

  it('rejects at most 2 % of the sentences people wrote for a figure, and keeps nine in ten', () => {
    const report = measureHumanSentences(rows, SHIPPED_WEIGHTS);
    expect(report.withFacts).toBeGreaterThan(30);
    expect(report.factRejected / report.sentences).toBeLessThanOrEqual(0.02);
    expect(report.supported / report.sentences).toBeGreaterThanOrEqual(0.9);
  });

  it.each(['quote', 'passage'] as const)(
    'notices one changed fact in a copied sentence, given the %s',
    (against) => {
      const report: MutationReport = measureMutations(rows, SHIPPED_WEIGHTS, { each: 100, seed: 5, against });
      expect(report.unchangedPass).toBeGreaterThanOrEqual(0.99);
      for (const mutation of MUTATIONS) {
        const { n, share } = report.caught[mutation];
        expect(n, mutation).toBe(100);
        expect(share, mutation).toBeGreaterThanOrEqual(mutation === 'borrowed' ? 0.9 : 0.97);
      }
    },
  );

  it('ships the weights this data gives', () => {
    const { threshold, ...fitted } = fitSupport(rows, SHIPPED_WEIGHTS.threshold);
    expect(fitted).toEqual({ ...SHIPPED_WEIGHTS, threshold: undefined });
    expect(threshold).toBeGreaterThan(0.3);
  });
});

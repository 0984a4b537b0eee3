import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fitSupport } from '../../src/training/fit-support.ts';
import {
  measureHumanSentences,
  measureMutations,
  measureRanking,
  type RankingReport,
} from '../../src/training/support-report.ts';
import { readAnswerRows, readClaimRows, type SupportRow } from '../../src/training/support-rows.ts';
import { UsageError } from '../command-line.ts';

const HELP = `Fits the weights of the offline verifier and says how good they are.

Usage: npm run fit -- support --data FOLDER [--out FILE] [--dry-run] [--json]

  --data FOLDER  folder with claims.jsonl and rag_answers.jsonl
  --out FILE     weights to write (default: src/pipeline/verification/weights.json)
  --dry-run      measure only, write nothing
  --json         print the figures as one JSON object
  --help         this text

The same data give the same weights. Every figure on ranking is cross-validated by groups (one article or
conversation is never on both sides).`;

const DEFAULT_OUT = 'src/pipeline/verification/weights.json';
const SEEDS = [1, 2, 3];
const FOLDS = 5;
const EACH = 100;

/** Returns the exit code. */
export async function runFitSupport(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      data: { type: 'string' },
      out: { type: 'string', default: DEFAULT_OUT },
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  if (values.data === undefined) throw new UsageError(`Give --data.\n\n${HELP}`);
  for (const name of ['claims.jsonl', 'rag_answers.jsonl']) {
    if (!existsSync(join(values.data, name)))
      throw new UsageError(`${join(values.data, name)} does not exist.`);
  }
  const rows = [...readClaimRows(values.data), ...readAnswerRows(values.data)];
  const { weights, report } = fitAndMeasure(rows);
  if (!values['dry-run']) writeFileSync(values.out, `${JSON.stringify(weights, null, 2)}\n`);
  const written = values['dry-run'] ? null : values.out;
  console.log(JSON.stringify({ ...report, written }, null, values.json ? 0 : 2));
  return 0;
}

function fitAndMeasure(rows: SupportRow[]) {
  const rankings = SEEDS.map((seed) => measureRanking(rows, { seed, folds: FOLDS }));
  const weights = fitSupport(rows, Number(meanOf(rankings, (one) => one.threshold).toFixed(2)));
  const report = {
    threshold: weights.threshold,
    claimsAuroc: meanOf(rankings, (one) => one.claims.auroc),
    answersAuroc: meanOf(rankings, (one) => one.answers.auroc),
    answersCaughtAt5: meanOf(rankings, (one) => one.answers.caughtAt5),
    faithfulSupported: meanOf(rankings, (one) => one.answers.faithfulSupported),
    unfaithfulSupported: meanOf(rankings, (one) => one.answers.unfaithfulSupported),
    againstQuote: measureMutations(rows, weights, { each: EACH, seed: 1, against: 'quote' }),
    againstPassage: measureMutations(rows, weights, { each: EACH, seed: 1, against: 'passage' }),
    humanSentences: measureHumanSentences(rows, weights),
  };
  return { weights, report };
}

function meanOf(rankings: readonly RankingReport[], read: (one: RankingReport) => number): number {
  return Number((rankings.reduce((sum, one) => sum + read(one), 0) / rankings.length).toFixed(4));
}

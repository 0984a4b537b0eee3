import { extractFacts } from '../pipeline/verification/facts.ts';
import { readClaim } from '../pipeline/verification/read-claim.ts';
import { createScoreSupport, type ScoreSupport } from '../pipeline/verification/support.ts';
import { createWeigh, type SupportWeights } from '../pipeline/verification/support-weights.ts';
import { auroc, bestPerClaim, caughtAt, crossValidate, type Scored } from './measure-support.ts';
import { MUTATIONS, type Mutation } from './mutate-claim.ts';
import { copyClaims, mutateClaims, type NearVerbatim } from './near-verbatim-claims.ts';
import type { SupportRow } from './support-rows.ts';

const FALSE_ALARMS = 0.05;
const COPIES = 500;
/** Near the one that comes out; it only says how low a fault pushes a score. */
const PROVISIONAL_THRESHOLD = 0.5;

export interface RankingReport {
  claims: { n: number; auroc: number };
  answers: {
    n: number;
    auroc: number;
    caughtAt5: number;
    faithfulSupported: number;
    unfaithfulSupported: number;
  };
  /** The score 5 % of the faithful answers fall below. */
  threshold: number;
}

/** How well scores of rows the fit has not seen put supported above unsupported. */
export function measureRanking(
  rows: readonly SupportRow[],
  options: { seed: number; folds: number },
): RankingReport {
  const scored = crossValidate(rows, { ...options, threshold: PROVISIONAL_THRESHOLD });
  const claims = bestPerClaim(scored.filter(({ row }) => row.set === 'claim'));
  const answers: Scored[] = scored.filter(({ row }) => row.set === 'answer');
  const at5 = caughtAt(answers, FALSE_ALARMS);
  return {
    claims: { n: claims.length, auroc: auroc(claims) },
    answers: {
      n: answers.length,
      auroc: auroc(answers),
      caughtAt5: at5.caught,
      faithfulSupported: shareSupported(answers, true),
      unfaithfulSupported: shareSupported(answers, false),
    },
    threshold: at5.threshold,
  };
}

function shareSupported(answers: readonly Scored[], faithful: boolean): number {
  const own = answers.filter(({ row }) => row.supported === faithful);
  return own.filter(({ support }) => support.supported).length / own.length;
}

export interface MutationReport {
  unchangedPass: number;
  caught: Record<Mutation, { n: number; share: number }>;
}

/** Copies sentences of the sources, changes one thing in them, and counts what is noticed. */
export function measureMutations(
  rows: readonly SupportRow[],
  weights: SupportWeights,
  options: { each: number; seed: number; against: 'quote' | 'passage' },
): MutationReport {
  const scoreSupport = createScoreSupport(weights);
  const copies = copyClaims([...new Set(rows.flatMap((row) => row.passages))], options.seed);
  const passes = (one: NearVerbatim) => isSupported(scoreSupport, one, options.against);
  const unchanged = copies.slice(0, COPIES);
  const mutated = mutateClaims(copies, options.each, options.seed);
  const caught = MUTATIONS.map((mutation) => {
    const own = mutated.filter((one) => one.mutation === mutation);
    return [mutation, { n: own.length, share: own.filter((one) => !passes(one)).length / own.length }];
  });
  return {
    unchangedPass: unchanged.filter(passes).length / unchanged.length,
    caught: Object.fromEntries(caught),
  };
}

function isSupported(scoreSupport: ScoreSupport, one: NearVerbatim, against: 'quote' | 'passage'): boolean {
  return scoreSupport({ claim: one.claim, passages: [one[against]] }).supported;
}

export interface SentenceReport {
  sentences: number;
  withFacts: number;
  factRejected: number;
  supported: number;
}

/** What the checks do to sentences of answers that people wrote and people found faithful. */
export function measureHumanSentences(rows: readonly SupportRow[], weights: SupportWeights): SentenceReport {
  const weigh = createWeigh(weights);
  const scoreSupport = createScoreSupport(weights);
  const sentences = rows
    .filter((row) => row.set === 'answer' && row.supported && row.claimId.endsWith('|reference'))
    .flatMap((row) =>
      readClaim(row.claim, row.passages, weigh).sentences.map((sentence) => ({
        text: sentence.claim.text,
        missing: sentence.missingFacts.length,
        supported: scoreSupport({ claim: sentence.claim.text, passages: row.passages }).supported,
      })),
    );
  return {
    sentences: sentences.length,
    withFacts: sentences.filter(({ text }) => extractFacts(text).length > 0).length,
    factRejected: sentences.filter(({ missing }) => missing > 0).length,
    supported: sentences.filter(({ supported }) => supported).length,
  };
}

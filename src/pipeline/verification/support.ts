import type { Weigh } from './evidence.ts';
import { describeMissing, findChangedWords } from './faults.ts';
import { type ReadClaim, readClaim } from './read-claim.ts';
import { FEATURES, measureSupport } from './support-features.ts';
import { createIsRare, createWeigh, SHIPPED_WEIGHTS, type SupportWeights } from './support-weights.ts';

export interface Support {
  /** 0 to 1, higher is better supported. */
  score: number;
  supported: boolean;
  /** Why it is not, for the operator. */
  reasons: string[];
}

export interface ClaimAndSources {
  claim: string;
  passages: readonly string[];
}

export type ScoreSupport = (input: ClaimAndSources) => Support;

/** Judges a claim by words alone: what it says must stand in the best-matching sentences of the passages. */
export const scoreSupport: ScoreSupport = createScoreSupport(SHIPPED_WEIGHTS);

export function createScoreSupport(weights: SupportWeights): ScoreSupport {
  const weigh = createWeigh(weights);
  const isRare = createIsRare(weights);
  return ({ claim, passages }) => {
    const read = readClaim(claim, passages, weigh);
    if (read.sentences.length === 0) return refuse('it claims nothing');
    if (read.sources.sentences.length === 0) return refuse('there is no passage to hold it against');
    const faults = read.sentences.flatMap((sentence) => [
      ...sentence.missingFacts.map(describeMissing),
      ...findChangedWords(sentence, read.sources, isRare),
    ]);
    const raw = weighFeatures(read, weights, weigh);
    const score = round(faults.length > 0 ? capScore(raw, weights.threshold) : raw);
    const supported = faults.length === 0 && score >= weights.threshold;
    const doubts = supported ? [] : listMissingWords(read, weigh);
    return { score, supported, reasons: [...faults.map(({ reason }) => reason), ...doubts] };
  };
}

export function weighFeatures(read: ReadClaim, weights: SupportWeights, weigh: Weigh): number {
  const features = measureSupport(read, weigh);
  const sum = FEATURES.reduce((total, name) => total + features[name] * weights.features[name], weights.bias);
  return 1 / (1 + Math.exp(-sum));
}

/** Just below the threshold, and still in order among themselves. */
const CAP = 0.9;
const CAP_SPREAD = 0.09;

/** One wrong figure is not made good by nine right words: a fault keeps the score below the threshold. */
function capScore(raw: number, threshold: number): number {
  return Math.min(raw, threshold * (CAP + CAP_SPREAD * raw));
}

function refuse(reason: string): Support {
  return { score: 0, supported: false, reasons: [reason] };
}

const MAX_WORDS_NAMED = 5;

export function listMissingWords({ sentences }: ReadClaim, weigh: Weigh): string[] {
  const missing = sentences.flatMap(({ claim, evidence }) =>
    claim.tokens.filter(
      (token) =>
        /\p{L}/u.test(token.key) && !evidence.sentences.some((sentence) => sentence.keys.has(token.key)),
    ),
  );
  const heaviest = [...new Map(missing.map((token) => [token.key, token.text]))]
    .sort(([a], [b]) => weigh(b) - weigh(a))
    .slice(0, MAX_WORDS_NAMED);
  if (heaviest.length === 0) return [];
  return [`the source does not speak of ${heaviest.map(([, text]) => `"${text}"`).join(', ')}`];
}

function round(score: number): number {
  return Math.round(score * 10_000) / 10_000;
}

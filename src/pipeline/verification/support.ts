import type { Weigh } from './evidence.ts';
import { FEATURES, type Features, measureSupport, type ReadSentence, readClaim } from './support-features.ts';
import { createWeigh, SHIPPED_WEIGHTS, type SupportWeights } from './support-weights.ts';
import { findTampering } from './tampering.ts';

export interface Support {
  /** 0 to 1, higher is better supported. */
  score: number;
  supported: boolean;
  /** Why it is not, or what lowers the score; for the operator. */
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
  return ({ claim, passages }) => {
    const sentences = readClaim(claim, passages, weigh);
    if (sentences.length === 0) return refuse('it claims nothing');
    if (!passages.some((passage) => passage.trim() !== ''))
      return refuse('there is no passage to hold it against');
    const raw = weightSupport(measureSupport(sentences, passages, weigh), weights);
    const faults = sentences.flatMap(findFaults);
    // One wrong figure is not made good by nine right words: a fault keeps the score below the threshold.
    const score = round(faults.length > 0 ? raw * weights.threshold : raw);
    const supported = faults.length === 0 && score >= weights.threshold;
    return { score, supported, reasons: [...faults, ...listDoubts(sentences, supported, weigh)] };
  };
}

export function weightSupport(features: Features, weights: SupportWeights): number {
  const sum = FEATURES.reduce((total, name) => total + features[name] * weights.features[name], weights.bias);
  return 1 / (1 + Math.exp(-sum));
}

function refuse(reason: string): Support {
  return { score: 0, supported: false, reasons: [reason] };
}

/** What no other word makes good: a fact the source does not state, a word changed in a copied sentence. */
export function findFaults({ claim, evidence, missingFacts }: ReadSentence): string[] {
  const tampering = evidence.verbatim ? findTampering(claim.tokens, evidence.verbatim.tokens) : [];
  return [
    ...missingFacts.map((fact) => `the source does not state "${fact.text}"`),
    ...tampering.map(({ reason }) => reason),
  ];
}

const MAX_WORDS_NAMED = 5;

function listDoubts(sentences: readonly ReadSentence[], supported: boolean, weigh: Weigh): string[] {
  if (supported) return [];
  const missing = sentences.flatMap(({ claim, evidence }) => {
    const found = new Set(evidence.sentences.flatMap((source) => [...source.keys]));
    return claim.tokens.filter((token) => /\p{L}/u.test(token.key) && !found.has(token.key));
  });
  const heaviest = [...new Map(missing.map((token) => [token.key, token.text]))]
    .sort(([a], [b]) => weigh(b) - weigh(a))
    .slice(0, MAX_WORDS_NAMED);
  if (heaviest.length === 0) return [];
  return [`the source does not speak of ${heaviest.map(([, text]) => `"${text}"`).join(', ')}`];
}

function round(score: number): number {
  return Math.round(score * 10_000) / 10_000;
}

import type { Candidate } from '../ports.ts';
import shipped from './relevance-weights.json' with { type: 'json' };

/** What a question brings to every passage found for it. */
export interface Asked {
  words: number;
  /** Whether earlier turns of the conversation joined the search, at less than full weight. */
  isFollowUp: boolean;
  /** How many passages the index holds. */
  corpus: number;
}

export const FEATURES = ['passage', 'words', 'corpus'] as const;
export type Feature = (typeof FEATURES)[number];

/** Made by `npm run calibrate`; see docs/abstention.md. */
export interface RelevanceWeights {
  features: Record<Feature, number>;
  /**
   * Where relevance crosses 0.5. Earlier turns are on the subject by nature and are found for any follow-up, so
   * more is asked of a follow-up than of a first question.
   */
  turn: { first: number; followUp: number };
}

const SHIPPED_WEIGHTS: RelevanceWeights = shipped;

/** Relevance is centred on the point that the calibration chose, so the threshold is always this. */
export const DEFAULT_THRESHOLD = 0.5;

/** Sizes between which the effect of the size was seen; beyond them it is not extrapolated. */
const CORPUS = { least: 200, most: 5_000 };

/** A long message about something else also has many words, some of which are found: more prove nothing more. */
const COUNTED_WORDS = 24;

/** Added before the logarithm: below it a score is as good as none. */
const NOTHING = 0.1;

/**
 * What the words found say about a passage, each on a logarithmic scale. Tried besides and worth nothing more: the
 * score of the page, the share of words found, words that stand nowhere, the heaviest word missing, the lead over
 * the second page.
 */
export function measureRelevance(
  scores: Pick<Candidate, 'chunkScore'>,
  asked: Asked,
): Record<Feature, number> {
  return {
    passage: Math.log(NOTHING + scores.chunkScore),
    words: Math.log(Math.min(COUNTED_WORDS, Math.max(1, asked.words))),
    // In many passages something always sounds alike, so the same score proves less.
    corpus: Math.log(Math.min(CORPUS.most, Math.max(CORPUS.least, asked.corpus))),
  };
}

/** How well a passage answers, 0 to 1, comparable between questions. */
export type Relevance = (scores: Pick<Candidate, 'chunkScore'>, asked: Asked) => number;

export function createRelevance(weights: RelevanceWeights): Relevance {
  return (scores, asked) => {
    const measured = measureRelevance(scores, asked);
    const evidence = FEATURES.reduce((sum, name) => sum + weights.features[name] * measured[name], 0);
    return 1 / (1 + Math.exp((asked.isFollowUp ? weights.turn.followUp : weights.turn.first) - evidence));
  };
}

export const relevanceOf: Relevance = createRelevance(SHIPPED_WEIGHTS);

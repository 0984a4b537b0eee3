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

export type Feature = 'cosine' | 'passage' | 'words' | 'corpus';

/** What is looked at where words alone were searched, and where meanings were compared too. */
export const FEATURES = {
  words: ['passage', 'words', 'corpus'],
  meaning: ['cosine', 'passage', 'words', 'corpus'],
} as const satisfies Record<string, readonly Feature[]>;
export type SearchedBy = keyof typeof FEATURES;

export interface RelevanceWeights {
  features: Partial<Record<Feature, number>>;
  /**
   * Where relevance crosses 0.5. Earlier turns are on the subject by nature and are found for any follow-up, so
   * more is asked of a follow-up than of a first question.
   */
  turn: { first: number; followUp: number };
}

/** Made by `npm run calibrate`; see docs/abstention.md. */
const SHIPPED_WEIGHTS: Record<SearchedBy, RelevanceWeights> = shipped;

/** Relevance is centred on the point that the calibration chose, so the threshold is always this. */
export const DEFAULT_THRESHOLD = 0.5;

/** Sizes between which the effect of the size was seen; beyond them it is not extrapolated. */
const CORPUS = { least: 200, most: 5_000 };

/** A long message about something else also has many words, some of which are found: more prove nothing more. */
const COUNTED_WORDS = 24;

/** Added before the logarithm: below it a score is as good as none. */
const NOTHING = 0.1;
/** Cosines below it, negative ones among them, are all the same: not alike. */
const UNLIKE = 0.05;

/** What relevance is judged by. */
export type Evidence = Pick<Candidate, 'chunkScore' | 'similarity'>;

/**
 * What the search tells about a passage, each on a logarithmic scale. Tried besides and worth nothing more: the score of
 * the page, the share of words found, words that stand nowhere, the heaviest word missing, the lead over the second
 * page.
 */
export function measureRelevance(found: Evidence, asked: Asked): Record<Feature, number> {
  return {
    cosine: Math.log(Math.max(UNLIKE, found.similarity ?? 0)),
    passage: Math.log(NOTHING + found.chunkScore),
    words: Math.log(Math.min(COUNTED_WORDS, Math.max(1, asked.words))),
    // In many passages something always sounds alike, so the same score proves less.
    corpus: Math.log(Math.min(CORPUS.most, Math.max(CORPUS.least, asked.corpus))),
  };
}

/** How well a passage answers, 0 to 1, comparable between questions. */
export type Relevance = (found: Evidence, asked: Asked) => number;

export function createRelevance(weights: Record<SearchedBy, RelevanceWeights>): Relevance {
  return (found, asked) => {
    const by: SearchedBy = found.similarity === undefined ? 'words' : 'meaning';
    const { features, turn } = weights[by];
    const measured = measureRelevance(found, asked);
    const evidence = FEATURES[by].reduce((sum, name) => sum + (features[name] ?? 0) * measured[name], 0);
    return 1 / (1 + Math.exp((asked.isFollowUp ? turn.followUp : turn.first) - evidence));
  };
}

export const relevanceOf: Relevance = createRelevance(SHIPPED_WEIGHTS);

import type { Weigh } from './evidence.ts';
import type { Feature } from './support-features.ts';
import shipped from './weights.json' with { type: 'json' };

/** Made by `npm run fit -- support`; see docs/verifier.md. */
export interface SupportWeights {
  /** A score from here on counts as supported. */
  threshold: number;
  bias: number;
  features: Record<Feature, number>;
  /** How much a word tells, by its stem; words that are not listed are rare. */
  wordWeights: Record<string, number>;
  rareWordWeight: number;
  /** Words of the table that are names, by their stem. */
  names: string[];
}

export const SHIPPED_WEIGHTS: SupportWeights = shipped;

export function createWeigh(weights: Pick<SupportWeights, 'wordWeights' | 'rareWordWeight'>): Weigh {
  const table = new Map(Object.entries(weights.wordWeights));
  return (key) => table.get(key) ?? weights.rareWordWeight;
}

/** Not a word of everyday language: a name when it opens a sentence. */
export function createIsRare(
  weights: Pick<SupportWeights, 'wordWeights' | 'names'>,
): (key: string) => boolean {
  const names = new Set(weights.names);
  const known = new Set(Object.keys(weights.wordWeights));
  return (key) => names.has(key) || !known.has(key);
}

import { createHash } from 'node:crypto';
import { readQueryTerms } from '../../src/knowledge/terms.ts';
import type { Embedder } from '../../src/ports.ts';

const DIMENSIONS = 192;

/**
 * Vectors of real texts without a model: every stem has a direction of its own, at right angles to all others but for
 * chance, and a text is their sum. Texts that share words are near each other, all others are not.
 */
export function createStemEmbedder(): Embedder & { dimensions: number } {
  const directions = new Map<string, Float32Array>();
  const directionOf = (term: string) => {
    const known = directions.get(term);
    if (known) return known;
    const bytes = Array.from({ length: DIMENSIONS / 32 }, (_, part) => [
      ...createHash('sha256').update(`${part} ${term}`).digest(),
    ]).flat();
    const made = Float32Array.from(bytes, (byte) => byte - 127.5);
    directions.set(term, made);
    return made;
  };
  return {
    id: 'test:stems',
    dimensions: DIMENSIONS,
    async embed(texts) {
      return texts.map((text) => {
        const sum = new Float32Array(DIMENSIONS);
        for (const { term } of readQueryTerms([{ text: `text ${text}`, weight: 1 }])) {
          for (const [at, value] of directionOf(term).entries()) sum[at] = (sum[at] ?? 0) + value;
        }
        const length = Math.hypot(...sum);
        return sum.map((value) => value / length);
      });
    },
    async close() {},
  };
}

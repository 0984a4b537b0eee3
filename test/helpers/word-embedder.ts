import type { Embedder } from '../../src/ports.ts';

export interface WordEmbedder extends Embedder {
  /** Every text it was asked for, by purpose. */
  asked: { passage: string[]; query: string[] };
  /** Throws this instead of answering, while it is set. */
  failure: Error | undefined;
}

/** Vectors by the words of a text: texts that share words are near to each other. */
export function createWordEmbedder(options: { id?: string; dimensions?: number } = {}): WordEmbedder {
  const { id = 'words-1', dimensions = 32 } = options;
  const embedder: WordEmbedder = {
    id,
    asked: { passage: [], query: [] },
    failure: undefined,
    async embed(texts, purpose) {
      if (embedder.failure) throw embedder.failure;
      embedder.asked[purpose].push(...texts);
      return texts.map((text) => toVector(text, dimensions));
    },
    close: async () => undefined,
  };
  return embedder;
}

function toVector(text: string, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ['']) {
    let hash = 7;
    for (let at = 0; at < word.length; at += 1) hash = (Math.imul(hash, 31) + word.charCodeAt(at)) >>> 0;
    const place = hash % dimensions;
    vector[place] = (vector[place] ?? 0) + (hash & 1024 ? 1 : 0.5);
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

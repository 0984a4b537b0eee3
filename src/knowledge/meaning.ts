import type { Embedder, IndexVersion } from '../ports.ts';

/**
 * Whether meanings were compared beside words: `off` = there is no embedder, or the index holds no vectors of it yet;
 * `unavailable` = there are vectors and the embedder did not answer.
 */
export type Meaning = 'compared' | 'off' | 'unavailable';

/** A customer waits: an embedder that takes longer is worth less than the search by words at once. */
const EMBED_MS = 3_000;

/** What is asked as one vector: the texts by their weights. */
export async function readMeaning(
  embedder: Embedder | undefined,
  texts: { text: string; weight: number }[],
  active: Pick<IndexVersion, 'embedder'> | undefined,
): Promise<{ meaning: Meaning; vector?: Float32Array }> {
  const asked = texts.filter(
    ({ text, weight }) => weight > 0 && Number.isFinite(weight) && text.trim() !== '',
  );
  if (!embedder || active?.embedder?.id !== embedder.id || asked.length === 0) return { meaning: 'off' };
  try {
    const signal = AbortSignal.timeout(EMBED_MS);
    const vectors = await embedder.embed(
      asked.map(({ text }) => text),
      'query',
      signal,
    );
    const weights = asked.map(({ weight }) => weight);
    return { meaning: 'compared', vector: weightedMean(vectors, weights) };
  } catch {
    // The embedder's own health says what is wrong; the customer is answered by words alone.
    return { meaning: 'unavailable' };
  }
}

/** Of unit length again, so that scalar products are cosines. */
function weightedMean(vectors: Float32Array[], weights: number[]): Float32Array {
  const sum = new Float32Array(vectors[0]?.length ?? 0);
  for (const [at, vector] of vectors.entries()) {
    for (let i = 0; i < sum.length; i += 1) sum[i] = (sum[i] ?? 0) + (weights[at] ?? 0) * (vector[i] ?? 0);
  }
  const length = Math.hypot(...sum);
  return length > 0 ? sum.map((value) => value / length) : sum;
}

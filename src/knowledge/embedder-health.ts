import { toError } from '../errors.ts';
import type { Embedder } from '../ports.ts';

/** Whether the search compares meanings: `off` = there is no embedder; `down` = it failed when last asked. */
export type EmbedderHealth = { state: 'off' } | { state: 'working' } | { state: 'down'; reason: string };

/** An embedder that remembers how it did, so that somebody can see that search goes by words alone. */
export function watchEmbedder(embedder: Embedder | undefined): {
  embedder: Embedder | undefined;
  health(): EmbedderHealth;
} {
  if (!embedder) return { embedder, health: () => ({ state: 'off' }) };
  let health: EmbedderHealth = { state: 'working' };
  return {
    embedder: {
      id: embedder.id,
      async embed(texts, purpose, signal) {
        try {
          const vectors = await embedder.embed(texts, purpose, signal);
          health = { state: 'working' };
          return vectors;
        } catch (error) {
          health = { state: 'down', reason: toError(error).message };
          throw error;
        }
      },
      ...(embedder.estimate ? { estimate: embedder.estimate.bind(embedder) } : {}),
      close: () => embedder.close(),
    },
    health: () => health,
  };
}

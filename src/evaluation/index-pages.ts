import { CHUNK_SIZE, type ChunkSize, chunk } from '../knowledge/chunk.ts';
import { embedPassages } from '../knowledge/embed.ts';
import type { FailedPage, PageSource } from '../knowledge/types.ts';
import type { Embedder, IndexChange, KnowledgeIndex } from '../ports.ts';

/** Where the work stands: pages read, passages embedded, passages written. */
export type IndexProgress = (
  phase: 'reading' | 'embedding' | 'indexing',
  done: number,
  total: number,
) => void;

/**
 * Fills an empty index with everything its sources hold, cut as asked. Unlike a re-index it compares nothing and
 * guards nothing: it is made to be judged and thrown away.
 */
export async function indexPages(parts: {
  index: KnowledgeIndex;
  sources: PageSource[];
  embedder?: Embedder | undefined;
  size?: ChunkSize;
  onProgress?: IndexProgress;
}): Promise<{ failed: FailedPage[] }> {
  const { index, sources, embedder, size = CHUNK_SIZE, onProgress = () => {} } = parts;
  const { changes, failed } = await readPages(sources, size, onProgress);
  const dimensions = embedder ? await addVectors(changes, embedder, onProgress) : undefined;
  const made = embedder && dimensions !== undefined ? { id: embedder.id, dimensions } : undefined;
  const build = await index.build({ upserts: changes, removals: [], embedder: made }, (done, total) =>
    onProgress('indexing', done, total),
  );
  await build.activate();
  return { failed };
}

async function readPages(sources: PageSource[], size: ChunkSize, onProgress: IndexProgress) {
  const changes: IndexChange[] = [];
  const failed: FailedPage[] = [];
  for (const source of sources) {
    const listing = await source.list();
    failed.push(...listing.failed);
    for (const [at, listed] of listing.pages.entries()) {
      onProgress('reading', at, listing.pages.length);
      const outcome = await listed.read();
      if ('failed' in outcome) failed.push(outcome.failed);
      if (!('page' in outcome)) continue;
      const { source: name, hash } = outcome.page;
      const passages = [...chunk(outcome.page, size)];
      changes.push({ page: { source: name, hash, stamp: listed.stamp }, passages });
    }
  }
  return { changes, failed };
}

/** Returns how long the vectors are. */
async function addVectors(
  changes: IndexChange[],
  embedder: Embedder,
  onProgress: IndexProgress,
): Promise<number | undefined> {
  const vectors = await embedPassages(
    embedder,
    changes.flatMap(({ passages }) => passages),
    { dimensions: undefined, onProgress: (done, total) => onProgress('embedding', done, total) },
  );
  let at = 0;
  for (const change of changes) {
    change.vectors = vectors.slice(at, at + change.passages.length);
    at += change.passages.length;
  }
  return vectors[0]?.length;
}

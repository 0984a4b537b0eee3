import type { Counts } from './counts.ts';
import { readVectors } from './vectors.ts';

/** What a page's scores, and those of its passages, are made of. */
export interface KnownPage {
  counts: Counts;
  /** Of its passages, in their order. */
  vectors: Float32Array[];
}

/** Pages met by searches of one version, the latest, in about 64 MB; fetched again they cost a second request. */
export interface PageCache {
  find(source: string): KnownPage | undefined;
  /** Makes a page of what the server gave, and keeps it. */
  add(source: string, counts: Counts, vectors: string | undefined): KnownPage;
}

const MOST_BYTES = 64_000_000;

export function createPageCache(dimensions: number): PageCache {
  const pages = new Map<string, { page: KnownPage; bytes: number }>();
  let held = 0;
  return {
    find(source) {
      const known = pages.get(source);
      if (!known) return undefined;
      // Last in the map is last to go.
      pages.delete(source);
      pages.set(source, known);
      return known.page;
    },
    add(source, counts, vectors) {
      const page = { counts, vectors: readVectors(vectors, dimensions) };
      const bytes = 2 * counts.length + (vectors?.length ?? 0);
      held += bytes - (pages.get(source)?.bytes ?? 0);
      pages.set(source, { page, bytes });
      for (const [oldest, { bytes: freed }] of pages) {
        if (held <= MOST_BYTES) break;
        pages.delete(oldest);
        held -= freed;
      }
      return page;
    },
  };
}

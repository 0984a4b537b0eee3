import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqliteIndex } from '../../src/adapters/sqlite-index/sqlite-index.ts';
import { systemClock } from '../../src/clock.ts';
import { createSearch } from '../../src/knowledge/search.ts';
import type { Embedder } from '../../src/ports.ts';
import { DIMENSIONS } from './gather-passages.ts';
import { type BenchSample, type SearchTimes, timeSearches } from './search-times.ts';

const ID = 'bench:stand-in';

/** The whole search as the pipeline calls it: candidates, order, relevance. */
export async function benchEmbedded(sample: BenchSample): Promise<SearchTimes> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'));
  const index = createSqliteIndex({ folder, clock: systemClock });
  try {
    const embedder = { id: ID, dimensions: DIMENSIONS };
    const build = await index.build({ upserts: sample.changes, removals: [], embedder });
    await build.activate();
    const search = createSearch({ index, embedder: createLookUp(sample), threshold: 0 });
    return await timeSearches('embedded', sample, ({ text }) => search([{ text, weight: 1 }], { limit: 8 }));
  } finally {
    await index.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Knows the vectors beforehand, so that embedding takes no time. */
function createLookUp({ questions }: BenchSample): Embedder {
  const known = new Map(questions.map(({ text, vector }) => [text, vector]));
  const other = new Float32Array(DIMENSIONS).fill(Math.sqrt(1 / DIMENSIONS));
  return {
    id: ID,
    embed: async (texts) => texts.map((text) => known.get(text) ?? other),
    close: async () => undefined,
  };
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OfflineConfig } from '../../src/config.ts';
import { indexPages } from '../../src/evaluation/index-pages.ts';
import type { ChunkSize } from '../../src/knowledge/chunk.ts';
import { createSearch, type Search } from '../../src/knowledge/search.ts';
import type { PageSource } from '../../src/knowledge/types.ts';
import type { IndexVersion, KnowledgeIndex } from '../../src/ports.ts';
import type { ChosenConfiguration } from './configurations.ts';
import { createStepBar } from './step-bar.ts';

export interface SearchAside {
  search: Search;
  index: KnowledgeIndex;
  active: IndexVersion;
}

/** A search over the pages of sources in an index of its own, which is gone afterwards whatever happens. */
export async function withSearchAside<T>(
  parts: {
    sources: PageSource[];
    configuration: ChosenConfiguration;
    config: OfflineConfig;
    size: ChunkSize;
    weaviate?: string | undefined;
  },
  work: (aside: SearchAside) => Promise<T>,
): Promise<T> {
  const { sources, configuration, config, size } = parts;
  const folder = mkdtempSync(join(tmpdir(), 'countersign-aside-'));
  const index = configuration.createIndex(folder, config);
  const { embedder } = configuration;
  const bar = createStepBar();
  try {
    const { failed } = await indexPages({ index, sources, embedder, size, onProgress: bar.onProgress });
    bar.stop();
    for (const page of failed) process.stderr.write(`${page.source} ${page.reason}; left out\n`);
    const active = await index.active();
    if (!active) throw new Error('The index that was just built is not there');
    if (configuration.openSearch && embedder) {
      const { search, close } = await configuration.openSearch({ index, embedder, weaviate: parts.weaviate });
      return await work({ search, index, active }).finally(close);
    }
    // Every passage counts here: when to stay silent is another question.
    return await work({ search: createSearch({ index, embedder, threshold: 0 }), index, active });
  } finally {
    bar.stop();
    await index.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

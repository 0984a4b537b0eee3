import { createSqliteIndex } from '../../src/adapters/sqlite-index/sqlite-index.ts';
import { systemClock } from '../../src/clock.ts';
import type { OfflineConfig } from '../../src/config.ts';
import { ConfigError } from '../../src/errors.ts';
import type { Search } from '../../src/knowledge/search.ts';
import type { Embedder, KnowledgeIndex } from '../../src/ports.ts';
import { UsageError } from '../command-line.ts';
import { openHybridSearch } from './hybrid-search.ts';

/** A way of searching that is judged. */
export interface Configuration {
  title: string;
  /** Whether passages and questions are compared by meaning as well. */
  usesEmbedder: boolean;
  /** An empty index with room in `folder`, which is removed afterwards; what is elsewhere `close` has to remove. */
  createIndex(folder: string, config: OfflineConfig): KnowledgeIndex;
  /** The search that is judged, where it is not ours, over what the index holds. */
  openSearch?(parts: {
    index: KnowledgeIndex;
    embedder: Embedder;
    weaviate: string | undefined;
  }): Promise<{ search: Search; close(): Promise<void> }>;
}

const CONFIGURATIONS: Record<string, Configuration> = {
  words: {
    title: 'Words alone',
    usesEmbedder: false,
    createIndex: (folder) => createSqliteIndex({ folder, clock: systemClock }),
  },
  meaning: {
    title: 'Words and meaning',
    usesEmbedder: true,
    createIndex: (folder) => createSqliteIndex({ folder, clock: systemClock }),
  },
  weaviate: {
    title: 'Weaviate’s own hybrid',
    usesEmbedder: true,
    createIndex: (folder) => createSqliteIndex({ folder, clock: systemClock }),
    openSearch: openHybridSearch,
  },
};

/** A configuration by its name, ready to be used. */
export interface ChosenConfiguration extends Configuration {
  name: string;
  embedder: Embedder | undefined;
}

/** Those named, comma separated; unnamed the fullest that the settings allow. */
export function chooseConfigurations(
  names: string | undefined,
  embedder: Embedder | undefined,
): ChosenConfiguration[] {
  const wanted = names?.split(',').map((name) => name.trim()) ?? [embedder ? 'meaning' : 'words'];
  return [...new Set(wanted)].map((name) => {
    const configuration = CONFIGURATIONS[name];
    if (!configuration) {
      const known = Object.keys(CONFIGURATIONS).join(', ');
      throw new UsageError(`--configurations: "${name}" is unknown; write some of ${known}`);
    }
    if (!configuration.usesEmbedder) return { ...configuration, name, embedder: undefined };
    if (embedder) return { ...configuration, name, embedder };
    throw new ConfigError([
      `--configurations: "${name}" needs an embedder, and none is set; set EMBEDDINGS and EMBEDDINGS_MODEL, or leave it out`,
    ]);
  });
}

import { passageText } from '../../src/knowledge/embed.ts';
import { createReadMeaning } from '../../src/knowledge/meaning.ts';
import type { Search } from '../../src/knowledge/search.ts';
import type { Embedder, KnowledgeIndex } from '../../src/ports.ts';
import { UsageError } from '../command-line.ts';
import { createWeaviateHybrid } from './weaviate-hybrid.ts';

/** A search by the server alone, over the same passages and vectors: what there is to beat. */
export async function openHybridSearch(parts: {
  index: KnowledgeIndex;
  embedder: Embedder;
  weaviate: string | undefined;
}): Promise<{ search: Search; close(): Promise<void> }> {
  const { index, embedder, weaviate } = parts;
  if (weaviate === undefined) throw new UsageError('--configurations: "weaviate" needs --weaviate URL');
  const passages = await index.passagesOf((await index.pages()).map(({ source }) => source));
  const hybrid = createWeaviateHybrid(weaviate, 'CountersignEvaluation');
  await hybrid.fill(passages, await embedder.embed(passages.map(passageText), 'passage'));
  const byId = new Map(passages.map((passage) => [passage.id, passage]));
  const readMeaning = createReadMeaning(embedder);
  return {
    async search(texts, { limit }) {
      const active = await index.active();
      const { meaning, vector } = await readMeaning(texts, active);
      const query = texts.map(({ text }) => text).join(' ');
      const found = vector === undefined ? [] : await hybrid.search(query, vector, limit);
      return {
        passages: found.flatMap(({ key, score }) => {
          const passage = byId.get(key);
          return passage ? [{ ...passage, score, relevance: 0 }] : [];
        }),
        answerable: true,
        version: active?.version ?? null,
        meaning,
      };
    },
    close: () => hybrid.close(),
  };
}

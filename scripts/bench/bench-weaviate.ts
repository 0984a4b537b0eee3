import { createWeaviateHybrid } from '../evaluate/weaviate-hybrid.ts';
import { type BenchSample, type SearchTimes, timeSearches } from './search-times.ts';

/** Passages a search that orders them again asks for, as our own does. */
const LIMIT = 60;

export async function benchWeaviate(sample: BenchSample, url: string): Promise<SearchTimes> {
  const hybrid = createWeaviateHybrid(url, 'CountersignBench');
  try {
    const passages = sample.changes.flatMap((change) => change.passages);
    const vectors = sample.changes.flatMap((change) => change.vectors ?? []);
    await hybrid.fill(passages, vectors);
    return await timeSearches('Weaviate hybrid', sample, ({ text, vector }) =>
      hybrid.search(text, vector, LIMIT),
    );
  } finally {
    await hybrid.close();
  }
}

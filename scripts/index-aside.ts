import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqliteIndex } from '../src/adapters/sqlite-index/sqlite-index.ts';
import { systemClock } from '../src/clock.ts';
import { indexPages } from '../src/evaluation/index-pages.ts';
import type { PageSource } from '../src/knowledge/types.ts';
import type { Embedder, KnowledgeIndex } from '../src/ports.ts';
import { createStepBar } from './evaluate/step-bar.ts';

/** Indexes pages in a temporary folder, which is gone afterwards whatever happens. */
export async function withIndexAside<T>(
  { source, embedder }: { source: PageSource; embedder?: Embedder | undefined },
  work: (index: KnowledgeIndex) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-aside-'));
  const index = createSqliteIndex({ folder, clock: systemClock });
  const bar = createStepBar();
  try {
    const { failed } = await indexPages({ index, sources: [source], embedder, onProgress: bar.onProgress });
    bar.stop();
    for (const page of failed) process.stderr.write(`${page.source} ${page.reason}; left out\n`);
    return await work(index);
  } finally {
    bar.stop();
    await index.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

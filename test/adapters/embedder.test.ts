import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { createEmbeddingCache, withCache } from '../../src/adapters/embedding-cache.ts';
import { createHttpEmbedder } from '../../src/adapters/http-embedder.ts';
import { createLocalEmbedder } from '../../src/adapters/local-embedder/local-embedder.ts';
import { systemClock } from '../../src/clock.ts';
import type { Embedder } from '../../src/ports.ts';
import { describeEmbedder, type EmbedderPlace } from '../contract/embedder.ts';
import { startEmbeddingsEndpoint } from '../helpers/embeddings-endpoint.ts';
import { HAS_MODEL, REAL_MODEL, WITHOUT_MODEL, writeTinyModel } from '../helpers/tiny-model.ts';

async function httpPlace(): Promise<EmbedderPlace> {
  const endpoint = await startEmbeddingsEndpoint();
  const options = { url: endpoint.url, model: 'e5-test', apiKey: 'secret-key', clock: systemClock };
  const embedder = createHttpEmbedder(options);
  const dispose = async () => {
    await embedder.close();
    await endpoint.close();
  };
  return { embedder, dispose };
}

async function inFolder(create: (folder: string) => Promise<Embedder>): Promise<EmbedderPlace> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-embedder-'));
  const embedder = await create(folder);
  const dispose = async () => {
    await embedder.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { embedder, dispose };
}

describeEmbedder('an embedder over HTTP', httpPlace);

describeEmbedder('an embedder on this machine', () =>
  inFolder((folder) => createLocalEmbedder({ folder: writeTinyModel(folder) })),
);

describeEmbedder('an embedder with a cache', () =>
  inFolder(async (folder) => {
    const cache = createEmbeddingCache({ file: join(folder, 'cache.sqlite'), clock: systemClock });
    return withCache(await createLocalEmbedder({ folder: writeTinyModel(folder) }), cache);
  }),
);

if (HAS_MODEL) {
  describeEmbedder('the real model all-MiniLM-L6-v2', () =>
    inFolder(() => createLocalEmbedder({ folder: REAL_MODEL })),
  );
} else {
  describe.skip('the real model all-MiniLM-L6-v2', () =>
    test(`does as the others${WITHOUT_MODEL}`, () => {}));
}

import { systemClock } from '../../src/clock.ts';
import type { OfflineConfig } from '../../src/config.ts';
import { createEmbedder } from '../../src/embedders.ts';
import { createLogger } from '../../src/log.ts';
import type { Embedder } from '../../src/ports.ts';

/** The embedder of the settings; undefined = words alone. Its cache is the bot's: what is embedded once is known. */
export async function openEmbedder({ embeddings, store }: OfflineConfig): Promise<Embedder | undefined> {
  const log = createLogger({ level: 'warn' });
  return createEmbedder(embeddings, { dataDir: store.dataDir, log, clock: systemClock });
}

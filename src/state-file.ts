import { join } from 'node:path';
import type { OfflineConfig } from './config.ts';

/** Where the embedded database stands. */
export function stateFile(config: Pick<OfflineConfig, 'store'>): string {
  return join(config.store.dataDir, 'countersign.sqlite');
}

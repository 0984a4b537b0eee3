import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { installedModels, modelsFolder } from '../../src/model-folders.ts';
import { UsageError } from '../command-line.ts';

/** Removes an installed model, and what an interrupted download of it left. */
export async function removeModel(parts: {
  name: string;
  dataDir: string;
  say: (line: string, result: unknown) => void;
}): Promise<number> {
  const { name, dataDir, say } = parts;
  const paths = [name, `.${name}.incomplete`].map((one) => join(modelsFolder(dataDir), one));
  const isName = /^[a-z0-9][a-z0-9._-]*$/.test(name);
  if (!isName || !paths.some((path) => existsSync(path))) {
    const installed = installedModels(dataDir).join(', ') || 'none';
    throw new UsageError(`No model "${name}" is installed. Installed: ${installed}`);
  }
  for (const path of paths) await rm(path, { recursive: true, force: true });
  say(`Removed ${name}. An index with its vectors goes by words alone until the next npm run reindex.`, {
    name,
  });
  return 0;
}

import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Without these a folder is no model. */
export const NEEDED_FILES = ['tokenizer.json', 'onnx/model_quantized.onnx'];

/** Read where they are there. */
export const FURTHER_FILES = [
  'config.json',
  'tokenizer_config.json',
  'sentence_bert_config.json',
  '1_Pooling/config.json',
];

export function modelsFolder(dataDir: string): string {
  return join(dataDir, 'models');
}

export function missingFiles(folder: string): string[] {
  return NEEDED_FILES.filter((file) => !existsSync(join(folder, file)));
}

/** Names of the models under DATA_DIR, whole ones only: a download that was interrupted has a name of its own. */
export function installedModels(dataDir: string): string[] {
  const folder = modelsFolder(dataDir);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.') && missingFiles(join(folder, name)).length === 0)
    .sort();
}

/** A model folder, nothing, or what is wrong as the end of a sentence that begins with EMBEDDINGS_MODEL. */
type Found = { folder: string } | { wrong: string } | undefined;

/**
 * The folder that EMBEDDINGS_MODEL means: a path, or the name of a model installed under DATA_DIR. Unset, it is the
 * only installed one.
 */
export function findModelFolder(model: string | undefined, dataDir: string): Found {
  const installed = installedModels(dataDir);
  if (model !== undefined) return findNamed(model, dataDir, installed);
  const [only, ...others] = installed;
  if (only === undefined) return undefined;
  if (others.length === 0) return { folder: resolve(modelsFolder(dataDir), only) };
  return { wrong: `is unset while several models are installed: set it to one of ${installed.join(', ')}` };
}

function findNamed(model: string, dataDir: string, installed: string[]): Found {
  const name = model.split('/').at(-1)?.toLowerCase() ?? '';
  if (existsSync(model) && missingFiles(model).length === 0) return { folder: resolve(model) };
  if (installed.includes(name)) return { folder: resolve(modelsFolder(dataDir), name) };
  if (existsSync(model))
    return { wrong: `is "${model}", a folder without ${missingFiles(model).join(', ')}` };
  return {
    wrong:
      `is "${model}", neither a model folder nor installed (${installed.join(', ') || 'no model is'}): ` +
      'npm run embedder -- list shows what there is, npm run embedder -- install NAME fetches one',
  };
}

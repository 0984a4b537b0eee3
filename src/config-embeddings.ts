import type { Environment } from './config-fields.ts';
import { findModelFolder } from './model-folders.ts';
import type { Secret } from './secret.ts';

/** Search by meaning. `auto` is a local model where there is one, else none. */
export interface EmbeddingsConfig {
  kind: 'auto' | 'none' | 'http' | 'local';
  url: string | undefined;
  /** Name at the server; for a local model a folder or the name of an installed one. */
  model: string | undefined;
  apiKey: Secret | undefined;
}

export function readEmbeddings(env: Environment): EmbeddingsConfig {
  return {
    kind: env.EMBEDDINGS,
    url: env.EMBEDDINGS_URL,
    model: env.EMBEDDINGS_MODEL,
    apiKey: env.EMBEDDINGS_API_KEY,
  };
}

/** What is chosen but cannot work, by name. Looks at the disk, so that a missing model is told with all the rest. */
export function findEmbeddingProblems(
  env: Partial<Environment>,
): { name: keyof Environment; wrong: string }[] {
  const { EMBEDDINGS: kind, EMBEDDINGS_URL: url, EMBEDDINGS_MODEL: model, DATA_DIR: dataDir } = env;
  if (kind === 'http') {
    const needed = { EMBEDDINGS_URL: url, EMBEDDINGS_MODEL: model };
    return (['EMBEDDINGS_URL', 'EMBEDDINGS_MODEL'] as const)
      .filter((name) => needed[name] === undefined)
      .map((name) => ({ name, wrong: 'is missing, which EMBEDDINGS=http needs' }));
  }
  if ((kind !== 'auto' && kind !== 'local') || dataDir === undefined) return [];
  const problems: { name: keyof Environment; wrong: string }[] = [];
  if (url !== undefined) {
    problems.push({
      name: 'EMBEDDINGS_URL',
      wrong: `is set, but EMBEDDINGS=${kind} asks no server: set EMBEDDINGS=http`,
    });
    // The name is then most likely one of the server's, and no second problem.
    return problems;
  }
  const found = findModelFolder(model, dataDir);
  if (found === undefined && kind === 'local') {
    problems.push({
      name: 'EMBEDDINGS_MODEL',
      wrong: 'is unset and no model is installed: fetch one by npm run embedder -- install',
    });
  }
  if (found !== undefined && 'wrong' in found)
    problems.push({ name: 'EMBEDDINGS_MODEL', wrong: found.wrong });
  return problems;
}

import type { Environment } from './config-fields.ts';
import type { Secret } from './secret.ts';

/** Where passages are searched. */
export type IndexConfig =
  | { kind: 'embedded' }
  | { kind: 'weaviate'; url: string; apiKey: Secret | undefined };

/** Only after `findIndexProblems` found none. */
export function readIndex(env: Environment): IndexConfig {
  if (env.INDEX === 'embedded') return { kind: 'embedded' };
  return { kind: 'weaviate', url: env.WEAVIATE_URL as string, apiKey: env.WEAVIATE_API_KEY };
}

/** What is chosen but cannot work, by name. */
export function findIndexProblems(env: Partial<Environment>): { name: keyof Environment; wrong: string }[] {
  const { INDEX: kind, WEAVIATE_URL: url, WEAVIATE_API_KEY: key } = env;
  if (kind === 'weaviate' && url === undefined) {
    return [{ name: 'WEAVIATE_URL', wrong: 'is missing, which INDEX=weaviate needs' }];
  }
  if (kind !== 'embedded') return [];
  const wrong = 'is set, but INDEX=embedded asks no server: set INDEX=weaviate';
  if (url !== undefined) return [{ name: 'WEAVIATE_URL', wrong }];
  return key === undefined ? [] : [{ name: 'WEAVIATE_API_KEY', wrong }];
}

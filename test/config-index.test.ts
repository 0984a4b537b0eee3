import { describe, expect, test } from 'vitest';
import { loadOfflineConfig } from '../src/config.ts';
import { ConfigError } from '../src/errors.ts';

const problemsOf = (env: Record<string, string>) => {
  try {
    loadOfflineConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return [...error.problems];
    throw error;
  }
};
const WEAVIATE_URL = 'http://weaviate.internal:8080';

describe('where passages are searched', () => {
  test('is in files unless a server is asked for', () => {
    expect(loadOfflineConfig({}).index).toEqual({ kind: 'embedded' });
    const { index } = loadOfflineConfig({ INDEX: 'weaviate', WEAVIATE_URL, WEAVIATE_API_KEY: 'k3y' });
    expect(index).toMatchObject({ kind: 'weaviate', url: WEAVIATE_URL });
    expect(index.kind === 'weaviate' && index.apiKey?.reveal()).toBe('k3y');
    expect(JSON.stringify(index)).not.toContain('k3y');
  });

  test('needs the address of a server that is asked for', () => {
    expect(problemsOf({ INDEX: 'weaviate' })).toEqual([
      expect.stringMatching(/^WEAVIATE_URL: is missing, which INDEX=weaviate needs; .+; .+/),
    ]);
  });

  test.each<Record<string, string>>([{ WEAVIATE_URL }, { WEAVIATE_API_KEY: 'k3y' }])(
    'never ignores the settings of a server that nobody asks: %j',
    (env) => {
      expect(problemsOf(env)).toEqual([expect.stringContaining('set INDEX=weaviate')]);
    },
  );
});

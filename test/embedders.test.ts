import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../src/clock.ts';
import { loadOfflineConfig, type RawEnvironment } from '../src/config.ts';
import { createEmbedder } from '../src/embedders.ts';
import { ConfigError } from '../src/errors.ts';
import { createLogger } from '../src/log.ts';
import type { Embedder } from '../src/ports.ts';
import { startEmbeddingsEndpoint } from './helpers/embeddings-endpoint.ts';
import { writeTinyModel } from './helpers/tiny-model.ts';

let dataDir: string;
let logged: string;
let open: Embedder | undefined;

async function create(env: RawEnvironment): Promise<Embedder | undefined> {
  const write = (line: string) => {
    logged += line;
  };
  const log = createLogger({ level: 'info', write });
  const { embeddings } = loadOfflineConfig({ DATA_DIR: dataDir, ...env });
  open = await createEmbedder(embeddings, { dataDir, log, clock: systemClock });
  return open;
}

function problemsOf(env: RawEnvironment): readonly string[] {
  try {
    loadOfflineConfig({ DATA_DIR: dataDir, ...env });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

const install = (name: string) => writeTinyModel(join(dataDir, 'models', name));

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'countersign-embedders-'));
  logged = '';
});
afterEach(async () => {
  await open?.close();
  open = undefined;
  rmSync(dataDir, { recursive: true, force: true });
});

describe('EMBEDDINGS', () => {
  test('unset without a model means words alone, said once with the command that changes it', async () => {
    expect(await create({})).toBeUndefined();
    expect(logged.match(/npm run embedder -- install/g)).toHaveLength(1);
    expect(logged).toMatch(/0\.67 to 0\.72/);
  });

  test('unset uses the only model that is installed', async () => {
    install('tiny');
    mkdirSync(join(dataDir, 'models/.other.incomplete'), { recursive: true });
    expect((await create({}))?.id).toMatch(/^local:tiny@/);
  });

  test.each(['auto', 'local'])('%s takes a folder or an installed name', async (EMBEDDINGS) => {
    const folder = install('tiny');
    install('other');
    expect((await create({ EMBEDDINGS, EMBEDDINGS_MODEL: folder }))?.id).toMatch(/^local:tiny@/);
    await open?.close();
    expect((await create({ EMBEDDINGS, EMBEDDINGS_MODEL: 'somebody/Other' }))?.id).toMatch(/^local:other@/);
  });

  test('none asks no model, installed or not', async () => {
    install('tiny');
    expect(await create({ EMBEDDINGS: 'none' })).toBeUndefined();
    expect(logged).toBe('');
  });

  test('http asks the server, with the key', async () => {
    const endpoint = await startEmbeddingsEndpoint();
    const env = { EMBEDDINGS_URL: endpoint.url, EMBEDDINGS_MODEL: 'some-model', EMBEDDINGS_API_KEY: 'k-1' };
    const embedder = await create({ EMBEDDINGS: 'http', ...env });
    expect(await embedder?.embed(['refund'], 'query')).toHaveLength(1);
    expect(await embedder?.embed(['refund'], 'passage')).toEqual(
      await embedder?.embed(['refund'], 'passage'),
    );
    expect(endpoint.requests).toHaveLength(2);
    expect(endpoint.requests[0]).toMatchObject({
      authorization: 'Bearer k-1',
      body: { model: 'some-model' },
    });
    await endpoint.close();
  });
});

describe('settings of embeddings that cannot work are told at once', () => {
  test('http without an address or a model', () => {
    const problems = problemsOf({ EMBEDDINGS: 'http', TIMEZONE: 'nowhere' });
    expect(problems.map((problem) => problem.split(':')[0])).toEqual([
      'EMBEDDINGS_URL',
      'EMBEDDINGS_MODEL',
      'TIMEZONE',
    ]);
  });

  test('local with no model, with several, with a wrong name, with a folder that is none', () => {
    expect(problemsOf({ EMBEDDINGS: 'local' }).join()).toMatch(
      /no model is installed.*npm run embedder -- install/,
    );
    install('one');
    install('two');
    expect(problemsOf({ EMBEDDINGS: 'local' }).join()).toMatch(/^EMBEDDINGS_MODEL: .*one, two/);
    expect(problemsOf({}).join()).toMatch(/^EMBEDDINGS_MODEL: .*one, two/);
    const named = problemsOf({ EMBEDDINGS: 'local', EMBEDDINGS_MODEL: 'three' });
    expect(named.join()).toMatch(/"three", neither a model folder nor installed \(one, two\)/);
    const folder = problemsOf({ EMBEDDINGS: 'local', EMBEDDINGS_MODEL: tmpdir() });
    expect(folder.join()).toMatch(/a folder without tokenizer\.json, onnx\/model_quantized\.onnx/);
  });

  test('an address that would not be asked', () => {
    const problems = problemsOf({
      EMBEDDINGS_URL: 'http://localhost:11434',
      EMBEDDINGS_MODEL: 'nomic-embed-text',
    });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^EMBEDDINGS_URL: .*set EMBEDDINGS=http/);
  });
});

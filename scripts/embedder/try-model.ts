import { createHttpEmbedder } from '../../src/adapters/http-embedder.ts';
import { createLocalEmbedder } from '../../src/adapters/local-embedder/local-embedder.ts';
import { systemClock } from '../../src/clock.ts';
import { loadOfflineConfig, readEnvironment } from '../../src/config.ts';
import type { EmbeddingsConfig } from '../../src/config-embeddings.ts';
import { ConfigError } from '../../src/errors.ts';
import { findModelFolder } from '../../src/model-folders.ts';
import type { Embedder } from '../../src/ports.ts';

const SAMPLE = 'How do I cancel our subscription and get my money back?';
const SAME = 'Ending a plan and asking for a refund';
const OTHER = 'The picture can be exported as PNG or SVG.';
const ROUNDS = 10;

/** Loads the model, times it, and shows whether it knows like from unlike. Exit 1 when it does not. */
export async function tryModel(parts: {
  text: string | undefined;
  model: string | undefined;
  say: (line: string, result: unknown) => void;
}): Promise<number> {
  const { text = SAMPLE, model, say } = parts;
  const started = performance.now();
  const embedder = await openEmbedder(model);
  const startMs = Math.round(performance.now() - started);
  try {
    const [query] = await embedder.embed([text], 'query');
    const [same, other] = await embedder.embed([SAME, OTHER], 'passage');
    if (query === undefined || same === undefined || other === undefined) return 1;
    const msPerText = await timeOne(embedder, text);
    const like = { text: SAME, similarity: dot(query, same) };
    const unlike = { text: OTHER, similarity: dot(query, other) };
    const result = { id: embedder.id, dimensions: query.length, startMs, msPerText, text, like, unlike };
    say(describe(result), result);
    return text !== SAMPLE || like.similarity > unlike.similarity ? 0 : 1;
  } finally {
    await embedder.close();
  }
}

/** Without the cache, which would hide what is to be measured. */
async function openEmbedder(model: string | undefined): Promise<Embedder> {
  const named =
    model === undefined ? {} : { EMBEDDINGS: 'local', EMBEDDINGS_MODEL: model, EMBEDDINGS_URL: '' };
  const config = loadOfflineConfig({ ...readEnvironment(), ...named });
  const { kind, url, model: name, apiKey }: EmbeddingsConfig = config.embeddings;
  if (kind === 'http' && url !== undefined && name !== undefined) {
    return createHttpEmbedder({ url, model: name, apiKey: apiKey?.reveal(), clock: systemClock });
  }
  const found = kind === 'none' ? undefined : findModelFolder(name, config.store.dataDir);
  if (found !== undefined && 'folder' in found) return createLocalEmbedder({ folder: found.folder });
  throw new ConfigError([
    `EMBEDDINGS: is ${kind}, and there is no model to test; fetch one by npm run embedder -- install`,
  ]);
}

async function timeOne(embedder: Embedder, text: string): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now();
    await embedder.embed([text], 'query');
    times.push(performance.now() - started);
  }
  const median = times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
  return Math.round(median * 10) / 10;
}

function describe(result: {
  id: string;
  dimensions: number;
  startMs: number;
  msPerText: number;
  text: string;
  like: { text: string; similarity: number };
  unlike: { text: string; similarity: number };
}): string {
  const { id, dimensions, startMs, msPerText, text, like, unlike } = result;
  return [
    `${id}: vectors of ${dimensions} numbers, loaded in ${startMs} ms, ${msPerText} ms a text`,
    `"${text}" is`,
    `  ${like.similarity.toFixed(3)} like "${like.text}"`,
    `  ${unlike.similarity.toFixed(3)} like "${unlike.text}"`,
  ].join('\n');
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}

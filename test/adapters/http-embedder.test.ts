import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createHttpEmbedder,
  embeddingsAddress,
  type HttpEmbedderOptions,
} from '../../src/adapters/http-embedder.ts';
import { VendorRefused, VendorUnreachable } from '../../src/errors.ts';
import type { Embedder } from '../../src/ports.ts';
import { type EmbeddingsEndpoint, reply, startEmbeddingsEndpoint } from '../helpers/embeddings-endpoint.ts';
import { createTestClock } from '../helpers/test-clock.ts';

const SECRET_TEXT = 'my card number is 4242';
const KEY = 'secret-key-1';

let endpoint: EmbeddingsEndpoint;
let embedder: Embedder;
let slept: number[];

function create(more: Partial<HttpEmbedderOptions> = {}): Embedder {
  const clock = createTestClock();
  const sleep = async (ms: number) => void slept.push(ms);
  const options = {
    url: endpoint.url,
    model: 'text-embedding-test',
    apiKey: KEY,
    clock: { ...clock, sleep },
  };
  return createHttpEmbedder({ ...options, ...more });
}

beforeEach(async () => {
  endpoint = await startEmbeddingsEndpoint();
  slept = [];
  embedder = create();
});
afterEach(async () => {
  await embedder.close();
  await endpoint.close();
});

async function failureOf(work: Promise<unknown>): Promise<VendorRefused | VendorUnreachable> {
  try {
    await work;
  } catch (error) {
    if (error instanceof VendorRefused || error instanceof VendorUnreachable) return error;
    throw error;
  }
  throw new Error('It did not fail.');
}

describe('the address of an embedding server', () => {
  test.each([
    ['http://localhost:11434', '/v1/embeddings'],
    ['http://localhost:11434/', '/v1/embeddings'],
    ['https://api.openai.com/v1', '/v1/embeddings'],
    ['https://api.openai.com/v1/', '/v1/embeddings'],
    ['https://api.openai.com/v1/embeddings', '/v1/embeddings'],
    [
      'https://gateway.example/openai/deployments/x?api-version=1',
      '/openai/deployments/x/embeddings?api-version=1',
    ],
  ])('%s is asked at %s', (url, path) => {
    const { pathname, search } = embeddingsAddress(url);
    expect(pathname + search).toBe(path);
  });
});

describe('an embedder over HTTP', () => {
  test('sends the key, the model and at most 64 texts and 200,000 characters a request', async () => {
    const texts = [...new Array(100).fill('short'), ...new Array(5).fill('x'.repeat(90_000))];
    expect(await embedder.embed(texts, 'passage')).toHaveLength(105);
    expect(endpoint.requests[0]).toMatchObject({
      authorization: `Bearer ${KEY}`,
      body: { model: 'text-embedding-test' },
    });
    expect(endpoint.requests.map(({ body }) => body.input.length)).toEqual([64, 38, 2, 1]);
  });

  test('puts the vectors in order by their index', async () => {
    const straight = await embedder.embed(['refund', 'export'], 'passage');
    endpoint.faults.push((response, _request, vectors) => reply(response, { data: vectors.reverse() }));
    expect(await embedder.embed(['refund', 'export'], 'passage')).toEqual(straight);
    endpoint.faults.push((response, _request, vectors) =>
      reply(response, { data: vectors.map(({ embedding }) => ({ embedding })) }),
    );
    expect(await embedder.embed(['refund', 'export'], 'passage')).toEqual(straight);
  });

  test.each([429, 500, 503])('tries again after %i', async (status) => {
    endpoint.faults.push((response) => reply(response, { error: {} }, status));
    endpoint.faults.push((response) => reply(response, { error: {} }, status));
    expect(await embedder.embed(['refund'], 'query')).toHaveLength(1);
    expect(slept).toHaveLength(2);
    expect(slept[1]).toBeGreaterThan(slept[0] ?? 0);
  });

  test('tries again when the connection breaks, and says after four times that nobody is there', async () => {
    endpoint.faults.push((response) => response.destroy());
    expect(await embedder.embed(['refund'], 'query')).toHaveLength(1);
    endpoint.faults.push(...new Array(4).fill((response: { destroy(): void }) => response.destroy()));
    expect(await failureOf(embedder.embed(['refund'], 'query'))).toBeInstanceOf(VendorUnreachable);
    expect(endpoint.requests).toHaveLength(6);
  });

  test('rests as long as the server asks, and leaves a long rest to the caller', async () => {
    endpoint.faults.push((response) => reply(response, {}, 429, { 'retry-after': '7' }));
    await embedder.embed(['refund'], 'query');
    expect(slept).toEqual([7_000]);
    endpoint.faults.push((response) => reply(response, {}, 429, { 'retry-after': '3600' }));
    const error = await failureOf(embedder.embed(['refund'], 'query'));
    expect(error).toMatchObject({ retry: 'later', retryAfterMs: 3_600_000 });
    expect(slept).toHaveLength(1);
  });

  test.each([
    [400, {}, /status 400/],
    [401, { error: { code: 'invalid_api_key' } }, /status 401, invalid_api_key, check EMBEDDINGS_API_KEY/],
    [404, {}, /check EMBEDDINGS_URL and EMBEDDINGS_MODEL/],
    [429, { error: { code: 'insufficient_quota' } }, /insufficient_quota/],
    [302, {}, /status 302/],
  ])('does not try again after %i', async (status, body, reason) => {
    endpoint.faults.push((response) => reply(response, body, status, { location: '/elsewhere' }));
    const error = await failureOf(embedder.embed(['refund'], 'query'));
    expect(error).toMatchObject({ retry: 'never', message: expect.stringMatching(reason) });
    expect(endpoint.requests).toHaveLength(1);
  });

  test('tells neither the text nor the key, whatever the server repeats', async () => {
    const errors = [
      { error: { code: KEY } },
      { error: { message: `${SECRET_TEXT} ${KEY}`, code: SECRET_TEXT } },
      `<p>${SECRET_TEXT}</p>`,
    ];
    for (const body of errors) {
      endpoint.faults.push((response) => reply(response, body, 400));
      const { message } = await failureOf(embedder.embed([SECRET_TEXT], 'query'));
      expect(message).not.toMatch(/4242|secret-key/);
    }
  });

  test('sends half as many where so many are too many, and remembers it', async () => {
    const small = (response: Parameters<typeof reply>[0]) => reply(response, {}, 413);
    endpoint.faults.push(small);
    expect(await embedder.embed(new Array(64).fill('a b'), 'passage')).toHaveLength(64);
    await embedder.embed(new Array(64).fill('a b'), 'passage');
    expect(endpoint.requests.map(({ body }) => body.input.length)).toEqual([64, 32, 32, 32, 32]);
  });

  test.each<[string, unknown, RegExp]>([
    ['a page', '<html>', /something else than vectors/],
    ['fewer vectors', { data: [{ index: 0, embedding: [1, 0] }] }, /1 vectors for 2 texts/],
    ['the same index twice', { data: [0, 0].map((index) => ({ index, embedding: [1, 0] })) }, /told apart/],
    ['an index that is none', { data: [0, 7].map((index) => ({ index, embedding: [1, 0] })) }, /told apart/],
    ['two lengths', { data: [{ embedding: [1, 0] }, { embedding: [1] }] }, /1 numbers among vectors of 2/],
    ['zeros', { data: [{ embedding: [0, 0] }, { embedding: [1, 0] }] }, /zeros/],
    ['what is no number', { data: [{ embedding: [null, 1] }, { embedding: [1, 0] }] }, /no number/],
    ['bare NaN', '{"data":[{"embedding":[NaN,1]},{"embedding":[1,0]}]}', /something else than vectors/],
    ['vectors of nothing', { data: [{ embedding: [] }, { embedding: [] }] }, /zeros/],
  ])('refuses %s', async (_what, body, reason) => {
    endpoint.faults.push((response) => reply(response, body));
    const error = await failureOf(embedder.embed(['refund', 'export'], 'passage'));
    expect(error).toMatchObject({ retry: 'never', message: expect.stringMatching(reason) });
  });

  test('refuses vectors of another length than before', async () => {
    await embedder.embed(['refund'], 'passage');
    endpoint.faults.push((response) => reply(response, { data: [{ embedding: [1, 0] }] }));
    const { message } = await failureOf(embedder.embed(['refund'], 'query'));
    expect(message).toMatch(/2 numbers among vectors of 24/);
  });

  test('ends a call that hangs at its own limit, and at the caller’s', async () => {
    const hang = () => undefined;
    embedder = create({ timeoutMs: 50 });
    endpoint.faults.push(hang);
    expect(await embedder.embed(['refund'], 'query')).toHaveLength(1);
    embedder = create();
    endpoint.faults.push(hang);
    const started = performance.now();
    const error = await failureOf(embedder.embed(['refund'], 'query', AbortSignal.timeout(100)));
    expect(error.message).toMatch(/the time for it was over/);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test.each([
    ['intfloat/e5-base-v2', 'query: refund', 'passage: refund'],
    ['nomic-embed-text:latest', 'search_query: refund', 'search_document: refund'],
    ['text-embedding-3-small', 'refund', 'refund'],
  ])('says to %s what is a question and what a passage', async (model, query, passage) => {
    embedder = create({ model });
    await embedder.embed(['refund'], 'query');
    await embedder.embed(['refund'], 'passage');
    expect(endpoint.requests.map(({ body }) => body.input[0])).toEqual([query, passage]);
    const host = new URL(endpoint.url).host;
    expect(embedder.id).toBe(`http:${model}@${host}${query === passage ? '' : '+prefix'}`);
  });

  test('says it to Voyage by a field of its own', async () => {
    embedder = create({ model: 'voyage-4' });
    await embedder.embed(['refund'], 'passage');
    expect(endpoint.requests[0]?.body.input_type).toBe('document');
  });
});

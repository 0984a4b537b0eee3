import { readModelTraits } from '../embedding-models.ts';
import { type CountersignError, toError, VendorRefused, VendorUnreachable } from '../errors.ts';
import type { Clock, Embedder } from '../ports.ts';
import { EMBEDDING_SERVER, readEmbeddingsReply } from './http-embedder-reply.ts';
import { nextBatch } from './text-batches.ts';

export interface HttpEmbedderOptions {
  /** With or without `/v1/embeddings`, see `embeddingsAddress`. */
  url: string;
  model: string;
  apiKey?: string | undefined;
  clock: Clock;
  fetch?: typeof fetch;
  /** Longest wait for one reply. */
  timeoutMs?: number;
  /** Wait before the second attempt; doubled for each further one. */
  backoffMs?: number;
}

const MAX_ATTEMPTS = 4;
/** Texts and characters of one request: servers take 32 to 2048 texts, and 300,000 word pieces at OpenAI. */
const MAX_TEXTS = 64;
const MAX_CHARACTERS = 200_000;
/** A server that asks for a longer rest is left alone: whoever called decides. */
const LONGEST_REST_MS = 30_000;

/**
 * Vectors from any server that speaks OpenAI's `POST /v1/embeddings`: Ollama, TEI, vLLM, OpenAI, Voyage. What fails
 * for the moment is tried again; what is refused is not.
 */
export function createHttpEmbedder(options: HttpEmbedderOptions): Embedder {
  const { model, apiKey } = options;
  const address = embeddingsAddress(options.url);
  const { queryPrefix, passagePrefix } = readModelTraits(model);
  const closing = new AbortController();
  const post = createPost(options, address);
  const limits = { texts: MAX_TEXTS, characters: MAX_CHARACTERS };
  let dimensions: number | undefined;

  const embedBatch = async (texts: string[], purpose: string, signal: AbortSignal) => {
    const voyage = /^voyage-/.test(model) ? { input_type: purpose === 'query' ? 'query' : 'document' } : {};
    const body = await post({ model, input: texts, ...voyage }, signal);
    const vectors = readEmbeddingsReply(body, { count: texts.length, dimensions });
    dimensions ??= vectors[0]?.length;
    return vectors;
  };

  return {
    id: `http:${model}@${address.host}${queryPrefix + passagePrefix === '' ? '' : '+prefix'}`,
    async embed(texts, purpose, signal) {
      const prefix = purpose === 'query' ? queryPrefix : passagePrefix;
      const all = texts.map((text) => prefix + text);
      const vectors: Float32Array[] = [];
      const either = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
      while (vectors.length < all.length) {
        const batch = nextBatch(all, vectors.length, limits);
        try {
          vectors.push(...(await embedBatch(batch, purpose, either)));
        } catch (error) {
          if (!isTooLarge(error) || batch.length === 1) throw withoutKey(error, apiKey);
          limits.texts = Math.floor(batch.length / 2);
        }
      }
      return vectors;
    },
    async close() {
      closing.abort();
    },
  };
}

/**
 * `https://host` gets `/v1/embeddings`, an address with a path gets `/embeddings`, one that ends so stays as it is.
 */
export function embeddingsAddress(text: string): URL {
  const url = new URL(text);
  const path = url.pathname.replace(/\/+$/, '');
  if (path === '') url.pathname = '/v1/embeddings';
  else url.pathname = path.endsWith('/embeddings') ? path : `${path}/embeddings`;
  return url;
}

function createPost(options: HttpEmbedderOptions, address: URL) {
  const { apiKey, clock, timeoutMs = 60_000, backoffMs = 500, fetch: send = fetch } = options;
  const headers = {
    'content-type': 'application/json',
    ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
  };

  const once = async (body: string, signal: AbortSignal): Promise<string> => {
    const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    let response: Response;
    let text: string;
    try {
      // A redirect would carry the key and customers' words to another place.
      const request = { method: 'POST', headers, body, signal: within, redirect: 'manual' } as const;
      response = await send(address, request);
      text = await response.text();
    } catch (error) {
      throw new VendorUnreachable(EMBEDDING_SERVER, whyNot(error, signal, timeoutMs), error);
    }
    if (response.status !== 200) throw refusalOf(response, text, clock.now());
    return text;
  };

  return async (request: unknown, signal: AbortSignal): Promise<string> => {
    const body = JSON.stringify(request);
    for (let attempt = 1; ; attempt++) {
      try {
        if (signal.aborted) throw new VendorUnreachable(EMBEDDING_SERVER, 'the time for it was over');
        return await once(body, signal);
      } catch (error) {
        const restMs = restAfter(error as CountersignError, backoffMs * 2 ** (attempt - 1));
        if (signal.aborted || attempt === MAX_ATTEMPTS || restMs === undefined) throw error;
        await clock.sleep(restMs, signal).catch(() => undefined);
      }
    }
  };
}

/** Undefined = not to be tried again. The spread keeps many callers from coming back at the same moment. */
function restAfter(error: CountersignError, backoffMs: number): number | undefined {
  if (error.retry === 'never') return undefined;
  const asked = error instanceof VendorRefused ? error.retryAfterMs : undefined;
  if (asked !== undefined) return asked <= LONGEST_REST_MS ? asked : undefined;
  return backoffMs * (0.75 + Math.random() / 2);
}

function whyNot(error: unknown, signal: AbortSignal, timeoutMs: number): string {
  if (signal.aborted) return 'the time for it was over';
  if (error instanceof Error && error.name === 'TimeoutError') return `no reply within ${timeoutMs} ms`;
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? ` (${cause.code})` : '';
  return `${toError(error).message}${code}`;
}

const REMEDIES: Record<number, string> = {
  401: 'check EMBEDDINGS_API_KEY',
  403: 'check EMBEDDINGS_API_KEY',
  404: 'check EMBEDDINGS_URL and EMBEDDINGS_MODEL',
};
/** OpenAI answers these with 429, and no waiting helps. */
const UNPAID = ['insufficient_quota', 'billing_hard_limit_reached'];

/** Says the status and the server's own code. Its message may repeat the input, which is a customer's. */
function refusalOf(response: Response, body: string, now: number): VendorRefused {
  const { status } = response;
  const code = readCode(body);
  const isPassing = (status === 429 && !UNPAID.includes(code ?? '')) || status === 408 || status >= 500;
  const reason = [`status ${status}`, code, REMEDIES[status]].filter((part) => part !== undefined).join(', ');
  const retryAfterMs = isPassing ? readRetryAfter(response.headers.get('retry-after'), now) : undefined;
  return new VendorRefused(EMBEDDING_SERVER, reason, {
    retry: isPassing ? 'later' : 'never',
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

function readCode(body: string): string | undefined {
  try {
    const { error } = JSON.parse(body) as { error?: { code?: unknown; type?: unknown } };
    const code = error?.code ?? error?.type;
    return typeof code === 'string' && /^[\w.-]{1,60}$/.test(code) ? code : undefined;
  } catch {
    return undefined;
  }
}

function readRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

/** TEI and gateways have limits of their own and say so by these. */
function isTooLarge(error: unknown): boolean {
  return error instanceof VendorRefused && /^status (?:413|422)\b/.test(error.reason);
}

/** Servers have been seen to repeat a wrong key. */
function withoutKey(error: unknown, apiKey: string | undefined): unknown {
  const isLeak = apiKey !== undefined && error instanceof Error && error.message.includes(apiKey);
  return isLeak
    ? new VendorRefused(EMBEDDING_SERVER, 'a reply that repeats the key', { retry: 'never' })
    : error;
}

import weaviate, { ApiKey, type ConnectionParams, type WeaviateClient } from 'weaviate-ts-client';
import { ConfigError, type CountersignError } from '../../errors.ts';
import type { Clock } from '../../ports.ts';
import { RestRefused, toWeaviateError } from './errors.ts';
import { holdFetch, withDeadline } from './fetch.ts';

export interface Attempts {
  /** All tries together. */
  timeoutMs: number;
  tries: number;
}

/** A question in Slack waits for it. */
export const SEARCH: Attempts = { timeoutMs: 2_000, tries: 2 };
export const BATCH: Attempts = { timeoutMs: 60_000, tries: 5 };
/** Making and removing classes writes folders on every node. */
export const SCHEMA: Attempts = { timeoutMs: 30_000, tries: 3 };

const FIRST_WAIT_MS = 200;

/** The client with deadlines, tries and errors of ours, and the few addresses it does not know. */
export interface WeaviateConnection {
  /** Tried again only for what passes by itself, so `work` has to be something that may happen twice. */
  use<T>(attempts: Attempts, work: (client: WeaviateClient) => Promise<T>): Promise<T>;
  /** Undefined when the answer is 404. */
  rest<T>(attempts: Attempts, method: string, path: string, body?: unknown): Promise<T | undefined>;
  close(): void;
}

/** At run time the default export is the object that holds `client`; the types put one more step in between. */
type Factory = { client(params: ConnectionParams): WeaviateClient };
const factory = ('client' in weaviate ? weaviate : (weaviate as { default: unknown }).default) as Factory;

export function createWeaviateConnection(options: {
  url: string;
  apiKey: string | undefined;
  clock: Clock;
  fetch?: typeof fetch | undefined;
}): WeaviateConnection {
  const { apiKey, clock } = options;
  const url = readAddress(options.url);
  const held = holdFetch();
  let client: WeaviateClient | undefined;

  const attempt = async <T>({ timeoutMs, tries }: Attempts, work: () => Promise<T>): Promise<T> => {
    const signal = AbortSignal.timeout(timeoutMs);
    for (let tried = 1; ; tried += 1) {
      try {
        return await withDeadline({ origin: url.origin, fetch: options.fetch, signal }, work);
      } catch (thrown) {
        const error = toWeaviateError(thrown, signal);
        if (error.retry === 'never' || tried >= tries || signal.aborted) throw error;
        await pause(clock, FIRST_WAIT_MS * 2 ** (tried - 1), signal, error);
      }
    }
  };

  return {
    use: (attempts, work) =>
      attempt(attempts, () => {
        // Making it sends a request already, which is why it waits for the first use and for a deadline.
        client ??= createClient(url, apiKey);
        return work(client);
      }),
    rest: (attempts, method, path, body) =>
      attempt(attempts, async () => {
        const answer = await fetch(`${addressOf(url)}/v1${path}`, {
          method,
          headers: {
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        const text = await answer.text();
        if (answer.status === 404) return undefined;
        if (!answer.ok) throw new RestRefused(answer.status, text);
        return text === '' ? undefined : JSON.parse(text);
      }),
    close: () => held.release(),
  };
}

function createClient(url: URL, apiKey: string | undefined): WeaviateClient {
  return factory.client({
    scheme: url.protocol.slice(0, -1),
    host: addressOf(url).slice(`${url.protocol}//`.length),
    ...(apiKey === undefined ? {} : { apiKey: new ApiKey(apiKey) }),
  });
}

function readAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw new ConfigError([`WEAVIATE_URL: is "${text}", must be an address such as http://127.0.0.1:8080`]);
}

/** Without a slash at the end; a path stays, for servers behind a proxy. */
function addressOf(url: URL): string {
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

async function pause(clock: Clock, ms: number, signal: AbortSignal, error: CountersignError): Promise<void> {
  try {
    await clock.sleep(ms * (0.75 + Math.random() / 2), signal);
  } catch {
    throw error;
  }
}

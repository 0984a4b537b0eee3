import { Anthropic } from '@anthropic-ai/sdk';

const VENDOR_URL = 'https://api.anthropic.com';
/** The SDK refuses to be without a key, and servers without keys ignore this one. */
const NO_KEY = 'none';
/** Longer than any deadline: the signal of each call ends it, this only keeps the SDK from guessing. */
const TIMEOUT_MS = 600_000;
const KEPT_HEADERS = ['accept', 'anthropic-version', 'content-type', 'user-agent'];

/**
 * A client for one address with one key. The SDK reads keys and headers from the environment of the process by
 * itself; nothing of that may reach a server it was not meant for.
 */
export function createClaudeClient(options: {
  apiKey: string | undefined;
  baseUrl: string | undefined;
}): Anthropic {
  const key = options.apiKey ?? NO_KEY;
  return new Anthropic({
    apiKey: key,
    baseURL: readBaseUrl(options.baseUrl),
    // Whoever asks counts the calls and keeps the time; a retry in here would do neither.
    maxRetries: 0,
    timeout: TIMEOUT_MS,
    // At debug level the SDK would print what customers wrote.
    logLevel: 'off',
    fetch: (url, init) =>
      fetch(url, { ...init, headers: keepHeaders(init?.headers, key), redirect: 'manual' }),
  });
}

/** Others want the version in their address, so people write it here too. */
function readBaseUrl(baseUrl: string | undefined): string {
  return (baseUrl ?? VENDOR_URL).replace(/\/+$/, '').replace(/\/v1$/, '');
}

/** ANTHROPIC_CUSTOM_HEADERS would be added to every request and could even replace the key. */
function keepHeaders(given: ConstructorParameters<typeof Headers>[0], key: string): Headers {
  const headers = new Headers({ authorization: `Bearer ${key}` });
  for (const [name, value] of new Headers(given)) {
    if (KEPT_HEADERS.includes(name) || name.startsWith('x-stainless-')) headers.set(name, value);
  }
  return headers;
}

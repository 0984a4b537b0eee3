import { toError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import { MAX_BINARY_BYTES } from './page-reader.ts';
import { USER_AGENT, type WebLimits } from './web-limits.ts';
import { createPace } from './web-pace.ts';

/** What a site said to one request. */
export interface WebResponse {
  status: number;
  headers: Headers;
  /** Empty unless the status is 200. */
  body: Uint8Array;
}

/** Fetches without following redirects; a reason follows the name of the page. */
export type WebRequest = (
  url: URL,
  headers?: Record<string, string>,
) => Promise<WebResponse | { failed: string }>;

export interface WebRequests {
  request: WebRequest;
  slowDown(host: string, delayMs: number): void;
}

/** Turns at which a site may ask for a pause before the page is given up. */
const TRIES = 2;

/** Asks sites one thing at a time, as often as they like to be asked. */
export function createWebRequests(parts: {
  fetch: typeof fetch;
  clock: Clock;
  limits: WebLimits;
}): WebRequests {
  const { clock, limits } = parts;
  const pace = createPace(limits.delayMs, clock);
  /** Hosts that asked for a pause, and until when. */
  const closed = new Map<string, number>();

  const request: WebRequest = async (url, headers = {}) => {
    for (let tries = 1; ; tries += 1) {
      if (clock.now() < (closed.get(url.host) ?? 0)) {
        return { failed: `was not asked for: ${url.host} wants a pause; the next re-index tries again` };
      }
      const answer = await pace.take(url.host, () => ask(parts, url, headers));
      if ('failed' in answer || !isBusy(answer)) return answer;
      const pauseMs = retryAfter(answer.headers, clock);
      if (pauseMs > limits.maxRetryAfterMs) closed.set(url.host, clock.now() + pauseMs);
      if (pauseMs > limits.maxRetryAfterMs || tries >= TRIES) return answer;
      await clock.sleep(pauseMs);
    }
  };
  return { request, slowDown: (host, delayMs) => pace.slowDown(host, Math.min(delayMs, limits.maxDelayMs)) };
}

function isBusy({ status }: WebResponse): boolean {
  return status === 429 || status === 503;
}

/** Seconds, or a date. */
function retryAfter(headers: Headers, clock: Clock): number {
  const value = headers.get('retry-after') ?? '';
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? 1_000 : Math.max(0, date - clock.now());
}

async function ask(
  { fetch, limits }: { fetch: typeof globalThis.fetch; limits: WebLimits },
  url: URL,
  headers: Record<string, string>,
): Promise<WebResponse | { failed: string }> {
  const signal = AbortSignal.timeout(limits.timeoutMs);
  try {
    const response = await fetch(url, {
      headers: { 'user-agent': USER_AGENT, ...headers },
      redirect: 'manual',
      signal,
    });
    const { status } = response;
    const body = status === 200 ? await readBody(response) : undefined;
    if (status !== 200) await response.body?.cancel();
    if (body && 'failed' in body) return body;
    return { status, headers: response.headers, body: body?.bytes ?? new Uint8Array() };
  } catch (error) {
    if (signal.aborted) return { failed: `did not arrive within ${limits.timeoutMs / 1000} seconds` };
    return { failed: `cannot be reached (${causeOf(error)})` };
  }
}

/** Counted after decompression: a few bytes can become any number. */
async function readBody(response: Response): Promise<{ bytes: Uint8Array } | { failed: string }> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop early closes the connection.
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += part.length;
    if (bytes > MAX_BINARY_BYTES) return { failed: 'is more than 20 MB, the limit for a page' };
    parts.push(part);
  }
  return { bytes: Buffer.concat(parts) };
}

/** `fetch failed` says nothing; what it wraps does. */
function causeOf(error: unknown): string {
  const { cause } = toError(error);
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message;
  return toError(error).message;
}

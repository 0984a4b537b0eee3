import { toError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import { MAX_BINARY_BYTES } from './page-reader.ts';
import { createWebGuard } from './web-guard.ts';
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
  const guard = createWebGuard(limits);

  const request: WebRequest = async (url, headers = {}) => {
    const { host } = url;
    // Also before the turn: nobody waits for one that is not used.
    const reason = guard.whyClosed(host);
    if (reason !== undefined) return { failed: reason };
    for (let tries = 1; ; tries += 1) {
      const answer = await pace.take(host, () => askOpen(url, headers), guard.spent);
      if ('failed' in answer || !isBusy(answer)) return answer;
      const pauseMs = retryAfter(answer.headers, clock);
      if (pauseMs > limits.maxRetryAfterMs) {
        guard.close(host, `${host} wants a pause; the next re-index tries again`);
      }
      if (tries >= TRIES || guard.whyClosed(host) !== undefined) return answer;
      await pace.take(host, () => clock.sleep(pauseMs), guard.spent);
    }
  };

  /** Asked in its turn: while it waited for it, the host may have been closed. */
  const askOpen = async (url: URL, headers: Record<string, string>) => {
    const reason = guard.whyClosed(url.host);
    if (reason !== undefined) return { failed: reason };
    const answer = await ask(parts, url, headers);
    if ('lost' in answer) {
      guard.failed(url.host, answer.lost);
      return { failed: answer.lost };
    }
    if ('status' in answer && isBusy(answer)) guard.failed(url.host, `answered with status ${answer.status}`);
    else guard.answered(url.host);
    return answer;
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

/** `lost`: there was no answer, or not all of it. */
async function ask(
  { fetch, limits }: { fetch: typeof globalThis.fetch; limits: WebLimits },
  url: URL,
  headers: Record<string, string>,
): Promise<WebResponse | { failed: string } | { lost: string }> {
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
    if (signal.aborted) return { lost: `did not arrive within ${limits.timeoutMs / 1000} seconds` };
    return { lost: `cannot be reached (${causeOf(error)})` };
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

import { APIConnectionTimeoutError, APIError } from '@anthropic-ai/sdk';
import { VendorRefused, VendorUnreachable } from '../../errors.ts';
import type { LogFields } from '../../log.ts';

type Refusal = { reason: string; retry: 'never' | 'later' };

const never = (reason: string): Refusal => ({ reason, retry: 'never' });
const later = (reason: string): Refusal => ({ reason, retry: 'later' });

const BY_STATUS: Record<number, Refusal> = {
  401: never('key not accepted'),
  402: never('spend limit'),
  403: never('not permitted'),
  404: never('no such model or address'),
  408: later('timed out'),
  409: later('conflict'),
  413: never('context exceeded'),
  429: later('rate limit'),
  503: later('unavailable'),
  529: later('overloaded'),
};

const SPEND_CODES = [
  'contract_spend_limit_reached',
  'enforced_spend_limit_reached',
  'linked_organization_spend_limit_reached',
  'linked_organization_billing_unavailable',
];
// Neither has a code of its own, and every server words it differently.
const CONTEXT_EXCEEDED =
  /prompt is too long|context (?:size|length|window)|context_length|exceed_context|too many tokens/i;
const NO_CREDIT = /credit balance/i;

/**
 * What the SDK threw, as one of our errors. Its own errors are not kept as a cause: their messages hold the body of
 * the vendor, which may quote a customer or a key.
 */
export function toVendorError(
  thrown: unknown,
  vendor: string,
  signal: AbortSignal,
): VendorRefused | VendorUnreachable {
  // The signal decides first: what it interrupts surfaces as any of five kinds of error.
  if (signal.aborted) return new VendorUnreachable(vendor, 'no answer within the time allowed');
  if (thrown instanceof APIError && typeof thrown.status === 'number') {
    return new VendorRefused(vendor, ...readRefusal(thrown));
  }
  return new VendorUnreachable(vendor, describeFailure(thrown));
}

/** What may be logged of it: ids and codes, no text. */
export function errorFields(thrown: unknown): LogFields {
  if (!(thrown instanceof APIError)) return {};
  const { status, requestID, type, errorCode } = thrown;
  return { status, requestId: requestID, type: readCode(type), errorCode: readCode(errorCode) };
}

function readRefusal(error: APIError): [string, { retry: 'never' | 'later'; retryAfterMs?: number }] {
  const { reason, retry } = judge(error);
  const retryAfterMs = readRetryAfter(error.headers);
  return [reason, retryAfterMs === undefined ? { retry } : { retry, retryAfterMs }];
}

function judge(error: APIError): Refusal {
  const status = error.status ?? 0;
  // A limit on money looks like a limit on speed, but waiting does not help against it.
  if (SPEND_CODES.includes(error.errorCode ?? '')) return never('spend limit');
  const known = BY_STATUS[status];
  if (known !== undefined) return known;
  if (status >= 500) return later('server error');
  if (status >= 300 && status < 400) return never('the address redirects elsewhere');
  const text = error.message.slice(0, 2_000);
  if (CONTEXT_EXCEEDED.test(text)) return never('context exceeded');
  return never(NO_CREDIT.test(text) ? 'spend limit' : 'request not accepted');
}

/** `retry-after` is a number of seconds or a date. */
function readRetryAfter(headers: Headers | undefined): number | undefined {
  const text = headers?.get('retry-after') ?? '';
  if (/^\d{1,9}(?:\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1_000);
  // Without a name of a month, Date.parse takes "-5" for a date.
  const date = /[a-z]{3}/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

function describeFailure(thrown: unknown): string {
  if (thrown instanceof APIConnectionTimeoutError) return 'the connection timed out';
  if (thrown instanceof SyntaxError) return 'the answer is no JSON';
  const code = findCode(thrown);
  if (thrown instanceof APIError) return code === undefined ? 'no connection' : `no connection (${code})`;
  // What undici throws when a body ends before it is complete.
  if (thrown instanceof TypeError && thrown.message === 'terminated') return 'the answer broke off';
  return code === undefined ? 'the call failed' : `the call failed (${code})`;
}

function findCode(thrown: unknown): string | undefined {
  let at = thrown;
  for (let depth = 0; depth < 5 && at instanceof Error; depth += 1) {
    const code = 'code' in at && typeof at.code === 'string' ? at.code : '';
    if (/^[A-Z][A-Z0-9_]{2,40}$/.test(code)) return code;
    at = at.cause;
  }
  return undefined;
}

function readCode(code: string | null): string | null {
  return code !== null && /^[a-z0-9_]{1,64}$/.test(code) ? code : null;
}

/**
 * Every failure the product raises itself. Outcomes ("no passage answers this") are data, never errors.
 * `retry` alone decides whether the same work is tried again.
 */
export abstract class CountersignError extends Error {
  abstract readonly code: string;
  readonly retry: 'never' | 'later';

  constructor(message: string, options: { retry: 'never' | 'later'; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = new.target.name;
    this.retry = options.retry;
  }
}

/** The operator has to change something; every problem found is listed at once. */
export class ConfigError extends CountersignError {
  readonly code = 'config';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'), { retry: 'never' });
    this.problems = problems;
  }
}

/** Tokens and their price; null = the price is not known. */
export interface Billed {
  usage: { inputTokens: number; cachedInputTokens: number; cacheWriteTokens: number; outputTokens: number };
  costUsd: number | null;
}

/** The vendor answered, and the answer was no. */
export class VendorRefused extends CountersignError {
  readonly code = 'vendor_refused';
  readonly vendor: string;
  /** The vendor's own word for it, such as `not_in_channel`. */
  readonly reason: string;
  /** How long the vendor asked us to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** What a refused call was billed for all the same, such as an answer cut off at its limit. */
  readonly billed: Billed | undefined;

  constructor(
    vendor: string,
    reason: string,
    options: {
      retry: 'never' | 'later';
      retryAfterMs?: number;
      billed?: Billed | undefined;
      cause?: unknown;
    },
  ) {
    super(`${vendor} refused: ${reason}`, options);
    this.vendor = vendor;
    this.reason = reason;
    this.retryAfterMs = options.retryAfterMs;
    this.billed = options.billed;
  }
}

/** No answer came back, so whether the call took effect is unknown. */
export class VendorUnreachable extends CountersignError {
  readonly code = 'vendor_unreachable';
  readonly vendor: string;

  constructor(vendor: string, detail: string, cause?: unknown) {
    super(`${vendor} could not be reached: ${detail}`, { retry: 'later', cause });
    this.vendor = vendor;
  }
}

/** The database refused or is not there; nothing was written. */
export class StoreError extends CountersignError {
  readonly code = 'store';

  constructor(message: string, cause?: unknown) {
    super(message, { retry: 'later', cause });
  }
}

/** Something that cannot be, was: a defect of ours, never retried. */
export class InvariantError extends CountersignError {
  readonly code = 'invariant';

  constructor(message: string) {
    super(message, { retry: 'never' });
  }
}

/** Whatever was thrown, as an Error. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

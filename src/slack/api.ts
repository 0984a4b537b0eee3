import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebClient } from '@slack/web-api';
import { CountersignError, VendorRefused, VendorUnreachable } from '../errors.ts';
import type { Logger } from '../log.ts';
import { toSlackLogger } from './slack-logger.ts';

/** Longer than Slack ever takes when it answers at all. */
const TIMEOUT_MS = 10_000;

/** Slack's own words for "not now, and nothing was done": everything else it refuses is final. */
const PASSING = new Set([
  'ratelimited',
  'rate_limited',
  'request_timeout',
  'team_added_to_org',
  'accesslimited',
]);
/** With these, Slack documents, some of what was asked for may have been done. */
const UNCERTAIN = new Set(['internal_error', 'fatal_error', 'service_unavailable']);

export type SlackApi = <T>(method: (client: WebClient) => Promise<T>) => Promise<T>;

/**
 * One call, once: the SDK's own retries would post a message twice when an answer is lost. What goes wrong comes
 * out as our errors, which say whether the call may have taken effect.
 */
export function createSlackApi(options: {
  botToken: string;
  apiUrl?: string | undefined;
  log?: Logger | undefined;
}): SlackApi {
  const client = new WebClient(options.botToken, {
    ...(options.apiUrl === undefined ? {} : { slackApiUrl: options.apiUrl }),
    logger: toSlackLogger(options.log),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: TIMEOUT_MS,
  });
  return async (method) => {
    try {
      return await method(client);
    } catch (error) {
      throw toSlackError(error);
    }
  };
}

/** What Slack's libraries throw, as ours. */
export function toSlackError(error: unknown): CountersignError {
  if (error instanceof CountersignError) return error;
  if (error instanceof WebAPIRateLimitedError) {
    const retryAfterMs = error.retryAfter * 1_000;
    return new VendorRefused('Slack', 'rate limited', { retry: 'later', retryAfterMs, cause: error });
  }
  if (error instanceof WebAPIPlatformError) {
    const reason = String(error.data.error);
    // What is no word of Slack's is a page that something on the way gave us in its place.
    if (!/^[a-z0-9_:.-]+$/i.test(reason)) {
      return new VendorUnreachable('Slack', 'the answer was not from its Web API', error);
    }
    if (UNCERTAIN.has(reason)) return new VendorUnreachable('Slack', `it answered ${reason}`, error);
    return new VendorRefused('Slack', reason, {
      retry: PASSING.has(reason) ? 'later' : 'never',
      cause: error,
    });
  }
  if (error instanceof WebAPIHTTPError) {
    return new VendorUnreachable('Slack', `it answered with status ${error.statusCode}`, error);
  }
  return new VendorUnreachable('Slack', error instanceof Error ? error.message : String(error), error);
}

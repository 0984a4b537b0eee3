import robotsParser from 'robots-parser';
import { USER_AGENT } from './web-limits.ts';
import { readRedirect } from './web-redirect.ts';
import type { WebRequests } from './web-request.ts';

/** Why a page may not be asked for, if it may not. */
export type Robots = (url: URL) => Promise<string | undefined>;

type Rules = (url: URL) => string | undefined;

/** Its types name a default export, which the package itself is. */
const parseRobots = robotsParser as unknown as typeof robotsParser.default;

const MAX_REDIRECTS = 5;
/** Longer files are cut there by every crawler. */
const MAX_BYTES = 500 * 1024;

/** Reads what each site allows, once. */
export function createRobots({ request, slowDown }: WebRequests): Robots {
  const known = new Map<string, Promise<Rules>>();
  return async (url) => {
    let rules = known.get(url.origin);
    if (rules === undefined) {
      rules = readRules(url.origin, request, (delayMs) => slowDown(url.host, delayMs));
      known.set(url.origin, rules);
    }
    return (await rules)(url);
  };
}

async function readRules(
  origin: string,
  request: WebRequests['request'],
  slowDown: (delayMs: number) => void,
): Promise<Rules> {
  let at = new URL('/robots.txt', origin);
  for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
    const answer = await request(at);
    if ('failed' in answer) return () => `was not asked for: ${at.href} ${answer.failed}`;
    const { status, body } = answer;
    if (status === 200) return toRules(origin, body, slowDown);
    if (status >= 500 || status === 429) {
      // Nobody knows what is allowed while a site is in trouble.
      return () => `was not asked for: ${at.href} answers with status ${status}`;
    }
    const target = status >= 300 && status < 400 ? readRedirect(answer, at) : undefined;
    // A site without this file, or whose file is elsewhere, forbids nothing.
    if (target === undefined || 'failed' in target) return () => undefined;
    at = target.url;
  }
  return () => undefined;
}

function toRules(origin: string, body: Uint8Array, slowDown: (delayMs: number) => void): Rules {
  const text = new TextDecoder().decode(body.subarray(0, MAX_BYTES));
  const robots = parseRobots(`${origin}/robots.txt`, text);
  const delay = robots.getCrawlDelay(USER_AGENT);
  if (delay !== undefined && delay > 0) slowDown(delay * 1000);
  return (url) =>
    robots.isAllowed(url.href, USER_AGENT) === false
      ? `must not be read: robots.txt of ${url.host} forbids it to ${USER_AGENT}`
      : undefined;
}

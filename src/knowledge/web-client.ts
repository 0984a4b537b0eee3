import { readRedirect } from './web-redirect.ts';
import type { WebRequests, WebResponse } from './web-request.ts';
import { createRobots } from './web-robots.ts';

/** What became of asking for an address. */
export type WebAnswer =
  | { found: WebResponse; url: URL }
  | { unchanged: true }
  | { gone: number }
  | { failed: string };

export type WebClient = (address: string, headers?: Record<string, string>) => Promise<WebAnswer>;

const MAX_REDIRECTS = 5;

/** Asks for pages as a site allows it. Redirects are followed within the host alone. */
export function createWebClient(requests: WebRequests): WebClient {
  const robots = createRobots(requests);
  return async (address, headers) => {
    let url = new URL(address);
    for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
      const forbidden = await robots(url);
      if (forbidden !== undefined) return { failed: forbidden };
      const answer = await requests.request(url, headers);
      if ('failed' in answer) return answer;
      const { status } = answer;
      if (status === 200) return { found: answer, url };
      if (status === 304) return { unchanged: true };
      if (status === 404 || status === 410) return { gone: status };
      if (!isRedirect(status)) return { failed: whyRefused(status) };
      const target = readRedirect(answer, url);
      if ('failed' in target) return target;
      url = target.url;
    }
    return { failed: `is redirected more than ${MAX_REDIRECTS} times` };
  };
}

function isRedirect(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}

function whyRefused(status: number): string {
  if (status === 401 || status === 403) {
    return `cannot be read (status ${status}): the site wants a login or lets no program in`;
  }
  return `cannot be read (status ${status})${status >= 500 ? ': the site is in trouble' : ''}`;
}

import type { WebResponse } from './web-request.ts';

/** Where a redirect leads. A site can name any address, such as one that only this machine reaches. */
export function readRedirect({ headers }: WebResponse, from: URL): { url: URL } | { failed: string } {
  const location = headers.get('location') ?? '';
  if (!URL.canParse(location, from.href)) return { failed: 'is redirected to no address' };
  const url = new URL(location, from);
  url.hash = '';
  const isSafe = url.protocol === from.protocol || (from.protocol === 'http:' && url.protocol === 'https:');
  if (url.hostname === from.hostname && url.port === from.port && isSafe) return { url };
  return {
    failed: `is redirected to ${url.origin}, another host, which is not followed; if it is yours, name it in KNOWLEDGE`,
  };
}

import { createHash } from 'node:crypto';
import { toError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Clock } from '../ports.ts';
import { CHUNK_FORMAT } from './chunk.ts';
import { toPage } from './to-page.ts';
import type { Page, PageListing, PageReading, PageSource } from './types.ts';
import { createWebClient, type WebClient } from './web-client.ts';
import { WEB_LIMITS, type WebLimits } from './web-limits.ts';
import { readWebPage } from './web-page.ts';
import { createWebRequests } from './web-request.ts';
import { readSitemap } from './web-sitemap.ts';
import type { WebRecord, WebState } from './web-state.ts';

export interface WebParts {
  /** Without it every run downloads every page. */
  state?: WebState | undefined;
  fetch: typeof fetch;
  clock: Clock;
  log: Logger;
}

const DAY_MS = 86_400_000;
/** Dates of sitemaps often name the day alone: a page may change again on it. */
const SETTLED_MS = 2 * DAY_MS;
/** Some sitemaps never change their dates, so the page itself is asked once in a while. */
const TRUSTED_MS = 7 * DAY_MS;

/** The pages and sitemaps at the given addresses. Sitemaps end in `.xml` or `.xml.gz`. */
export function createWebSource(parts: WebParts & { urls: string[]; limits?: WebLimits }): PageSource {
  const { urls, limits = WEB_LIMITS, log, clock } = parts;
  return {
    async list() {
      // What a site allows is asked anew for every listing.
      const client = createWebClient(createWebRequests({ ...parts, limits }));
      const listing: PageListing = { pages: [], failed: [], unlisted: [] };
      const seen = new Set<string>();
      const add = (url: string, lastmod?: string) => {
        if (seen.has(url)) return;
        seen.add(url);
        const stamp = stampOf(url, lastmod, clock.now());
        listing.pages.push({ source: url, stamp, read: () => readPage(url, client, parts) });
      };
      for (const item of urls) {
        const url = new URL(item);
        url.hash = '';
        if (!isSitemap(url)) {
          add(url.href);
          continue;
        }
        const { pages, failed, isComplete, elsewhere } = await readSitemap(url.href, client, limits);
        for (const page of pages) add(page.url, page.lastmod);
        listing.failed.push(...failed);
        // Which pages a sitemap named that cannot be read is not known.
        if (!isComplete) listing.unlisted.push(`${url.origin}/`);
        if (elsewhere > 0)
          log.warn('Addresses of other hosts in a sitemap are left out', { sitemap: url.href, elsewhere });
      }
      return listing;
    },
  };
}

function isSitemap(url: URL): boolean {
  return /\.xml(?:\.gz)?$/i.test(url.pathname);
}

/** Nothing of a page is known before it is asked, unless a sitemap says when it was changed. */
function stampOf(url: string, lastmod: string | undefined, now: number): string {
  const changedAt = Date.parse(lastmod ?? '');
  if (Number.isNaN(changedAt) || now - changedAt < SETTLED_MS) return `asked-${now}`;
  // Each page on another day, so that a run never asks for all of them.
  const offset = createHash('sha256').update(url).digest().readUInt32BE() % TRUSTED_MS;
  return `${lastmod}-${Math.floor((now + offset) / TRUSTED_MS)}`;
}

async function readPage(url: string, client: WebClient, parts: WebParts): Promise<PageReading> {
  const { state, log } = parts;
  const kept = await state?.find(url);
  const known = kept?.format === CHUNK_FORMAT ? kept : undefined;
  const answer = await client(url, known && conditions(known));
  if ('unchanged' in answer) {
    if (known) return { page: known.page };
    return { failed: { source: url, reason: 'cannot be read (status 304, for which nobody asked)' } };
  }
  if ('gone' in answer) {
    log.warn('A page of the web is gone', { page: url, status: answer.gone });
    await state?.forget(url);
    return { gone: true };
  }
  if ('failed' in answer) return { failed: { source: url, reason: answer.failed } };
  const read = await readWebPage(answer.found, answer.url);
  const outcome = toPage(read, { source: url, name: nameOf(url), url });
  if ('page' in outcome) await keep(parts, url, answer.found.headers, outcome.page);
  return outcome;
}

function conditions({ etag, lastModified }: WebRecord): Record<string, string> {
  if (etag !== undefined) return { 'if-none-match': etag };
  return lastModified === undefined ? {} : { 'if-modified-since': lastModified };
}

/** Without a state that can be written, the next run downloads the page again; this one has it. */
async function keep({ state, log }: WebParts, url: string, headers: Headers, page: Page): Promise<void> {
  const etag = headers.get('etag') ?? undefined;
  const lastModified = headers.get('last-modified') ?? undefined;
  if (etag === undefined && lastModified === undefined) return;
  try {
    await state?.keep(url, { format: CHUNK_FORMAT, etag, lastModified, page });
  } catch (error) {
    log.warn('A page of the web could not be kept for the next re-index', {
      page: url,
      error: toError(error),
    });
  }
}

/** The last part of its path is what a page without a title is called. */
function nameOf(url: string): string {
  const { pathname, host } = new URL(url);
  return (
    pathname
      .split('/')
      .filter(Boolean)
      .at(-1)
      ?.replace(/\.\w+$/, '') ?? host
  );
}

import { createHash } from 'node:crypto';
import { CHUNK_FORMAT } from './chunk.ts';
import { firstHeading } from './first-heading.ts';
import type { ReadFile } from './page-reader.ts';
import type { FailedPage, Page } from './types.ts';

/** Gives what was read its place. `name` is the title of a page that has none. */
export function toPage(
  read: ReadFile | { reason: string },
  place: { source: string; name: string; url?: string },
): { page: Page } | { failed: FailedPage } {
  const { source, name } = place;
  if ('reason' in read) return { failed: { source, reason: read.reason } };
  const { title, updated, body } = read;
  if (!/\S/.test(body)) {
    return { failed: { source, reason: 'is empty: there is no text to search or to quote' } };
  }
  const url = place.url ?? read.url;
  return { page: withHash({ source, title: title ?? firstHeading(body) ?? name, url, updated, body }) };
}

/** The format is part of the hash: after an update that cuts pages differently every page counts as changed. */
export function withHash(page: Omit<Page, 'hash'>): Page {
  const { source, title, url, updated, tenant, body } = page;
  const shown = [source, title, url ?? null, updated ?? null, tenant ?? null, body];
  const content = JSON.stringify([CHUNK_FORMAT, ...shown]);
  return { ...page, hash: createHash('sha256').update(content).digest('hex') };
}

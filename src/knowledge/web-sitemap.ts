import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { readSitemapXml, type SitemapContent, type SitemapEntry } from './sitemap-xml.ts';
import type { FailedPage } from './types.ts';
import type { WebClient } from './web-client.ts';
import type { WebLimits } from './web-limits.ts';

export interface SitemapPage {
  url: string;
  /** When it was changed, as the sitemap writes it. */
  lastmod: string | undefined;
}

export interface Sitemap {
  pages: SitemapPage[];
  /** Sitemaps that could not be read, or not to their end. */
  failed: FailedPage[];
  /** Whether all of them could be read; else nobody knows what the others name. */
  isComplete: boolean;
  /** Addresses of other hosts, which are left out. */
  elsewhere: number;
}

/** 50 MB are allowed, and nobody needs them for the pages that are read; while they are parsed nothing else happens. */
const MAX_BYTES = 5 * 1024 * 1024;
const unzip = promisify(gunzip);

/** All pages of a sitemap and of the sitemaps it names, of its own host. */
export async function readSitemap(address: string, client: WebClient, limits: WebLimits): Promise<Sitemap> {
  const result: Sitemap = { pages: [], failed: [], isComplete: true, elsewhere: 0 };
  const { host } = new URL(address);
  const sitemaps = [address];
  const seen = new Set(sitemaps);
  const inside = (entries: SitemapEntry[], base: string) =>
    entries.flatMap(({ loc, lastmod }) => {
      const url = toAddress(loc, base);
      if (url === undefined || seen.has(url.href)) return [];
      seen.add(url.href);
      if (url.host === host) return [{ url: url.href, lastmod }];
      result.elsewhere += 1;
      return [];
    });
  let isCut = false;
  for (const at of sitemaps) {
    const content = await readOne(at, client);
    if ('failed' in content) {
      result.failed.push({ source: at, reason: content.failed });
      result.isComplete = false;
      continue;
    }
    sitemaps.push(...inside(content.sitemaps, at).map(({ url }) => url));
    for (const page of inside(content.pages, at)) result.pages.push(page);
    if (sitemaps.splice(limits.sitemaps).length > 0) isCut = true;
    if (result.pages.splice(limits.pagesPerSitemap).length > 0) {
      isCut = true;
      break;
    }
  }
  if (isCut) {
    result.failed.push({ source: address, reason: whatIsLeftOut(limits) });
    result.isComplete = false;
  }
  return result;
}

function whatIsLeftOut({ pagesPerSitemap, sitemaps }: WebLimits): string {
  return `names more than ${pagesPerSitemap} pages or ${sitemaps} sitemaps; the rest is left out, and what is known of it stays: name the sitemaps that you need in KNOWLEDGE`;
}

async function readOne(address: string, client: WebClient): Promise<SitemapContent | { failed: string }> {
  const answer = await client(address);
  if ('failed' in answer) return answer;
  if (!('found' in answer)) return { failed: 'is not there; check the address of the sitemap in KNOWLEDGE' };
  const xml = await unpack(answer.found.body);
  if (xml === undefined)
    return {
      failed:
        'is damaged, or more than the limit of 5 MB for a sitemap; if the site has sitemaps of its parts, name those in KNOWLEDGE',
    };
  const content = await readSitemapXml(xml).catch(() => undefined);
  if (content !== undefined && content.pages.length + content.sitemaps.length > 0) return content;
  // What the parser finds wrong with it helps nobody who looks at the site.
  return { failed: 'is no sitemap, or names no page' };
}

/** A sitemap may be packed as a file, besides any packing on the way. */
async function unpack(bytes: Uint8Array): Promise<string | undefined> {
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!isPacked && bytes.length > MAX_BYTES) return undefined;
  const plain = isPacked ? await unzip(bytes, { maxOutputLength: MAX_BYTES }).catch(() => undefined) : bytes;
  return plain && new TextDecoder().decode(plain);
}

function toAddress(loc: string, base: string): URL | undefined {
  if (!URL.canParse(loc.trim(), base)) return undefined;
  const url = new URL(loc.trim(), base);
  url.hash = '';
  return /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' ? url : undefined;
}

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createWebStateFolder } from '../../src/adapters/web-state-folder.ts';
import type { PageListing, PageReading } from '../../src/knowledge/types.ts';
import { WEB_LIMITS } from '../../src/knowledge/web-limits.ts';
import { createWebSource } from '../../src/knowledge/web-source.ts';
import type { WebState } from '../../src/knowledge/web-state.ts';
import { createLogger } from '../../src/log.ts';
import type { Clock } from '../../src/ports.ts';
import { measureBlock } from '../helpers/measure-block.ts';
import { createPdf } from '../helpers/pdf.ts';
import { type Site, startSite } from '../helpers/site.ts';

const NOW = Date.UTC(2026, 2, 20);
let site: Site;
let other: Site;
let folder: string;
let state: WebState;
let slept: number[];
let logged: string[];
let now: number;

beforeEach(async () => {
  site = await startSite();
  other = await startSite({ '/': '<p>Secret of another host</p>' });
  folder = mkdtempSync(join(tmpdir(), 'countersign-web-'));
  state = createWebStateFolder(join(folder, 'web'));
  [slept, logged, now] = [[], [], NOW];
});

afterEach(async () => {
  await site.stop();
  await other.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Time passes by sleeping alone. */
const clock: Clock = {
  now: () => now,
  sleep: async (ms) => {
    slept.push(ms);
    now += ms;
  },
};

function createSource(paths: string[], limits = {}) {
  return createWebSource({
    urls: paths.map((path) => site.url + path),
    state,
    fetch,
    clock,
    log: createLogger({ level: 'warn', write: (line) => logged.push(line), pretty: false, clock }),
    limits: { ...WEB_LIMITS, ...limits },
  });
}

async function readAll(paths: string[], limits = {}) {
  const listing = await createSource(paths, limits).list();
  const read: PageReading[] = [];
  for (const page of listing.pages) read.push(await page.read());
  return { ...listing, read };
}

async function readOne(path: string, limits = {}): Promise<PageReading> {
  const { read, pages } = await readAll([path], limits);
  expect(pages).toHaveLength(1);
  return read[0] as PageReading;
}

const reasonOf = async (path: string, limits = {}) => {
  const outcome = await readOne(path, limits);
  return 'failed' in outcome ? outcome.failed.reason : JSON.stringify(outcome);
};

const sitemap = (...entries: [path: string, lastmod?: string][]) => {
  const urls = entries.map(
    ([path, lastmod]) =>
      `<url><loc>${path.startsWith('http') ? path : site.url + path}</loc>${lastmod ? `<lastmod>${lastmod}</lastmod>` : ''}</url>`,
  );
  return `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.join('')}</urlset>`;
};
const index = (...paths: string[]) =>
  `<sitemapindex>${paths.map((path) => `<sitemap><loc>${site.url}${path}</loc></sitemap>`).join('')}</sitemapindex>`;

const sourcesOf = ({ pages }: PageListing) => pages.map(({ source }) => source.replace(site.url, ''));

describe('a page of the web', () => {
  test('is called and linked by its address without the fragment', async () => {
    site.pages['/docs/refunds?v=2'] =
      '<title>Refunds</title><main>Within <a href="terms">30 days</a>.</main>';
    const url = `${site.url}/docs/refunds?v=2`;
    expect(await readOne('/docs/refunds?v=2#when')).toMatchObject({
      page: { source: url, url, title: 'Refunds', body: `Within [30 days](${site.url}/docs/terms).\n` },
    });
    expect(site.asked.at(-1)?.headers['user-agent']).toBe('Countersign');
  });

  test('may be HTML, Markdown, plain text or PDF', async () => {
    const typed = (type: string, body: string | Uint8Array) => ({ headers: { 'content-type': type }, body });
    site.pages['/a'] = typed('text/markdown', '---\ntitle: A\n---\nWithin 30 days.\n');
    site.pages['/b.md'] = typed('text/plain; charset=utf-8', '# B\n\nWithin 30 days.\n');
    site.pages['/c.txt'] = typed('text/plain', 'C\n\nWithin 30 days.\n');
    site.pages['/d'] = typed(
      'application/pdf',
      createPdf([[{ text: 'Within 30 days.', y: 700 }]], { title: 'D' }),
    );
    site.pages['/e'] = typed(
      'text/html; charset=iso-8859-1',
      Buffer.from('<h1>É</h1>Within 30 days.', 'latin1'),
    );
    const { read } = await readAll(['/a', '/b.md', '/c.txt', '/d', '/e']);
    expect(read.map((one) => ('page' in one ? one.page.title : one))).toEqual(['A', 'B', 'C', 'D', 'É']);
    for (const one of read) expect('page' in one && one.page.body).toContain('Within 30 days.');
  });

  test('of another type says which are read', async () => {
    site.pages['/a.png'] = { headers: { 'content-type': 'image/png' }, body: 'x' };
    expect(await reasonOf('/a.png')).toMatch(/^is of type image\/png, which is not read; HTML, Markdown/);
  });

  test.each(['constructor', '__proto__', 'toString'])(
    'of type %s is of no type that is read',
    async (type) => {
      site.pages['/a'] = { headers: { 'content-type': type }, body: 'x' };
      expect(await reasonOf('/a')).toMatch(/^is of type \S+, which is not read/);
    },
  );

  test('is downloaded again only when it has changed, also by another process', async () => {
    site.pages['/a'] = { headers: { etag: '"1"' }, body: '<p>One.' };
    site.pages['/b'] = { headers: { 'last-modified': 'Tue, 03 Mar 2026 10:00:00 GMT' }, body: '<p>Bee.' };
    const first = await readAll(['/a', '/b']);
    state = createWebStateFolder(join(folder, 'web'));
    const again = await readAll(['/a', '/b']);
    expect(again.read).toEqual(first.read);
    const conditions = site.asked.filter(
      ({ headers }) => headers['if-none-match'] ?? headers['if-modified-since'],
    );
    expect(conditions.map(({ path }) => path)).toEqual(['/a', '/b']);
    site.pages['/a'] = { headers: { etag: '"2"' }, body: '<p>Two.' };
    expect(await readOne('/a')).toMatchObject({ page: { body: 'Two.\n' } });
    expect(await readOne('/a')).toMatchObject({ page: { body: 'Two.\n' } });
  });

  test('is downloaded anew when what was kept of it is damaged', async () => {
    site.pages['/a'] = { headers: { etag: '"1"' }, body: '<p>One.' };
    await readOne('/a');
    const [file = ''] = readdirSync(join(folder, 'web'));
    writeFileSync(join(folder, 'web', file), '{"format":');
    expect(await readOne('/a')).toMatchObject({ page: { body: 'One.\n' } });
    expect(site.asked.at(-1)?.headers['if-none-match']).toBeUndefined();
  });

  test('is read although nothing can be kept, and says so', async () => {
    writeFileSync(join(folder, 'web'), 'in the way');
    site.pages['/a'] = { headers: { etag: '"1"' }, body: '<p>One.' };
    expect(await readOne('/a')).toMatchObject({ page: { body: 'One.\n' } });
    expect(logged.join()).toContain('could not be kept');
  });

  test.each([404, 410])('that answers %d is gone', async (status) => {
    site.pages['/a'] = { headers: { etag: '"1"' }, body: '<p>One.' };
    await readOne('/a');
    site.pages['/a'] = { status };
    expect(await readOne('/a')).toEqual({ gone: true });
    expect(readdirSync(join(folder, 'web'))).toEqual([]);
  });

  test.each([
    [500, /^cannot be read \(status 500\): the site is in trouble/],
    [403, /^cannot be read \(status 403\): the site wants a login/],
    [204, /^cannot be read \(status 204\)/],
    [304, /^cannot be read \(status 304, for which nobody asked\)/],
  ])('that answers %d only fails', async (status, reason) => {
    site.pages['/a'] = { status };
    expect(await reasonOf('/a')).toMatch(reason);
  });

  test('that is slow, endless or cut off fails within its limits', async () => {
    site.pages['/slow'] = (response) => void response.writeHead(200).write('<p>never ends');
    expect(await reasonOf('/slow', { timeoutMs: 200 })).toBe('did not arrive within 0.2 seconds');
    site.pages['/huge'] = {
      headers: { 'content-encoding': 'gzip' },
      body: gzipSync(Buffer.alloc(30_000_000, 'a')),
    };
    expect(await reasonOf('/huge')).toBe('is more than 20 MB, the limit for a page');
    site.pages['/long'] = `<p>${'long '.repeat(400_000)}`;
    expect(await reasonOf('/long')).toMatch(/^is 1\.9 MB, more than the limit of 1 MB for a page/);
    site.pages['/cut'] = (response) => {
      response.writeHead(200, { 'content-length': '100' }).write('<p>half');
      setTimeout(() => response.destroy(), 20);
    };
    expect(await reasonOf('/cut')).toMatch(/^cannot be reached/);
  });

  test('that cannot be reached says why', async () => {
    await site.stop();
    expect(await reasonOf('/a')).toMatch(/robots\.txt cannot be reached \(ECONNREFUSED\)/);
    site = await startSite();
  });
});

describe('a redirect', () => {
  const to = (location: string) => ({ status: 302, headers: { location } });

  test('is followed within its host', async () => {
    site.pages['/old'] = to('/new');
    site.pages['/new'] = '<a href="x">Link</a>';
    expect(await readOne('/old')).toMatchObject({
      page: { source: `${site.url}/old`, url: `${site.url}/old`, body: `[Link](${site.url}/x)\n` },
    });
  });

  test('to another host, port or protocol is never followed', async () => {
    for (const target of [other.url, 'http://169.254.169.254/latest', 'file:///etc/passwd', '//localhost/']) {
      site.pages['/old'] = to(target);
      expect(await reasonOf('/old')).toMatch(/^is redirected to .*another host, which is not followed/);
    }
    expect(other.asked).toEqual([]);
  });

  test('of robots.txt to another host, port or protocol is not followed either', async () => {
    site.pages['/a'] = '<p>A';
    for (const target of [`${other.url}/robots.txt`, 'ftp://127.0.0.1/robots.txt']) {
      site.pages['/robots.txt'] = to(target);
      expect(await readOne('/a')).toHaveProperty('page');
    }
    expect(other.asked).toEqual([]);
  });

  test('in a circle ends', async () => {
    site.pages['/a'] = to('/b');
    site.pages['/b'] = to('/a');
    expect(await reasonOf('/a')).toBe('is redirected more than 5 times');
  });

  test('to what robots.txt forbids is not followed', async () => {
    site.pages['/robots.txt'] = 'User-agent: *\nDisallow: /private';
    site.pages['/old'] = to('/private/a');
    expect(await reasonOf('/old')).toMatch(/^must not be read: robots\.txt/);
    expect(site.paths()).not.toContain('/private/a');
  });
});

describe('what a site asks for', () => {
  test('in robots.txt is obeyed, read once, and the rules for this bot come first', async () => {
    site.pages['/robots.txt'] = 'User-agent: *\nDisallow:\n\nUser-agent: countersign\nDisallow: /private\n';
    Object.assign(site.pages, { '/a': '<p>A', '/b': '<p>B', '/private/c': '<p>C' });
    const { read } = await readAll(['/a', '/b', '/private/c']);
    expect(read.map((one) => Object.keys(one)[0])).toEqual(['page', 'page', 'failed']);
    expect(site.paths()).toEqual(['/robots.txt', '/a', '/b']);
  });

  test('is unknown while robots.txt fails, so nothing is read', async () => {
    site.pages['/robots.txt'] = { status: 500 };
    site.pages['/a'] = '<p>A';
    expect(await reasonOf('/a')).toMatch(/^was not asked for: .*robots\.txt answers with status 500/);
    expect(site.paths()).not.toContain('/a');
  });

  test('is kept: a pause between requests, a longer one up to a limit', async () => {
    Object.assign(site.pages, { '/a': '<p>A', '/b': '<p>B' });
    await readAll(['/a', '/b']);
    expect(slept).toEqual([200, 200]);
    site.pages['/robots.txt'] = 'User-agent: *\nCrawl-delay: 2\n';
    slept = [];
    await readAll(['/a', '/b']);
    expect(slept).toEqual([2_000, 2_000]);
    site.pages['/robots.txt'] = 'User-agent: *\nCrawl-delay: 600\n';
    slept = [];
    await readAll(['/a']);
    expect(slept).toEqual([5_000]);
  });

  test('by Retry-After is waited for once; a long one ends the run for this host', async () => {
    let times = 0;
    const busy = (seconds: number) => (response: import('node:http').ServerResponse) => {
      times += 1;
      if (times > 1) response.writeHead(200, { 'content-type': 'text/html' }).end('<p>A');
      else response.writeHead(429, { 'retry-after': String(seconds) }).end();
    };
    site.pages['/a'] = busy(7);
    expect(await readOne('/a')).toHaveProperty('page');
    expect(slept).toContain(7_000);
    times = 0;
    site.pages['/a'] = busy(3_600);
    site.pages['/b'] = '<p>B';
    const { read } = await readAll(['/a', '/b']);
    expect(read[0]).toMatchObject({ failed: { reason: expect.stringContaining('status 429') } });
    expect(read[1]).toMatchObject({ failed: { reason: expect.stringContaining('wants a pause') } });
  });
});

describe('a site that cannot answer', () => {
  const paths = Array.from({ length: 20 }, (_, at) => `/p${at}`);
  const reasonsOf = (read: PageReading[]) =>
    read.map((one) => ('failed' in one ? one.failed.reason : JSON.stringify(one)));

  test('in time is left alone after three pages, and each of the others says why', async () => {
    site.pages['/robots.txt'] = '';
    for (const path of paths) site.pages[path] = () => {};
    const { read } = await readAll(paths, { timeoutMs: 60 });
    const reasons = reasonsOf(read);
    expect(reasons[2]).toBe('did not arrive within 0.06 seconds');
    expect(reasons[3]).toMatch(
      /^was not asked for: .* failed 3 times in a row \(the last one did not arrive/,
    );
    expect(new Set(reasons.slice(3)).size).toBe(1);
    expect(site.paths()).toHaveLength(4);
    expect(slept.length).toBeLessThan(5);
  });

  test.each([429, 503])('but with status %d and a pause costs two pauses at most', async (status) => {
    for (const path of paths) site.pages[path] = { status, headers: { 'retry-after': '30' } };
    const { read } = await readAll(paths);
    expect(read.every((one) => 'failed' in one)).toBe(true);
    expect(now - NOW).toBeLessThan(62_000);
  });

  test('now and then is asked for all its pages', async () => {
    for (const [at, path] of paths.entries()) site.pages[path] = at % 2 === 0 ? '<p>A' : { status: 503 };
    const { read } = await readAll(paths);
    expect(reasonsOf(read).filter((reason) => reason.includes('not asked'))).toEqual([]);
  });

  test('fast enough is left alone when its time is over, and another site is not', async () => {
    site.pages['/robots.txt'] = 'User-agent: *\nCrawl-delay: 5\n';
    for (const path of paths) site.pages[path] = '<p>A';
    const { read } = await readAll(paths, { timePerHostMs: 60_000 });
    expect(read.filter((one) => 'page' in one)).toHaveLength(12);
    expect(reasonsOf(read)[12]).toMatch(/^was not asked for: .* more than the 1 minutes/);
    expect(now - NOW).toBeLessThan(61_000);
    expect(await readOne('/p19')).toHaveProperty('page');
  });
});

describe('a sitemap', () => {
  test('names its pages, directly, in sitemaps of its own, and packed', async () => {
    site.pages['/sitemap.xml'] = index('/one.xml', '/two.xml.gz', '/one.xml');
    site.pages['/one.xml'] = sitemap(['/a'], ['/b&amp;c#d']);
    site.pages['/two.xml.gz'] = {
      headers: { 'content-type': 'application/gzip' },
      body: gzipSync(sitemap(['/a'], ['/e'])),
    };
    const listing = await createSource(['/sitemap.xml', '/e', '/f']).list();
    expect(sourcesOf(listing)).toEqual(['/a', '/b&c', '/e', '/f']);
    expect(listing).toMatchObject({ failed: [], unlisted: [] });
  });

  test('never leads to another host', async () => {
    site.pages['/sitemap.xml'] = sitemap([`${other.url}/`], ['/a'], ['javascript:alert(1)']);
    const listing = await createSource(['/sitemap.xml']).list();
    expect(sourcesOf(listing)).toEqual(['/a']);
    expect(logged.join()).toContain('other hosts');
    expect(other.asked).toEqual([]);
  });

  test.each<[string, Parameters<typeof startSite>[0], RegExp]>([
    ['is not there', {}, /^is not there; check the address/],
    ['is in trouble', { '/sitemap.xml': { status: 503 } }, /^cannot be read \(status 503\)/],
    ['is a page', { '/sitemap.xml': '<!doctype html><p>Sorry' }, /^is no sitemap, or names no page/],
    ['is empty', { '/sitemap.xml': '<urlset></urlset>' }, /^is no sitemap, or names no page/],
    [
      'is damaged',
      { '/sitemap.xml': Buffer.from('1f8b00', 'hex').toString('latin1') },
      /is no sitemap|is damaged/,
    ],
    ['is nested deeply', { '/sitemap.xml': '<a>'.repeat(100_000) }, /^is no sitemap, or names no page/],
    [
      'unpacks to a hundred times its size',
      { '/sitemap.xml': { body: gzipSync(Buffer.alloc(30_000_000)) } },
      /more than the limit of 5 MB/,
    ],
  ])('that %s keeps all pages of its site', async (_title, pages = {}, reason) => {
    Object.assign(site.pages, pages);
    const listing = await createSource(['/sitemap.xml'], { maxRetryAfterMs: 0 }).list();
    expect(listing.pages).toEqual([]);
    expect(listing.failed).toEqual([
      { source: `${site.url}/sitemap.xml`, reason: expect.stringMatching(reason) },
    ]);
    expect(listing.unlisted).toEqual([`${site.url}/`]);
  });

  test('has a limit of pages, which says what to do', async () => {
    site.pages['/sitemap.xml'] = sitemap(['/a'], ['/b'], ['/c']);
    const listing = await createSource(['/sitemap.xml'], { pagesPerSitemap: 2 }).list();
    expect(sourcesOf(listing)).toEqual(['/a', '/b']);
    expect(listing.failed[0]?.reason).toMatch(
      /^names more than 2 pages or .*name the sitemaps that you need/,
    );
    expect(listing.failed).toHaveLength(1);
    // Pages beyond the limit are not gone.
    expect(listing.unlisted).toEqual([`${site.url}/`]);
  });

  test('over its limits says so once, however many sitemaps there are', async () => {
    const names = Array.from({ length: 8 }, (_, at) => `/s${at}.xml`);
    site.pages['/sitemap.xml'] = index(...names);
    for (const name of names) site.pages[name] = sitemap([`/page${name}`]);
    const listing = await createSource(['/sitemap.xml'], { sitemaps: 5 }).list();
    expect(listing.pages).toHaveLength(4);
    expect(listing.failed).toHaveLength(1);
    expect(listing.unlisted).toEqual([`${site.url}/`]);
  });

  test('of tens of thousands of pages is read whole and keeps nobody waiting', async () => {
    const entries = Array.from({ length: 15_000 }, (_, at): [string, string] => [`/p/${at}`, '2026-01-01']);
    site.pages['/sitemap.xml'] = sitemap(...entries);
    const block = measureBlock();
    const listing = await createSource(['/sitemap.xml'], { pagesPerSitemap: 40_000 }).list();
    expect(block.stop()).toBeLessThan(1_500);
    expect(sourcesOf(listing)).toEqual(entries.map(([path]) => path));
  });

  test('lets a page be skipped by its date, but asks it once a week all the same', async () => {
    const stamps = async () => {
      site.pages['/sitemap.xml'] = sitemap(
        ['/old', '2026-01-01'],
        ['/new', '2026-03-19'],
        ['/none'],
        ['/bad', 'soon'],
      );
      return (await createSource(['/sitemap.xml']).list()).pages.map(({ stamp }) => stamp);
    };
    const [old, ...rest] = await stamps();
    now += 1_000;
    const [oldLater, ...restLater] = await stamps();
    expect(oldLater).toBe(old);
    for (const [at, stamp] of restLater.entries()) expect(stamp).not.toBe(rest[at]);
    now += 7 * 86_400_000;
    expect((await stamps())[0]).not.toBe(old);
  });
});

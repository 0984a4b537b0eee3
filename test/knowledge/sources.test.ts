import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSqliteIndex } from '../../src/adapters/sqlite-index/sqlite-index.ts';
import { createWebStateFolder } from '../../src/adapters/web-state-folder.ts';
import { createReindex } from '../../src/knowledge/reindex.ts';
import { createSources } from '../../src/knowledge/sources.ts';
import { createLogger } from '../../src/log.ts';
import type { KnowledgeIndex } from '../../src/ports.ts';
import { type Site, startSite } from '../helpers/site.ts';
import { createTestClock } from '../helpers/test-clock.ts';

const clock = { ...createTestClock(), sleep: async () => {} };
let folder: string;
let site: Site;
let index: KnowledgeIndex;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-sources-'));
  writeFileSync(join(folder, 'faq.csv'), 'id,question,answer\n1,How?,So.\n2,Why?,Thus.\n');
  writeFileSync(join(folder, 'terms.md'), '# Terms\n\nFair.\n');
  site = await startSite();
  index = createSqliteIndex({ folder: join(folder, '.index'), clock });
});

afterEach(async () => {
  await index.close();
  await site.stop();
  rmSync(folder, { recursive: true });
});

test('folders, tables and sites make one knowledge; trouble keeps their pages, and what is gone is removed', async () => {
  const locs = ['/a', '/b', '/c'].map((path) => `<url><loc>${site.url}${path}</loc></url>`).join('');
  const pages = { '/map.xml': `<urlset>${locs}</urlset>`, '/a': '<p>A.', '/b': '<p>B.', '/c': '<p>C.' };
  Object.assign(site.pages, pages);
  const sources = createSources([folder, `${site.url}/map.xml`], {
    state: createWebStateFolder(join(folder, '.web')),
    fetch,
    clock,
    log: createLogger({ level: 'error' }),
  });
  const reindex = createReindex({ index, sources, clock });
  const sourcesNow = async () =>
    (await index.pages()).map(({ source }) => source.replace(site.url, '')).toSorted();
  const all = ['/a', '/b', '/c', 'faq.csv#1', 'faq.csv#2', 'terms.md'];

  expect(await reindex()).toMatchObject({ added: 6, failed: [] });
  expect(await sourcesNow()).toEqual(all);

  // One row is broken, one page fails: what was there stays.
  writeFileSync(join(folder, 'faq.csv'), 'id,question,answer\n1,How?,So.\n2,"Why?,Thus.\n');
  site.pages['/b'] = { status: 500 };
  expect((await reindex()).failed.map(({ source }) => source.replace(site.url, ''))).toEqual([
    'faq.csv line 3',
    '/b',
  ]);
  expect(await sourcesNow()).toEqual(all);

  // The sitemap fails: nothing of its site is removed.
  site.pages['/map.xml'] = { status: 500 };
  await reindex();
  expect(await sourcesNow()).toEqual(all);

  Object.assign(site.pages, pages, { '/c': { status: 410 } });
  expect(await reindex()).toMatchObject({ removed: 1 });
  expect(await sourcesNow()).toEqual(all.filter((source) => source !== '/c'));
});

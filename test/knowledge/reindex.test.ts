import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSqliteIndex } from '../../src/adapters/sqlite-index/sqlite-index.ts';
import { VendorUnreachable } from '../../src/errors.ts';
import { createFolderSource } from '../../src/knowledge/load-folder.ts';
import { createReindex, type Reindex } from '../../src/knowledge/reindex.ts';
import { readQueryTerms } from '../../src/knowledge/terms.ts';
import type { PageReading, ReindexProgress } from '../../src/knowledge/types.ts';
import type { KnowledgeIndex } from '../../src/ports.ts';
import { createTestClock } from '../helpers/test-clock.ts';

const clock = createTestClock();
let base: string;
let index: KnowledgeIndex;
let reindex: Reindex;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'countersign-reindex-'));
  mkdirSync(join(base, 'pages'));
  index = createSqliteIndex({ folder: join(base, 'index'), clock });
  reindex = createReindex({ index, sources: [createFolderSource([join(base, 'pages')])], clock });
});

afterEach(async () => {
  await index.close();
  rmSync(base, { recursive: true, force: true });
});

function write(path: string, content: string | Uint8Array): string {
  const file = join(base, 'pages', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

const remove = (path: string) => rmSync(join(base, 'pages', path), { recursive: true });
const find = async (text: string) =>
  (await index.candidates({ terms: readQueryTerms([{ text, weight: 1 }]), limit: 5 })).map(
    ({ passage }) => passage.text,
  );

function writeMany(count: number): void {
  for (let at = 0; at < count; at += 1) write(`many/${at}.md`, `Page number${at}.`);
}

describe('a re-index', () => {
  test('adds new pages, replaces changed ones, removes those that are gone, and counts them', async () => {
    writeMany(4);
    write('a.md', 'Refunds take five days.');
    expect(await reindex()).toMatchObject({
      pages: 5,
      added: 5,
      changed: 0,
      removed: 0,
      unchanged: 0,
      chunks: 5,
    });
    write('a.md', 'Refunds take ten days.\n\n## More\n\nReally.');
    write('b.md', 'A new page.');
    remove('many/3.md');
    const result = await reindex();
    expect(result).toMatchObject({
      pages: 5,
      added: 1,
      changed: 1,
      removed: 1,
      unchanged: 3,
      failed: [],
      chunks: 6,
    });
    expect(await find('refund')).toEqual(['Refunds take ten days.']);
    expect(await find('number3')).toEqual([]);
  });

  test('writes nothing when nothing has changed, not even for files that were only touched', async () => {
    writeMany(3);
    const first = await reindex();
    const files = () => readdirSync(join(base, 'index'));
    const before = files();
    const version = (await index.active())?.version;
    utimesSync(join(base, 'pages/many/1.md'), 1_000, 1_000);
    expect(await reindex()).toMatchObject({
      pages: 3,
      unchanged: 3,
      added: 0,
      changed: 0,
      chunks: first.chunks,
    });
    expect(files()).toEqual(before);
    expect((await index.active())?.version).toBe(version);
  });

  test('does not read a page again whose file has not changed', async () => {
    let reads = 0;
    const page = { source: 'a.md', title: 'A', url: undefined, updated: undefined, body: 'Text.', hash: 'h' };
    const read = async () => {
      reads += 1;
      return { page };
    };
    const list = async () => ({ pages: [{ source: 'a.md', stamp: 's', read }], failed: [], unlisted: [] });
    const run = createReindex({ index, sources: [{ list }], clock });
    await run();
    await run();
    expect(reads).toBe(1);
    await run({ force: true });
    expect(reads).toBe(2);
  });

  test('indexes the rest of a folder with bad files and names each', async () => {
    write('good.md', 'Refunds take five days.');
    write('binary.md', new Uint8Array([1, 0, 2]));
    write('front.md', '---\ntitle: [\n---\nText.');
    write('empty.md', '');
    write('huge.md', 'a '.repeat(2_500_000));
    write('latin.md', new Uint8Array([0x63, 0x61, 0x66, 0xe9]));
    const { failed, ...result } = await reindex();
    expect(result).toMatchObject({ pages: 1, added: 1 });
    expect(Object.fromEntries(failed.map(({ source, reason }) => [source, reason]))).toEqual({
      'binary.md': expect.stringContaining('binary'),
      'front.md': expect.stringContaining('front matter, line'),
      'empty.md': expect.stringContaining('empty'),
      'huge.md': expect.stringContaining('limit of 1 MB'),
      'latin.md': expect.stringContaining('not UTF-8'),
    });
    expect(await find('refund')).toHaveLength(1);
  });

  test.each([{}, { force: true }])(
    'keeps the former content of a page that cannot be read any more (%j)',
    async (options) => {
      writeMany(2);
      write('a.md', 'Refunds take five days.');
      await reindex();
      write('a.md', new Uint8Array([0xe9, 0x20, 0xe9]));
      write('b.md', 'New page.');
      expect(await reindex(options)).toMatchObject({
        pages: 4,
        added: 1,
        removed: 0,
        failed: [{ source: 'a.md' }],
      });
      expect(await find('refund')).toEqual(['Refunds take five days.']);
    },
  );

  test('removes nothing below a folder that cannot be listed', async () => {
    writeMany(6);
    write('handbook/a.md', 'Refunds take five days.');
    write('handbook/deep/b.md', 'More on refunds.');
    await reindex();
    remove('handbook');
    symlinkSync(join(base, 'not-mounted'), join(base, 'pages/handbook'));
    remove('many/0.md');
    const result = await reindex();
    expect(result).toMatchObject({ pages: 7, removed: 1, failed: [{ source: 'handbook/' }] });
    expect(await find('refund')).toHaveLength(2);
  });

  test('refuses to remove more than three pages in ten, unless it is forced', async () => {
    writeMany(10);
    await reindex();
    for (const at of [0, 1, 2, 3]) remove(`many/${at}.md`);
    await expect(reindex()).rejects.toThrow(/4 of 10 indexed pages are gone .*many\/0\.md.*--force/);
    expect((await index.active())?.pages).toBe(10);
    expect(await reindex({ force: true })).toMatchObject({ pages: 6, removed: 4 });
  });

  test('lets a single page go however few there are', async () => {
    writeMany(2);
    await reindex();
    remove('many/0.md');
    expect(await reindex()).toMatchObject({ pages: 1, removed: 1 });
  });

  test('never empties the index, not even when forced', async () => {
    writeMany(2);
    await reindex();
    remove('many');
    await expect(reindex({ force: true })).rejects.toThrow('holds no page');
    const nothing = createReindex({ index, sources: [], clock });
    await expect(nothing({ force: true })).rejects.toThrow('No page would be left in the index');
    expect((await index.active())?.pages).toBe(2);
  });

  test('fails with the reasons when not one page can be read', async () => {
    write('a.md', '');
    await expect(reindex()).rejects.toThrow(/No page would be left.*a\.md is empty/);
    expect(await index.active()).toBeUndefined();
  });

  test('says on a dry run that nothing would be left where the run refuses for that', async () => {
    const nothing = createReindex({ index, sources: [], clock });
    await expect(nothing()).rejects.toThrow('No page would be left');
    expect((await nothing({ dryRun: true })).refused).toContain('No page would be left');
    write('a.md', '');
    expect((await reindex({ dryRun: true })).refused).toMatch(/No page would be left.*a\.md is empty/);
  });

  test('leaves out a page whose reader breaks, and reads on', async () => {
    const page = { source: 'a.md', title: 'A', url: undefined, updated: undefined, body: 'Text.', hash: 'h' };
    const listed = (source: string, read: () => Promise<PageReading>) => ({ source, stamp: 's', read });
    const broken = async () => {
      throw new TypeError('x is not a function');
    };
    const pages = [listed('broken.pdf', broken), listed('a.md', async () => ({ page }))];
    const list = async () => ({ pages, failed: [], unlisted: [] });
    const { failed, added } = await createReindex({ index, sources: [{ list }], clock })();
    expect(added).toBe(1);
    expect(failed).toEqual([
      { source: 'broken.pdf', reason: expect.stringContaining('x is not a function') },
    ]);
    pages[0] = listed('broken.pdf', async () => {
      throw new VendorUnreachable('the site', 'no answer');
    });
    await expect(createReindex({ index, sources: [{ list }], clock })()).rejects.toThrow('no answer');
  });

  test('changes nothing on a dry run and counts the same', async () => {
    writeMany(4);
    await reindex();
    write('a.md', 'New page.');
    remove('many/0.md');
    const { ms: _, version, gate, ...dry } = await reindex({ dryRun: true });
    expect(version).toBe((await index.active())?.version);
    expect((await index.active())?.pages).toBe(4);
    expect(await find('new')).toEqual([]);
    const { ms: __, version: next, gate: seen, ...real } = await reindex();
    expect(dry).toEqual(real);
    expect(next).not.toBe(version);
    expect(gate).toEqual({ ...seen, titles: null });
  });

  test('builds every page anew when forced, also over a damaged index', async () => {
    writeMany(3);
    await reindex();
    const before = (await index.active())?.version;
    expect(await reindex({ force: true })).toMatchObject({ pages: 3, unchanged: 3, added: 0 });
    expect((await index.active())?.version).not.toBe(before);
    for (const name of readdirSync(join(base, 'index')).filter((one) => one.startsWith('index-'))) {
      writeFileSync(join(base, 'index', name), 'damaged '.repeat(4_000));
    }
    await index.close();
    index = createSqliteIndex({ folder: join(base, 'index'), clock });
    const again = createReindex({ index, sources: [createFolderSource([join(base, 'pages')])], clock });
    expect(await again({ force: true })).toMatchObject({ pages: 3 });
    expect(await find('number2')).toEqual(['Page number2.']);
  });

  test('tells how far it is, each phase to its end', async () => {
    writeMany(3);
    const seen: ReindexProgress[] = [];
    await reindex({ onProgress: (progress) => seen.push(progress) });
    expect(seen[0]).toEqual({ phase: 'reading', done: 0, total: 3 });
    expect(seen).toContainEqual({ phase: 'reading', done: 3, total: 3 });
    expect(seen).toContainEqual({ phase: 'indexing', done: 3, total: 3 });
    expect(seen.at(-1)).toEqual({ phase: 'switching', done: 1, total: 1 });
  });
});

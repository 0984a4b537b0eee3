import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFolderSource } from '../../src/knowledge/load-folder.ts';
import { withHash } from '../../src/knowledge/to-page.ts';
import type { FailedPage, Page } from '../../src/knowledge/types.ts';
import { createDocx, paragraph } from '../helpers/docx.ts';
import { createPdf } from '../helpers/pdf.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-pages-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, content: string | Uint8Array): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

async function readAll(roots = [folder]) {
  const { pages, failed, unlisted } = await createFolderSource(roots).list();
  const read: { pages: Page[]; failed: FailedPage[] } = { pages: [], failed: [...failed] };
  for (const listed of pages) {
    const outcome = await listed.read();
    if ('page' in outcome) read.pages.push(outcome.page);
    else if ('failed' in outcome) read.failed.push(outcome.failed);
  }
  return { ...read, unlisted, sources: pages.map(({ source }) => source) };
}

async function readOne(content: string): Promise<Page> {
  write('page.md', content);
  const { pages, failed } = await readAll();
  expect(failed).toEqual([]);
  return pages[0] as Page;
}

async function reasonFor(content: string | Uint8Array): Promise<string> {
  write('page.md', content);
  const { failed } = await readAll();
  expect(failed.map(({ source }) => source)).toEqual(['page.md']);
  return failed[0]?.reason ?? '';
}

describe('the list of pages', () => {
  test('has the files of all folders below that can be read, and nothing else', async () => {
    write('docs/pricing/refunds.md', 'Refunds.');
    write('docs/intro.mdx', 'Intro.');
    write('READ.MD', 'Read.');
    write('docs/logo.png', new Uint8Array([0, 1, 2]));
    write('docs/notes.txt', 'Notes.');
    write('docs/page.HTM', '<p>Page.</p>');
    write('docs/faq.csv', 'id,question,answer\n1,Q,A\n2,R,B\n');
    write('docs/config.json', '{}');
    write('.git/hidden.md', 'no');
    write('docs/.draft.md', 'no');
    write('node_modules/pkg/readme.md', 'no');
    const { sources, failed } = await readAll();
    expect(sources).toEqual([
      'READ.MD',
      'docs/faq.csv#1',
      'docs/faq.csv#2',
      'docs/intro.mdx',
      'docs/notes.txt',
      'docs/page.HTM',
      'docs/pricing/refunds.md',
    ]);
    expect(failed).toEqual([]);
  });

  test('keeps equal paths of two folders apart, and a folder named twice counts once', async () => {
    write('one/docs/a.md', 'A');
    write('two/docs/a.md', 'B');
    write('two/docs/b.md', 'C');
    write('other/two/docs/a.md', 'D');
    const roots = ['one', 'two', 'other/two', 'two'].map((name) => join(folder, name));
    expect((await readAll(roots)).sources).toEqual([
      'docs/a.md',
      'two/docs/a.md',
      'docs/b.md',
      'other/two/docs/a.md',
    ]);
  });

  test('never gives a page the name of another folder that cannot be listed just now', async () => {
    write('one/a.md', 'A');
    write('two/sub/x.md', 'Two');
    write('two/y.md', 'Y');
    symlinkSync(join(folder, 'gone'), join(folder, 'one', 'sub'));
    symlinkSync(join(folder, 'gone.md'), join(folder, 'one', 'y.md'));
    const { sources, unlisted, failed } = await readAll(['one', 'two'].map((name) => join(folder, name)));
    expect(sources).toEqual(['a.md', 'two/sub/x.md', 'two/y.md']);
    expect(unlisted).toContain('sub/');
    expect(failed.map(({ source }) => source)).toEqual(['sub/', 'y.md']);
  });

  test('keeps what is known below a folder under each name that its pages may have', async () => {
    for (const root of ['one', 'two', 'other/two']) write(`${root}/sub/x.md`, root);
    write('other/two/z.md', 'Z');
    const roots = ['one', 'two', 'other/two'].map((name) => join(folder, name));
    expect((await readAll(roots)).sources).toContain('other/two/sub/x.md');
    rmSync(join(folder, 'other/two/sub'), { recursive: true });
    symlinkSync(join(folder, 'gone'), join(folder, 'other/two/sub'));
    symlinkSync(join(folder, 'gone.csv'), join(folder, 'other/two/faq.csv'));
    const { unlisted } = await readAll(roots);
    for (const name of ['sub/', 'two/sub/', 'other/two/sub/', 'faq.csv#']) expect(unlisted).toContain(name);
  });

  test('takes a single file too', async () => {
    const file = write('a/terms.md', 'Terms.');
    expect((await readAll([file])).sources).toEqual(['terms.md']);
  });

  test('changes the stamp of a page whenever the file was written', async () => {
    const file = write('a.md', 'One.');
    const stamp = async () => (await createFolderSource([folder]).list()).pages[0]?.stamp;
    const before = await stamp();
    expect(await stamp()).toBe(before);
    write('a.md', 'Two.');
    utimesSync(file, 1_000, 1_000);
    const after = await stamp();
    expect(after).not.toBe(before);
    write('a.md', 'Six.');
    utimesSync(file, 1_000, 1_000);
    expect(await stamp()).not.toBe(after);
  });

  test('names every folder that is not there, empty, or of a kind that is not read, all at once', async () => {
    mkdirSync(join(folder, 'empty'));
    const text = write('notes.rtf', 'x');
    const roots = [join(folder, 'gone'), join(folder, 'empty'), text];
    const error = await createFolderSource(roots)
      .list()
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'config' });
    const problems = String((error as Error).message).split('\n');
    expect(problems).toHaveLength(3);
    expect(problems[0]).toMatch(/^KNOWLEDGE: .*gone does not exist; /);
    expect(problems[1]).toMatch(/empty holds no page \(\.md, .* are read\); name another folder/);
    expect(problems[2]).toMatch(/notes\.rtf is not a file that can be read; \.md, .*\.pdf/);
  });

  test('says below which folder nothing is known when it cannot be listed', async () => {
    write('a.md', 'A');
    symlinkSync(join(folder, 'not-mounted'), join(folder, 'handbook'));
    const { unlisted, failed, sources } = await readAll();
    expect(sources).toEqual(['a.md']);
    expect(unlisted).toContain('handbook/');
    expect(failed).toEqual([
      { source: 'handbook/', reason: expect.stringContaining('cannot be listed (ENOENT)') },
    ]);
  });

  test('follows links to files and folders, but never in circles', async () => {
    write('docs/a.md', 'A');
    symlinkSync(join(folder, 'docs'), join(folder, 'docs', 'again'));
    symlinkSync(join(folder, 'docs', 'a.md'), join(folder, 'b.md'));
    symlinkSync(join(folder, 'gone.md'), join(folder, 'c.md'));
    const { sources, failed, unlisted } = await readAll();
    expect(sources).toEqual(['b.md', 'docs/a.md']);
    expect(failed).toEqual([
      { source: 'c.md', reason: expect.stringMatching(/^cannot be read \(ENOENT\): .*remove the link$/) },
    ]);
    expect(unlisted).toEqual([]);
  });
});

describe('a page', () => {
  test('takes title, link and date from its front matter and ignores the rest', async () => {
    const front =
      '---\ntitle: "Refunds: how"\nurl: https://x.test/refunds\nupdated: 2026-03-04\ntags: [a, b]\n---\n';
    const page = await readOne(`${front}\n# Heading\n\nText.\n`);
    expect(page).toMatchObject({
      title: 'Refunds: how',
      url: 'https://x.test/refunds',
      updated: '2026-03-04',
    });
    expect(page.body).toBe('\n# Heading\n\nText.\n');
  });

  test('is called by its first top heading, or else by its file name', async () => {
    expect((await readOne('Intro.\n\n## No\n\n# All about `refunds`\n\nText.\n')).title).toBe(
      'All about refunds',
    );
    expect((await readOne('Just text.\n')).title).toBe('page');
  });

  test.each([
    ['a link that Slack cannot open', 'url: /refunds', { url: undefined }],
    ['a date that is none', 'updated: last week', { updated: undefined }],
    ['a date with time', 'updated: 2026-03-04T10:00:00Z', { updated: '2026-03-04' }],
    ['a title that is a number', 'title: 2026', { title: '2026' }],
    ['an empty title', 'title:', { title: 'page' }],
  ])('copes with %s', async (_title, line, expected) => {
    expect(await readOne(`---\n${line}\n---\nText.\n`)).toMatchObject(expected);
  });

  test('may begin with a rule that is no front matter', async () => {
    expect((await readOne('---\n\nText below a rule.\n')).body).toBe('---\n\nText below a rule.\n');
    expect((await readOne('---\nText\n---\nMore.\n')).body).toContain('Text\n---');
  });

  test('has the same text and hash with Windows line ends and a byte order mark', async () => {
    const unix = await readOne('---\ntitle: A\n---\nOne.\n\nTwo.\n');
    const windows = await readOne('\uFEFF---\r\ntitle: A\r\n---\r\nOne.\r\n\r\nTwo.\r\n');
    expect(windows).toEqual(unix);
  });

  test('changes its hash with every part that is shown', async () => {
    const hashes = new Set<string>();
    for (const front of [
      'title: A',
      'title: B',
      'title: A\nurl: https://x.test',
      'title: A\nupdated: 2026-01-01',
    ]) {
      for (const text of ['One.', 'Two.']) hashes.add((await readOne(`---\n${front}\n---\n${text}\n`)).hash);
    }
    expect(hashes.size).toBe(8);
  });
});

describe('a page that cannot be read says why:', () => {
  test.each<[string, string | Uint8Array, RegExp]>([
    ['a binary file', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 1]), /binary file/],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x41, 0, 0x42, 0]), /UTF-16 text; save it as UTF-8/],
    ['another encoding', new Uint8Array([0x63, 0x61, 0x66, 0xe9, 0x0a]), /not UTF-8 text; save it as UTF-8/],
    ['an empty file', '', /is empty/],
    ['nothing but front matter', '---\ntitle: A\n---\n \n', /is empty/],
    ['more than a megabyte', 'a'.repeat(5 * 1024 * 1024), /is 5\.0 MB, more than the limit of 1 MB/],
    [
      'a broken line of front matter',
      '---\ntitle: A\nurl: [x\n---\nText.\n',
      /broken front matter, line [34]: /,
    ],
    ['an unquoted colon in front matter', '---\ntitle: A: b\n---\nText.\n', /broken front matter, line 2: /],
    ['front matter that is never closed', '---\ntitle: A\n\nText.\n', /begins on line 1 has no closing line/],
  ])('%s', async (_title, content, reason) => {
    expect(await reasonFor(content)).toMatch(reason);
  });

  test('a file that is gone when it is read', async () => {
    const file = write('page.md', 'Text.');
    const { pages } = await createFolderSource([folder]).list();
    rmSync(file);
    expect(await pages[0]?.read()).toEqual({
      failed: { source: 'page.md', reason: expect.stringContaining('ENOENT') },
    });
  });
});

describe('a plain text', () => {
  test.each([
    ['Refund policy\n\nWithin 30 days.\n', 'Refund policy'],
    ['Refund policy\n=============\nWithin 30 days.\n', 'Refund policy'],
    ['A first sentence that ends.\n\nMore.\n', 'notes'],
    ['Just\ntwo lines\n', 'notes'],
  ])('%j is called %s', async (content, title) => {
    write('notes.txt', content);
    expect((await readAll()).pages).toMatchObject([{ source: 'notes.txt', title, body: content }]);
  });
});

describe('each kind of file', () => {
  test('becomes Markdown with the title, link and date that the file has', async () => {
    write(
      'a.html',
      '<title>Refunds</title><link rel="canonical" href="https://x.test/r"><meta property="article:modified_time" content="2026-03-04T09:00Z"><main><h2>When</h2><p>Within 30 days.</p></main>',
    );
    write(
      'b.pdf',
      createPdf([[{ text: 'Within 30 days.', y: 700 }]], { title: 'Refunds', modified: 'D:20260304' }),
    );
    write(
      'c.docx',
      createDocx([paragraph('Within 30 days.')], { title: 'Refunds', modified: '2026-03-04T09:00:00Z' }),
    );
    write('d.csv', 'id,title,text,updated\n7,Refunds,Within 30 days.,2026-03-04\n');
    const { pages, failed } = await readAll();
    expect(failed).toEqual([]);
    expect(pages.map(({ source }) => source)).toEqual(['a.html', 'b.pdf', 'c.docx', 'd.csv#7']);
    for (const page of pages) {
      expect(page).toMatchObject({ title: 'Refunds', updated: '2026-03-04' });
      expect(page.body).toContain('Within 30 days.');
    }
    expect(pages[0]?.url).toBe('https://x.test/r');
    expect(pages[0]?.body).toMatch(/^## When$/m);
  });

  test('has its own limit of size', async () => {
    write('a.txt', 'a'.repeat(2 * 1024 * 1024));
    write('b.html', `<p>text<script>${'x'.repeat(2 * 1024 * 1024)}</script>`);
    write('c.pdf', Buffer.alloc(21 * 1024 * 1024));
    const { pages, failed } = await readAll();
    expect(pages.map(({ source }) => source)).toEqual(['b.html']);
    expect(failed.map(({ source, reason }) => `${source} ${reason}`)).toEqual([
      'a.txt is 2.0 MB, more than the limit of 1 MB for a page; split it or leave it out',
      'c.pdf is 21.0 MB, more than the limit of 20 MB for a page; split it or leave it out',
    ]);
  });
});

describe('the hash of a page', () => {
  test('tells the pages of two customers apart', () => {
    const page = { source: 'a', title: 'A', url: undefined, updated: undefined, body: 'Text.' };
    const hashes = [undefined, 'C1', 'C2'].map((tenant) => withHash({ ...page, tenant }).hash);
    expect(new Set(hashes).size).toBe(3);
  });
});

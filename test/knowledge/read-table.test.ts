import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFolderSource } from '../../src/knowledge/load-folder.ts';
import { readTable } from '../../src/knowledge/read-table.ts';

const read = (name: string, text: string | Uint8Array) => readTable(name, Buffer.from(text));
const csv = (text: string) => read('faq.csv', text);
const jsonl = (...rows: unknown[]) =>
  read('faq.jsonl', rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n'));

describe('a table', () => {
  test('is a page a row, with the columns that are known', async () => {
    const expected = [
      { source: 'faq.csv#a-1', title: 'How?', body: 'So.', url: 'https://x.test/1', updated: '2026-03-04' },
      { source: 'faq.csv#2', title: 'Why?', body: 'Thus.', url: undefined, updated: undefined },
    ];
    const { pages, failed } = await csv(
      'id,question,answer,url,updated,votes\na-1,How?,So.,https://x.test/1,2026-03-04T10:00Z,7\n2,Why?,Thus.,/local,,\n',
    );
    expect(pages).toMatchObject(expected);
    expect(failed).toEqual([]);
    const rows = await jsonl(
      {
        id: 'a-1',
        question: 'How?',
        answer: 'So.',
        url: 'https://x.test/1',
        updated: '2026-03-04',
        more: {},
      },
      { id: 2, title: 'Why?', text: 'Thus.' },
    );
    expect(rows.pages).toMatchObject(
      expected.map((page) => ({ ...page, source: page.source.replace('csv', 'jsonl') })),
    );
  });

  test.each([
    ['with Windows line ends and a byte order mark', '\uFEFFid,title,text\r\n1,A,"x\r\ny"\r\n'],
    ['with semicolons', 'id;title;text\n1;A;"x\ny"\n'],
    ['with tabs', 'id\ttitle\ttext\n1\tA\t"x\ny"\n'],
    ['with names written otherwise', ' ID ,"Title",TEXT\n1,A,"x\ny"\n'],
    ['with empty lines and too few values at the end', '\nid,title,text,url,updated\n\n1,A,"x\ny"\n\n'],
  ])('as CSV %s is read the same', async (_title, text) => {
    expect(await csv(text)).toMatchObject({
      pages: [{ source: 'faq.csv#1', title: 'A', body: 'x\ny' }],
      failed: [],
    });
  });

  test('keeps quotes, delimiters and line ends inside a value', async () => {
    const { pages } = await csv('id,title,text\n1,"a, ""b""; c","one\n\n- two, ""three"""\n');
    expect(pages).toMatchObject([{ title: 'a, "b"; c', body: 'one\n\n- two, "three"' }]);
  });

  test('calls a row without an id by its number, and one without a title by how it begins', async () => {
    const { pages } = await csv(`title,text\nA,One\n,${'word '.repeat(40)}\n`);
    expect(pages.map(({ source }) => source)).toEqual(['faq.csv#row-1', 'faq.csv#row-2']);
    expect(pages[1]?.title).toMatch(/^word word .*word…$/);
    expect(pages[1]?.title.length).toBeLessThanOrEqual(81);
  });
});

describe('a broken row', () => {
  test('of CSV costs itself alone, and its line is named', async () => {
    const { pages, failed, unlisted } = await csv(
      'id,title,text\n1,A,a\n2,B\n3,C,c,d\n4,"D"x,d\n5,E,e\n6,"F,f\n7,G,g\n8,"H",h\n',
    );
    expect(pages.map(({ source }) => source)).toEqual(['faq.csv#1', 'faq.csv#5', 'faq.csv#7', 'faq.csv#8']);
    expect(failed).toEqual([
      { source: 'faq.csv#2', reason: '(line 3) has no text in a column "answer" or "text"' },
      { source: 'faq.csv line 4', reason: expect.stringContaining('has 4 values for 3 columns') },
      { source: 'faq.csv line 5', reason: expect.stringContaining('has a quote (")') },
      { source: 'faq.csv line 7', reason: expect.stringContaining('has a quote (")') },
    ]);
    // Which ids the broken rows have is not known, so none of them is taken for removed.
    expect(unlisted).toEqual(['faq.csv#']);
  });

  test('of JSON Lines costs itself alone, and its line is named', async () => {
    const { pages, failed, unlisted } = await jsonl(
      { id: 1, title: 'A', text: 'a' },
      '{"id": 2, "title": "B", "te',
      '[1, 2]',
      '',
      { id: 4, title: 'D', text: ['d'] },
      { id: 5, title: 'E', text: 'e' },
    );
    expect(pages.map(({ source }) => source)).toEqual(['faq.jsonl#1', 'faq.jsonl#5']);
    expect(failed.map(({ source }) => source)).toEqual([
      'faq.jsonl line 2',
      'faq.jsonl line 3',
      'faq.jsonl#4',
    ]);
    expect(unlisted).toEqual(['faq.jsonl#']);
  });

  test('with the id of another one is named, and the first of them counts', async () => {
    const { pages, failed, unlisted } = await csv('id,title,text\n1,A,a\n1,B,b\n2,C,c\n');
    expect(pages.map(({ body }) => body)).toEqual(['a', 'c']);
    expect(failed).toEqual([
      {
        source: 'faq.csv#1',
        reason: expect.stringMatching(/^stands twice, in lines 2 and 3; only the first/),
      },
    ]);
    expect(unlisted).toEqual([]);
  });

  test.each<[string, string | Uint8Array, RegExp]>([
    ['without a row', 'id,title,text\n', /^is empty/],
    [
      'without the columns',
      'id,name\n1,A\n2,B\n',
      /^holds no good row: line 2 has no text in a column "answer" or "text"$/,
    ],
    ['whose first line is broken', '"id,title\n1,A\n', /^holds no good row: line 1 has a quote/],
    [
      'in another encoding',
      Buffer.from('id,text\n1,caf\xE9', 'latin1'),
      /^is not UTF-8 text; save it as UTF-8/,
    ],
    ['with too many rows', `id,text\n${'1,a\n'.repeat(50_001)}`, /^has more than 50000 rows; split it/],
  ])('%s fails as a whole, and none of its rows is taken for removed', async (_title, text, reason) => {
    expect(await csv(text as string)).toEqual({
      pages: [],
      failed: [{ source: 'faq.csv', reason: expect.stringMatching(reason) }],
      unlisted: ['faq.csv#'],
    });
  });

  test('full of quotes that are never closed does not keep anybody waiting', async () => {
    const started = performance.now();
    const { failed } = await csv(`id,title,text\n0,A,a\n${`1,"x,${'y'.repeat(50)}\n`.repeat(5_000)}`);
    expect(failed.length).toBeLessThan(110);
    expect(failed.at(-1)?.reason).toContain('more than 100 rows are broken');
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('the rows of a file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'countersign-table-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const write = (...rows: [string, string][]) =>
    writeFileSync(join(folder, 'faq.csv'), `id,text\n${rows.map((row) => row.join(',')).join('\n')}\n`);
  const stampsOf = async (source: ReturnType<typeof createFolderSource>) =>
    Object.fromEntries((await source.list()).pages.map((page) => [page.source, page.stamp]));

  test('have stamps of their own, the same for another process', async () => {
    write(['1', 'a'], ['2', 'b']);
    const source = createFolderSource([folder]);
    const before = await stampsOf(source);
    write(['0', 'new'], ['1', 'a'], ['2', 'other']);
    const after = await stampsOf(source);
    expect(after['faq.csv#1']).toBe(before['faq.csv#1']);
    expect(after['faq.csv#2']).not.toBe(before['faq.csv#2']);
    expect(await stampsOf(createFolderSource([folder]))).toEqual(after);
  });

  test('are listed without reading an unchanged file, and read when they are asked for', async () => {
    write(['1', 'a']);
    const source = createFolderSource([folder]);
    await source.list();
    const again = await source.list();
    expect(await again.pages[0]?.read()).toMatchObject({ page: { source: 'faq.csv#1', body: 'a' } });
    const late = await source.list();
    write(['2', 'b']);
    utimesSync(join(folder, 'faq.csv'), 1_000, 1_000);
    expect(await late.pages[0]?.read()).toMatchObject({ failed: { source: 'faq.csv#1' } });
  });
});

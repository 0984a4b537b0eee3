import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chunk } from '../../src/knowledge/chunk.ts';
import { readHtml } from '../../src/knowledge/read-html.ts';
import { toPage } from '../../src/knowledge/to-page.ts';
import { measureBlock } from '../helpers/measure-block.ts';
import { ROOT } from '../helpers/source-facts.ts';

async function read(html: string | Uint8Array, from?: Parameters<typeof readHtml>[1]) {
  const page = await readHtml(Buffer.from(html), from);
  if ('reason' in page) throw new Error(page.reason);
  return page;
}
const bodyOf = async (html: string) => (await read(html)).body.trim();

describe('an HTML page', () => {
  test('is read without what surrounds its content', async () => {
    const body = await bodyOf(`<body><header>Acme</header><nav>Menu</nav><main><p>Text.</p>
      <aside>Related</aside><script>alert(1)</script><style>p {}</style><form>Was this helpful?</form>
      <p hidden>Secret</p><div role="navigation">Next</div><svg><text>Icon</text></svg></main>
      <footer>Imprint</footer></body>`);
    expect(body).toBe('Text.');
  });

  test('has the article alone as its content, or all of several articles', async () => {
    expect(await bodyOf('<main>Before <article>Only</article></main>')).toBe('Only');
    expect(await bodyOf('<main><article>One</article><article>Two</article></main>')).toBe('One\n\nTwo');
    expect(await bodyOf('<div>No main at all</div>')).toBe('No main at all');
  });

  test('keeps a warning that its documentation writes as an aside', async () => {
    expect(await bodyOf('<main>A <aside aria-label="Caution">Hot</aside></main>')).toBe('A\n\nHot');
  });

  test('keeps headings, lists, code, tables and links as Markdown', async () => {
    const body = await bodyOf(`<h2 id="a">Steps <a href="#a">#</a></h2>
      <ol><li>One<li>Two <pre><code class="language-sh"><span>npm</span> i<br>npm start</code></pre></ol>
      <table><caption>Plans</caption><tr><td><p>Plan</p><td>Days<br>free</tr><tr><td>a|b<td><ul><li>7<li>14</ul></tr></table>
      <p>See <a href="https://x.test/a_b">this</a>, <a href="/local">that</a> and <img src="data:x" alt="a picture">.</p>`);
    expect(body).toContain('## Steps\n');
    expect(body).toContain('2. Two\n   ```sh\n   npm i\n   npm start\n   ```');
    expect(body).toContain('Plans\n\n| Plan | Days free |\n| - | - |\n| a\\|b | • 7 • 14 |');
    expect(body).toContain('See [this](https://x.test/a_b), that and a picture.');
  });

  test('resolves its links against where it stands', async () => {
    const { body } = await read('<a href="../b#c">B</a>', { base: 'https://x.test/docs/a' });
    expect(body.trim()).toBe('[B](https://x.test/b#c)');
  });

  test('unfolds a table that only lays the page out', async () => {
    const body = await bodyOf(
      '<table><tr><td><h2>Left</h2>Text<td><table><tr><th>A<th>B<tr><td>1<td>2</table></tr></table>',
    );
    expect(body).toBe('## Left\n\nText\n\n| A | B |\n| - | - |\n| 1 | 2 |');
  });

  test.each([
    ['<title>Refunds | Acme</title><h1>Refunds</h1>', 'Refunds'],
    ['<title>All about refunds</title><h1>Refunds</h1>', 'All about refunds'],
    ['<title> </title><h1>Refunds <a href="#x">#</a></h1>', 'Refunds'],
    ['<p>No title</p>', undefined],
  ])('%s is called %s', async (html, title) => {
    expect((await read(html)).title).toBe(title);
  });

  test.each([
    ['<meta property="article:modified_time" content="2026-03-04T10:00:00Z">', '2026-03-04'],
    [
      '<meta property="article:published_time" content="2025-01-01"><meta itemprop="dateModified" content="2026-03-04">',
      '2026-03-04',
    ],
    ['<time datetime="2026-03-04">March</time>', '2026-03-04'],
    ['<time datetime="2026-03-04">A</time><time datetime="2026-03-05">B</time>', undefined],
    ['<meta name="date" content="1601-01-01">', undefined],
    ['<meta name="date" content="2026-31-31">', undefined],
  ])('%s dates it %s', async (html, updated) => {
    expect((await read(`${html}<p>Text</p>`)).updated).toBe(updated);
  });

  test('is cut by its headings, with its table in one piece', async () => {
    const rows = Array.from({ length: 20 }, (_, at) => `<tr><td>Row ${at}<td>${'x'.repeat(60)}</tr>`).join(
      '',
    );
    const html = `<h1>Guide</h1><h2>Limits</h2><p>${'Words and words. '.repeat(60)}</p><table><tr><th>A<th>B</tr>${rows}</table>`;
    const outcome = toPage(await read(html), { source: 'a.html', name: 'a' });
    if (!('page' in outcome)) throw new Error(outcome.failed.reason);
    const passages = [...chunk(outcome.page)];
    expect(passages.map(({ headings }) => headings)).toEqual(passages.map(() => ['Limits']));
    expect(
      passages.filter(({ text }) => text.includes('| Row 0 ') && text.includes('| Row 19 ')),
    ).toHaveLength(1);
  });

  test('is decoded by its mark, the server, itself, or as most pages are', async () => {
    const latin = Buffer.from('<meta charset="iso-8859-1"><p>caf\xE9', 'latin1');
    expect((await read(latin)).body.trim()).toBe('café');
    expect((await read(Buffer.from('<p>caf\xE9', 'latin1'))).body.trim()).toBe('café');
    expect((await read(Buffer.from('<p>\xA4', 'latin1'), { charset: 'iso-8859-15' })).body.trim()).toBe('€');
    expect((await read(Buffer.from('\uFEFF<p>café', 'utf16le'))).body.trim()).toBe('café');
  });
});

describe('a page without text', () => {
  test('but with a form may be a login page', async () => {
    const login = '<main><form><label>Name <input></label><input type="password"></form></main>';
    expect(await readHtml(Buffer.from(login))).toEqual({
      reason: expect.stringContaining('may be a login page'),
    });
    expect(await readHtml(Buffer.from('<main></main>'))).toMatchObject({ body: '' });
  });
});

describe('a large page', () => {
  const many = (count: number, one: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => one(at)).join('');
  const lines = async (html: string) => (await bodyOf(html)).split('\n');

  test('has its table in one piece, with cells over several rows and columns', async () => {
    const rows = many(1_500, (at) => `<tr>${at % 3 ? '' : `<th rowspan=3>G${at}`}<td>Row ${at}<td>x</tr>`);
    const body = await lines(`<table><tr><th>Group<th colspan=2>Rows</tr>${rows}</table>`);
    expect(body.slice(0, 4)).toEqual([
      '| Group | Rows | |',
      '| - | - | - |',
      '| G0 | Row 0 | x |',
      '| | Row 1 | x |',
    ]);
    expect(body).toHaveLength(1_502);
    expect(body.at(-1)).toBe('| | Row 1499 | x |');
  });

  test.each<[string, string, (at: number) => string]>([
    ['ul', 'ul', (at) => `- Item ${at}`],
    ['ol that begins at 5', 'ol start=5', (at) => `${at + 5}. Item ${at}`],
  ])('has its %s in one piece', async (_title, tag, line) => {
    const body = await lines(`<${tag}>${many(3_000, (at) => `<li>Item ${at}</li>`)}</${tag.slice(0, 2)}>`);
    expect(body).toEqual(Array.from({ length: 3_000 }, (_, at) => line(at)));
  });

  test('loses no word, whatever it is in', async () => {
    const words = many(1_200, (at) => `<b>w${at}</b> `);
    for (const [open, close] of [
      ['<p>', '</p>'],
      ['<blockquote>', '</blockquote>'],
      ['<ul><li>One<ul><li>', '</ul></ul>'],
      ['<dl><dt>T<dd>', '</dl>'],
      ['<table><tr><td>A<td>B<tr><td>1<td>', '</table>'],
      ['<h2>', '</h2>'],
      ['<pre><code class="language-sh">', '</code></pre>'],
      ['<x-y><i>', '</i></x-y>'],
    ]) {
      const found = (await bodyOf(`${open}${words}${close}`)).match(/\bw\d+/g);
      expect(found).toEqual(Array.from({ length: 1_200 }, (_, at) => `w${at}`));
    }
  });

  test('keeps the lines of its code', async () => {
    const code = many(2_000, (at) => `<div class="line"><span>a${at}</span></div>`);
    expect((await lines(`<pre><code class="language-sh">${code}</code></pre>`)).slice(0, 3)).toEqual([
      '```sh',
      'a0',
      'a1',
    ]);
  });

  test.each<[string, string]>([
    [
      'a table',
      `<table>${many(1_900, (at) => `<tr><td>R${at}<td>b<td>c <a href="http://x.test">l</a></tr>`)}</table>`,
    ],
    ['a list', `<ul>${many(9_900, (at) => `<li>item ${at}</li>`)}</ul>`],
    ['one cell', `<table><tr><td>a<td>b<tr><td>x<td><ul>${many(9_900, (at) => `<li>some ${at}`)}</table>`],
    ['loose text', many(9_900, (at) => `<span>item ${at} </span>`)],
    [
      'cells that claim to be wide',
      `<table><tr><td>a<td>b${many(99, () => '<tr><td colspan=99999999 rowspan=99999999>x<td>y')}</table>`,
    ],
    ['text alone', `<p>${'*a '.repeat(330_000)}`],
  ])('of %s keeps nobody waiting', async (_title, html) => {
    const block = measureBlock();
    await read(html);
    // Five times what it takes, and far from the three seconds that Slack waits.
    expect(block.stop()).toBeLessThan(1_000);
  });
});

describe('a page that is meant to break the reader', () => {
  const reopened = Array.from({ length: 300 }, (_, at) => `<font size=${at}>`).join('');
  test.each<[string, string]>([
    ['depth', '<div>'.repeat(150_000)],
    ['depth with end tags that fit nothing', '<div></x>'.repeat(100_000)],
    ['formatting that is opened again in every block', reopened + '<p>x'.repeat(100_000)],
    ['elements', '<i></i>'.repeat(140_000)],
  ])('by %s is refused at once', async (_title, html) => {
    const started = performance.now();
    expect(await readHtml(Buffer.from(html))).toEqual({
      reason: expect.stringContaining('is HTML of more than 10000 elements, or of deeper'),
    });
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test.each<[string, string]>([
    ['lists', '<ul><li>'.repeat(190)],
    ['quotes', '<blockquote>'.repeat(190)],
    ['tables', '<table><tr><td>'.repeat(190)],
    ['emphasis', '<em>'.repeat(190)],
  ])('is read as far as %s may be nested', async (_title, html) => {
    expect((await read(`${html}deep`)).body).toContain('deep');
  });

  test.each([
    '<!--'.repeat(100_000),
    '<script>'.repeat(100_000),
    '<'.repeat(100_000),
    '</div>'.repeat(100_000),
  ])('is read in a moment without end tags (%#)', async (html) => {
    const started = performance.now();
    await read(html);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

const NAUGHTY = join(ROOT, '../shared/data/naughty-strings/strings.jsonl');

describe.skipIf(!existsSync(NAUGHTY))('text that is hard on programs', () => {
  const strings = existsSync(NAUGHTY)
    ? readFileSync(NAUGHTY, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => String(JSON.parse(line).string))
    : [];

  test('comes through as it is, written as text', async () => {
    const altered: string[] = [];
    for (const one of strings.filter((text) => text.trim() !== '' && !text.includes('\0'))) {
      const escaped = one.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
      const { body } = await read(`<pre>${escaped}\n</pre>`);
      const shown = body.replace(/^(`{3,})\n([\s\S]*)\n\1\s*$/, '$2');
      if (shown.trim() !== one.replace(/\r\n?/g, '\n').trim()) altered.push(one);
    }
    expect(strings.length).toBeGreaterThan(300);
    expect(altered).toEqual([]);
  });

  test('is read as a page without a failure, whatever tags are in it', async () => {
    for (const one of strings) expect(await readHtml(Buffer.from(`<p>${one}</p>`))).toBeTypeOf('object');
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chunk, TARGET_CHARACTERS, WHOLE_CHARACTERS } from '../../src/knowledge/chunk.ts';
import type { Page, Passage } from '../../src/knowledge/types.ts';

function cut(body: string, title = 'Page'): Passage[] {
  const page: Page = {
    source: 'page.md',
    title,
    url: 'https://x.test/page',
    updated: '2026-01-02',
    body,
    hash: 'h',
  };
  return [...chunk(page)];
}

const sentence = (words: number) => `${Array.from({ length: words }, (_, at) => `word${at}`).join(' ')}.`;

describe('a page is cut', () => {
  test('at its headings, and each passage knows the headings above it', () => {
    const passages = cut(
      '# Page\n\nIntro.\n\n## Plans\n\n### Hobby\n\nFive dollars.\n\n## Refunds\n\nThirty days.\n',
    );
    expect(passages.map(({ id, headings, text }) => [id, headings, text])).toEqual([
      ['page.md#0', [], 'Intro.'],
      ['page.md#1', ['Plans', 'Hobby'], 'Five dollars.'],
      ['page.md#2', ['Refunds'], 'Thirty days.'],
    ]);
    expect(passages[0]).toMatchObject({ source: 'page.md', title: 'Page', url: 'https://x.test/page' });
  });

  test('without mixing up headings of the same name', () => {
    const passages = cut('## A\n\n### Setup\n\nOne.\n\n## B\n\n### Setup\n\nTwo.\n');
    expect(passages.map(({ headings }) => headings)).toEqual([
      ['A', 'Setup'],
      ['B', 'Setup'],
    ]);
  });

  test('with the marks of a heading taken off, and with underlined headings', () => {
    const passages = cut(
      '## Use `railway up` in [your **shell**](https://x.test) {#use}\n\nA.\n\nTwo words\n---\n\nB.\n',
    );
    expect(passages.map(({ headings }) => headings)).toEqual([
      ['Use railway up in your shell'],
      ['Two words'],
    ]);
  });

  test('into passages of about the target size, filled with whole paragraphs', () => {
    const paragraphs = Array.from({ length: 12 }, (_, at) => `${at} ${sentence(50)}`);
    const passages = cut(paragraphs.join('\n\n'));
    expect(passages.flatMap(({ text }) => text.split('\n\n'))).toEqual(paragraphs);
    for (const { text } of passages.slice(0, -1)) {
      expect(text.length).toBeGreaterThan(TARGET_CHARACTERS / 2);
      expect(text.length).toBeLessThanOrEqual(TARGET_CHARACTERS);
    }
  });

  test('only between sentences when a paragraph is too long, also where a sentence runs over lines', () => {
    const sentences = Array.from({ length: 40 }, (_, at) => `Number ${at} says\n${sentence(12)}`);
    const passages = cut(sentences.join(' '));
    expect(passages.length).toBeGreaterThan(2);
    for (const { text } of passages) expect(text).toMatch(/^Number [\s\S]*\.$/);
  });

  test.each<[string, string, RegExp]>([
    [
      'a table between rows',
      `| a | b |\n| --- | --- |\n${'| left cell | right cell |\n'.repeat(200)}`,
      /^\|.*\|$/,
    ],
    [
      'code between lines',
      `\`\`\`sh\n${'npm run something --with arguments\n'.repeat(200)}\`\`\`\n`,
      /^(npm.*|```.*)$/,
    ],
    [
      'a list between items',
      `${'- one item of a list, told in some words\n  and a second line\n'.repeat(150)}`,
      /^(-| {2}and).*/,
    ],
  ])('%s when it is huge', (_title, body, line) => {
    const passages = cut(body);
    expect(passages.length).toBeGreaterThan(2);
    for (const { text } of passages) {
      expect(text.length).toBeLessThanOrEqual(WHOLE_CHARACTERS);
      for (const one of text.split('\n')) expect(one).toMatch(line);
    }
    expect(passages.map(({ text }) => text).join('\n')).toBe(body.trimEnd());
  });

  test.each([
    ['a table', `| a | b |\n| --- | --- |\n${'| left cell | right cell |\n'.repeat(60)}`],
    ['a list', '- one item of a list, told in some words\n'.repeat(40)],
    ['code', `\`\`\`\n# not a heading\n${'some line of code\n'.repeat(90)}\`\`\`\n`],
  ])('without touching %s that fits', (_title, block) => {
    const passages = cut(`${sentence(100)}\n\n${block}\n${sentence(100)}\n`);
    expect(passages.map(({ text }) => text)).toContain(block.trimEnd());
  });

  test('with the line that introduces a list kept at the list', () => {
    const list = '- a step that takes some words to tell\n'.repeat(30);
    const passages = cut(`${sentence(100)}\n\nDo this:\n\n${list}`);
    expect(passages.at(-1)?.text).toBe(`Do this:\n\n${list.trimEnd()}`);
  });

  test('of one customer’s page stay that customer’s', () => {
    const page = { source: 'p.md', title: 'P', url: undefined, updated: undefined, body: 'Text.', hash: 'h' };
    expect([...chunk({ ...page, tenant: 'C1' })].map(({ tenant }) => tenant)).toEqual(['C1']);
  });

  test('without a passage that says too little on its own', () => {
    const passages = cut(`${sentence(80)}\n\n${sentence(3)}`);
    expect(passages).toHaveLength(1);
  });

  test('without its comments and MDX import lines, and with the text in its tags', () => {
    const passages = cut(
      [
        'import { Card } from \'@site/card\';\nimport x from "y"',
        'export const meta = { a: 1 }',
        '<!-- # Not yet public\n\nsecret plans -->',
        '{/* TODO: secret */}',
        '<Banner variant="info">Shown text</Banner>',
        'import duties are paid by the customer.',
      ].join('\n\n'),
    );
    const text = passages.map((passage) => passage.text).join('\n');
    expect(text).toContain('Shown text');
    expect(text).toContain('import duties');
    expect(text).not.toMatch(/secret|@site|meta/);
    expect(passages.flatMap(({ headings }) => headings)).toEqual([]);
  });

  test('not at all where there are only headings, rules and blank lines', () => {
    expect(cut('# Page\n\n## Later\n\n---\n\n***\n')).toEqual([]);
  });

  test('in reasonable time however it is built', () => {
    const started = performance.now();
    cut('[[[['.repeat(50_000));
    cut('<!-- '.repeat(50_000));
    cut(`${'a '.repeat(100_000)}\n`);
    cut(`# ${'`*['.repeat(50_000)}\n`);
    cut('\n'.repeat(200_000));
    cut('> '.repeat(400));
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});

describe('whatever the page', () => {
  let words = 0;
  const text = fc.array(fc.constantFrom('is', 'a', 'e.g. this', 'v1.2.', 'Ask. Then', '`code`', '**b**'), {
    maxLength: 60,
  });
  const word = () => {
    words += 1;
    return `w${words}w`;
  };
  const line = text.map((parts) => [word(), ...parts, word()].join(' '));
  const lines = fc.array(line, { minLength: 1, maxLength: 12 });
  const block = fc.oneof(
    lines.map((all) => all.join('\n')),
    lines.map((all) => all.map((one) => `- ${one}\n  - ${word()}`).join('\n')),
    lines.map((all) => all.map((one, at) => `${at + 1}. ${one}\n\n   ${word()}`).join('\n')),
    lines.map((all) => all.map((one) => `> ${one}`).join('\n')),
    lines.map((all) => ['| a | b |', '| - | - |', ...all.map((one) => `| ${one} | ${word()} |`)].join('\n')),
    lines.map((all) => ['```sh', ...all.map((one) => `# ${one}`), '```'].join('\n')),
    lines.map((all) => all.map((one) => `    ${one}`).join('\n')),
    lines.map((all) => `<Tip title="${word()}">\n${all.join('\n')}\n</Tip>`),
    fc.integer({ min: 1, max: 6 }).map((depth) => `${'#'.repeat(depth)} heading`),
    fc.constant('heading\n======='),
    fc.constant('---'),
  );
  const body = fc.array(block, { maxLength: 14 }).map((blocks) => blocks.join('\n\n'));

  test('every word outside headings stands in exactly one passage, verbatim and in order', () => {
    fc.assert(
      fc.property(body, (markdown) => {
        const passages = cut(markdown);
        inOrder(markdown, passages);
        const found = passages.flatMap((passage) => passage.text.match(/w\d+w/g) ?? []);
        expect(found).toEqual(markdown.match(/w\d+w/g) ?? []);
      }),
    );
  });

  test('no passage is longer than a whole table may be', () => {
    fc.assert(
      fc.property(body, (markdown) => {
        for (const passage of cut(markdown))
          expect(passage.text.length).toBeLessThanOrEqual(WHOLE_CHARACTERS);
      }),
    );
  });

  test('passages are pieces of it, in order, even if it is no Markdown at all', () => {
    const noise = fc.array(
      fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('\n', '\n\n', '```', '# ', '<!--', '-->', '|', '- ', '\t', '---\n'),
      ),
      { maxLength: 60 },
    );
    fc.assert(fc.property(noise, (parts) => inOrder(parts.join(''), cut(parts.join('')))));
  });
});

function inOrder(markdown: string, passages: Passage[]): void {
  let from = 0;
  for (const [at, { id, text }] of passages.entries()) {
    expect(id).toBe(`page.md#${at}`);
    const found = markdown.indexOf(text, from);
    expect(found, `passage ${at} follows the one before`).toBeGreaterThanOrEqual(from);
    from = found + text.length;
  }
}

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findBlockProblems } from '../../src/local/block-rules.ts';
import { markdownToRichText } from '../../src/slack/rich-text.ts';
import { anyText } from '../helpers/any-text.ts';
import { findUnliteral, readLeaves, readLiteral } from '../helpers/shown.ts';

type Style = Record<string, true>;
const literal = (text: string, style?: Style) =>
  style ? { type: 'text', text, style } : { type: 'text', text };
const section = (...elements: object[]) => ({ type: 'rich_text_section', elements });
const list = (style: string, indent: number, ...items: string[]) => ({
  ...{ type: 'rich_text_list', style, indent },
  elements: items.map((item) => section(literal(item))),
});
const parts = (markdown: string): unknown[] => markdownToRichText(markdown).elements;

describe('Markdown', () => {
  test.each<[string, string, unknown[]]>([
    ['plain words', 'Press Export.', [section(literal('Press Export.'))]],
    ['a line break inside a paragraph', 'Press\nExport.', [section(literal('Press Export.'))]],
    [
      'emphasis',
      'a **b** *c* `d` ***e***',
      [
        section(
          literal('a '),
          literal('b', { bold: true }),
          literal(' '),
          literal('c', { italic: true }),
          literal(' '),
          literal('d', { code: true }),
          literal(' '),
          literal('e', { italic: true, bold: true }),
        ),
      ],
    ],
    ['a heading', '# Exports', [section(literal('Exports', { bold: true }))]],
    ['a list', '- a\n- b', [list('bullet', 0, 'a', 'b')]],
    ['a numbered list', '1. a\n2. b', [list('ordered', 0, 'a', 'b')]],
    ['a numbered list that starts later', '3. a\n4. b', [{ ...list('ordered', 0, 'a', 'b'), offset: 2 }]],
    ['a list in a list', '- a\n  - b', [list('bullet', 0, 'a'), list('bullet', 1, 'b')]],
    [
      'a numbered list that goes on after an inner one',
      '1. a\n   - b\n2. c',
      [list('ordered', 0, 'a'), list('bullet', 1, 'b'), { ...list('ordered', 0, 'c'), offset: 1 }],
    ],
    [
      'code',
      '```sh\ncurl <url>\n```',
      [{ type: 'rich_text_preformatted', elements: [literal('curl <url>')] }],
    ],
    ['a quote', '> said\n> so', [{ type: 'rich_text_quote', elements: [literal('said\nso')] }]],
    ['a link as its label', 'see [the page](https://x.example)', [section(literal('see the page'))]],
    ['an image as what it shows', '![a chart](https://x.example/i.png)', [section(literal('a chart'))]],
    [
      'a table in columns',
      '| Plan | Price |\n| - | - |\n| Pro | 10 |',
      [{ type: 'rich_text_preformatted', elements: [literal('Plan  Price\n────  ─────\nPro   10')] }],
    ],
  ])('%s', (_title, markdown, expected) => {
    expect(parts(markdown)).toEqual(expected);
  });

  test('keeps the distance between paragraphs', () => {
    expect(readLiteral(parts('one\n\ntwo'))).toBe('one\n\ntwo');
  });
});

describe('nothing in it does anything', () => {
  test.each([
    '<!channel> <!here> <!everyone>',
    '<@U0SAM> <#C0HELP|help> <!subteam^S0OPS|@ops>',
    '@channel @here @everyone',
    '[<!channel>](https://evil.example)',
    '[text](<@U0SAM>)',
    '<https://evil.example|click> <https://evil.example>',
    'https://evil.example mailto:a@evil.example',
    '[a][1]\n\n[1]: https://evil.example "<!channel>"',
    '`<!channel>`\n\n```\n<@U0SAM>\n```',
    '| <!channel> | b |\n| - | - |\n| <@U0SAM> | [x](https://evil.example) |',
    '> <!channel>\n\n- <@U0SAM>\n  1. <#C0HELP>',
    '<a href="https://evil.example">x</a> <img src=x onerror=alert(1)>',
    '# <!channel>',
  ])('%s', (markdown) => {
    expect(findUnliteral(markdownToRichText(markdown))).toEqual([]);
  });

  test('of any text at all', () => {
    fc.assert(
      fc.property(anyText, (markdown) => {
        const block = markdownToRichText(markdown);
        expect(findUnliteral(block)).toEqual([]);
        expect(findBlockProblems([block], 'message')).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

test('words are never lost from text without markup', () => {
  const words = fc.array(fc.stringMatching(/^[A-Za-z]{1,9}$/), { minLength: 1, maxLength: 30 });
  const joint = fc.constantFrom(' ', '\n', '\n\n', '\n- ', '\n> ', '\n\n# ', '\n\n1. ');
  fc.assert(
    fc.property(words, fc.array(joint, { minLength: 30, maxLength: 30 }), (said, joints) => {
      const markdown = said.map((word, index) => (index === 0 ? word : `${joints[index]}${word}`)).join('');
      expect(
        readLeaves(markdownToRichText(markdown))
          .join(' ')
          .match(/[A-Za-z]+/g),
      ).toEqual(said);
    }),
  );
});

describe('what is large', () => {
  test('a table with a hundred rows and one very long cell stays readable in size', () => {
    const rows = Array.from({ length: 100 }, (_, index) => `| ${index} | x |`);
    const markdown = `| a | b |\n| - | - |\n| ${'y'.repeat(2_000)} | z |\n${rows.join('\n')}`;
    const shown = readLiteral(markdownToRichText(markdown));
    expect(shown.split('\n')).toHaveLength(103);
    expect(shown).toContain('y'.repeat(2_000));
    expect(shown.length).toBeLessThan(20_000);
  });

  test.each(['> ', '- ', '* ', '1. ', '[', '**', '`', '<', '| ', '# ', '!['])(
    '%j three thousand characters long is drawn in time',
    (piece) => {
      const start = performance.now();
      const block = markdownToRichText(piece.repeat(Math.floor(3_000 / piece.length)));
      expect(findUnliteral(block)).toEqual([]);
      expect(performance.now() - start).toBeLessThan(5_000);
    },
  );

  test('lists deeper than Slack draws are drawn at its deepest', () => {
    const deep = Array.from({ length: 20 }, (_, depth) => `${'  '.repeat(depth)}- level ${depth}`).join('\n');
    const block = markdownToRichText(deep);
    expect(Math.max(...block.elements.map((part) => ('indent' in part ? (part.indent ?? 0) : 0)))).toBe(8);
    expect(readLiteral(block)).toContain('level 19');
  });
});

import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Content } from '../../../src/conversation/content.ts';
import { findBlockProblems } from '../../../src/local/block-rules.ts';
import { requireSoundView } from '../../../src/local/view-rules.ts';
import { renderHome } from '../../../src/slack/views/home.ts';
import { LIMITS } from '../../../src/slack/views/limits.ts';
import { renderMessage } from '../../../src/slack/views/message.ts';
import { anyText } from '../../helpers/any-text.ts';
import { type Filling, fillHome, fillMessages } from '../../helpers/contents.ts';
import {
  findCommands,
  findUnliteral,
  isSoundlyEscaped,
  readLiteral,
  readMrkdwn,
} from '../../helpers/shown.ts';

/** The only commands a view may give to Slack, all of them our own. */
const OURS = [
  /^https?:\/\/[\x21-\x7E]+\|[^|\n]+$/i,
  /^!date\^\d+\^(?:\{date_short_pretty\} \{time\}|\{time_secs\})\|[\d\-T:.]+Z$/,
  /^@U0OMAR$/,
  /^@U0MAYA$/,
  /^#C0ACME$/,
];

function expectHarmless(blocks: unknown): void {
  expect(findUnliteral(blocks)).toEqual([]);
  for (const { text, verbatim } of readMrkdwn(blocks)) {
    expect(verbatim, `verbatim of ${text}`).toBe(true);
    expectOursAlone(text);
  }
}

function expectOursAlone(text: string): void {
  expect(isSoundlyEscaped(text), text).toBe(true);
  for (const command of findCommands(text))
    expect(
      OURS.some((one) => one.test(command)),
      command,
    ).toBe(true);
}

function expectSoundMessage(content: Content): void {
  const { text, blocks } = renderMessage(content);
  expect(findBlockProblems(blocks, 'message'), content.kind).toEqual([]);
  expect(text.length).toBeLessThanOrEqual(LIMITS.messageText);
  expectOursAlone(text);
  expectHarmless(blocks);
}

function expectSoundHome(content: Content): void {
  const view = renderHome(content);
  requireSoundView(view as unknown as Record<string, unknown>, 'home');
  expectHarmless(view.blocks);
}

function expectSound(filling: Filling): void {
  for (const content of fillMessages(filling)) expectSoundMessage(content);
  expectSoundHome(fillHome(filling));
}

const table = (rows: number) =>
  `| a | b |\n| - | - |\n${Array.from({ length: rows }, (_, row) => `| ${row} | value ${row} |`).join('\n')}`;

describe('every view', () => {
  test('is accepted by Slack and does nothing by itself, whatever people and pages wrote', () => {
    fc.assert(
      fc.property(anyText, fc.oneof(anyText, fc.constant(undefined)), (text, url) => {
        expectSound(url === undefined ? { text } : { text, url });
        expectSound({ text, url: `https://docs.example/${url ?? ''}` });
      }),
      { numRuns: 150 },
    );
  });

  test.each<[string, Filling]>([
    ['nothing', { text: '' }],
    ['blanks', { text: ' \n ' }],
    ['an answer of 12,000 characters', { text: 'A sentence. '.repeat(1_000) }],
    ['a table of 100 rows', { text: table(100) }],
    ['40 kB of a customer’s words', { text: 'I want my money back! '.repeat(1_900) }],
    ['40 kB of nothing but markup', { text: '<!channel>&*_'.repeat(3_200) }],
    ['40 kB of emoji', { text: '😀'.repeat(20_000) }],
    ['a thousand of everything', { text: 'word', count: 1_000, url: 'https://docs.example/a' }],
    [
      'a hundred long things',
      { text: 'word & word '.repeat(300), count: 100, url: 'https://docs.example/a' },
    ],
    ['long addresses', { text: 'x', count: 20, url: `https://docs.example/${'a'.repeat(900)}` }],
    ['very long addresses', { text: 'x', count: 20, url: `https://docs.example/${'a'.repeat(9_000)}` }],
    ['very many list items', { text: '- a\n'.repeat(2_000) }],
    ['very many paragraphs', { text: 'a\n\n'.repeat(2_000) }],
  ])('stays inside the limits with %s', (_title, filling) => {
    expectSound(filling);
  });

  test('never shows internal notes', () => {
    for (const content of fillMessages({ text: 'x' }))
      expect(JSON.stringify(renderMessage(content))).not.toContain('INTERNAL NOTES');
  });
});

const NAUGHTY = new URL('../../../../shared/data/naughty-strings/strings.jsonl', import.meta.url);

test.skipIf(!existsSync(NAUGHTY))(
  'every naughty string is shown as it was written (skipped without ../shared/data/naughty-strings)',
  () => {
    const rows = readFileSync(NAUGHTY, 'utf8').trim().split('\n');
    expect(rows.length).toBeGreaterThan(300);
    for (const row of rows) {
      const { string: text } = JSON.parse(row) as { string: string };
      expectSound({ text, url: text });
      if (text.trim() === '') continue;
      const line = renderMessage({ kind: 'line', text });
      expect(readLiteral(line.blocks)).toBe(text);
      const card = fillMessages({ text }).find(({ kind }) => kind === 'refund-card');
      expect(readLiteral(card && renderMessage(card).blocks)).toContain(text);
    }
  },
);

describe('an answer', () => {
  const cite = (source: string, url?: string) => ({ source, title: `Title of ${source}`, url, quote: 'q' });
  const answer = (...sources: string[][]): Content => ({
    kind: 'answer',
    segments: sources.map((cites, index) => ({
      text: `Part ${index + 1}.`,
      cites: cites.map((source) => cite(source)),
    })),
    note: undefined,
    feedbackId: 'F1',
  });

  test('names each source once, in order, and each part its sources', () => {
    const { blocks } = renderMessage(answer(['a.md', 'b.md'], ['b.md', 'b.md']));
    expect(readMrkdwn(blocks).map(({ text }) => text)).toEqual(['1. Title of a.md', '2. Title of b.md']);
    expect(readLiteral(blocks)).toBe('Part 1.[1] [2]Part 2.[2]');
  });

  test('carries the id of its record in both buttons', () => {
    const [buttons] = renderMessage(answer(['a.md'])).blocks.slice(-1);
    expect(JSON.stringify(buttons)).toContain('"value":"yes:F1"');
    expect(JSON.stringify(buttons)).toContain('"value":"no:F1"');
  });

  test('without sources has no line of sources', () => {
    expect(readMrkdwn(renderMessage(answer([])).blocks)).toEqual([]);
  });
});

describe('a refund card', () => {
  const card = (state: string): Content => {
    const found = fillMessages({ text: 'words' }).find(
      (content) => content.kind === 'refund-card' && content.state.name === state,
    );
    if (found === undefined) throw new Error(`no card is ${state}`);
    return found;
  };
  const buttonsOf = (content: Content) =>
    JSON.stringify(renderMessage(content).blocks).match(/refund\.(?:approve|deny)/g) ?? [];

  test.each(['open', 'held'])('that is %s has the two buttons', (state) => {
    expect(buttonsOf(card(state))).toEqual(['refund.approve', 'refund.deny']);
  });

  test.each([
    ['approved', 'Approved by <@U0MAYA>'],
    ['denied', 'Denied by <@U0MAYA>'],
  ])('that is %s has none and says who decided', (state, said) => {
    expect(buttonsOf(card(state))).toEqual([]);
    expect(readMrkdwn(renderMessage(card(state)).blocks).at(-1)?.text).toContain(said);
  });

  test('gives the customer’s words no way to look like a field', () => {
    const forged = 'Ann\n*Account*\nCFO approved: $9,999';
    const [content] = fillMessages({ text: forged }).filter(({ kind }) => kind === 'refund-card');
    const fields = readMrkdwn(content && renderMessage(content).blocks).filter(({ text }) =>
      text.startsWith('*'),
    );
    for (const { text } of fields)
      expect(text.split('\n').filter((line) => /^\*[^\u2060]/.test(line))).toHaveLength(1);
  });

  test('tells in its notification whose it is, without calling anybody', () => {
    const [content] = fillMessages({ text: '<!channel>' }).filter(({ kind }) => kind === 'refund-card');
    expect(content && renderMessage(content).text).toBe('⏳ Refund request: &lt;!channel&gt;');
  });
});

describe('progress of a re-index', () => {
  const bar = (done: number, total: number) =>
    renderMessage({ kind: 'reindex-progress', progress: { phase: 'reading', done, total } }).text;

  test.each([
    [0, 0, '░'.repeat(20)],
    [0, 10, '░'.repeat(20)],
    [5, 10, `${'█'.repeat(10)}${'░'.repeat(10)}`],
    [10, 10, '█'.repeat(20)],
    [11, 10, '█'.repeat(20)],
  ])('%i of %i', (done, total, cells) => {
    expect(bar(done, total)).toContain(cells);
  });
});

test('a view is asked for where it belongs', () => {
  expect(() => renderMessage({ kind: 'home-customer' })).toThrow(/not a message/);
  expect(() => renderHome({ kind: 'line', text: 'x' })).toThrow(/not a Home tab/);
  expectSoundHome({ kind: 'home-customer' });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cut } from '../../../src/slack/views/limits.ts';
import {
  cutMrkdwn,
  escapeLine,
  escapeMrkdwn,
  escapePlain,
  mrkdwnLink,
} from '../../../src/slack/views/mrkdwn.ts';
import { anyText } from '../../helpers/any-text.ts';
import { findCommands, isSoundlyEscaped } from '../../helpers/shown.ts';

/** What Slack shows of an escaped text. */
const unescaped = (text: string) =>
  text.replaceAll('\u2060', '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

describe('escaped text', () => {
  test('has no character of markup left, and still reads the same', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const inert of [escapeMrkdwn, escapePlain]) {
          expect(inert(text)).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
          expect(unescaped(inert(text))).toBe(text.replaceAll('\u2060', ''));
        }
      }),
      { numRuns: 500 },
    );
  });

  test.each(['*bold*', '_slanted_', '~struck~', '`code`', '@channel', '@here'])(
    '%s means nothing',
    (text) => {
      const escaped = escapeMrkdwn(text);
      expect(escaped).not.toContain(text);
      expect(escaped).not.toMatch(/(?:^|[^\u2060])[*_~`]|@[^\u2060]/);
    },
  );

  test('on one line has one line', () => {
    expect(escapeLine('Ann\n*Account*\r\nCFO\u2028approved')).not.toMatch(/[\n\r\u2028]/);
  });
});

describe('a link', () => {
  test.each([
    ['https://x.example/a?b=1&c=2', 'The page', '<https://x.example/a?b=1&amp;c=2|The page>'],
    ['https://x.example/a b|c<d>', 'x', '<https://x.example/a%20b%7Cc%3Cd%3E|x>'],
    ['https://x.example/é', 'x', '<https://x.example/%C3%A9|x>'],
    ['https://x.example', 'a|b\nc <!channel>', '<https://x.example|a b c &lt;!channel&gt;>'],
    ['https://x.example', ' \n ', '<https://x.example|Open>'],
  ])('to %s called %j', (url, label, link) => {
    expect(mrkdwnLink(url, label)).toBe(link);
  });

  test.each([
    '!channel',
    '@U0SAM',
    '#C0HELP',
    'javascript:alert(1)',
    'data:text/html,x',
    '/relative',
    '',
    'https://',
    `https://x.example/${'a'.repeat(5_000)}`,
  ])('to %s is none: its label alone is shown', (url) => {
    expect(mrkdwnLink(url, 'The page')).toBe('The page');
  });

  test('is one command with a web address, whatever address and label are', () => {
    const urls = fc.oneof(
      anyText,
      anyText.map((text) => `https://x.example/${text}`),
    );
    fc.assert(
      fc.property(urls, anyText, (url, label) => {
        const link = mrkdwnLink(url, label);
        expect(isSoundlyEscaped(link)).toBe(true);
        const commands = findCommands(link);
        expect(commands.length).toBeLessThanOrEqual(1);
        for (const command of commands) expect(command).toMatch(/^https?:\/\/[\x21-\x7E]+\|[^|\n]+$/i);
      }),
      { numRuns: 500 },
    );
  });
});

describe('cutting', () => {
  test('leaves what fits and marks what does not', () => {
    expect(cut('abc', 3)).toBe('abc');
    expect(cut('abcd', 3)).toBe('ab…');
    expect(cut('', 3)).toBe('');
  });

  test('never leaves half a character, never is too long, and keeps as much as fits', () => {
    const texts = fc.array(fc.constantFrom('a', 'é', '😀', '👩‍👩‍👧', '\n')).map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 20 }), (text, max) => {
        const kept = cut(text, max);
        expect(kept.length).toBeLessThanOrEqual(max);
        expect(kept).not.toMatch(/\p{Surrogate}/u);
        expect(text.startsWith(kept.replace(/…$/, ''))).toBe(true);
        if (text.length > max) expect(kept.length).toBeGreaterThanOrEqual(max - 1);
      }),
    );
  });

  test('is quick on megabytes', () => {
    const start = performance.now();
    for (let times = 0; times < 20; times++) cut('😀'.repeat(1_000_000), 3_000);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  test('of escaped text never leaves half an entity or half a link', () => {
    const link = fc.constant('<https://x.example/a?b=1&amp;c=2|a page>');
    const texts = fc.array(fc.oneof(anyText.map(escapeMrkdwn), link)).map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 120 }), (text, max) => {
        const kept = cutMrkdwn(text, max);
        expect(kept.length).toBeLessThanOrEqual(max);
        expect(isSoundlyEscaped(kept)).toBe(true);
        if (text.length <= max) expect(kept).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});

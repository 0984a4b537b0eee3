import { describe, expect, test } from 'vitest';
import { fold } from '../../../src/pipeline/triage/fold.ts';
import { createRules, matchingReasons, strikeOut } from '../../../src/pipeline/triage/phrase.ts';
import { readSentences } from '../../../src/pipeline/triage/sentences.ts';
import { mendSpelling } from '../../../src/pipeline/triage/spelling.ts';

const fits = (phrase: string, text: string) =>
  matchingReasons(createRules({ fruit: 'apples?|pears?' }, { reason: [phrase] }), text).length > 0;

describe('a phrase', () => {
  test.each<[phrase: string, text: string, expected: boolean]>([
    ['want <fruit>', 'i want apples', true],
    ['want <fruit>', 'i want, pears', true],
    ['want <fruit>', 'i want pearls', false],
    ['want …2 <fruit>', 'want two green apples', true],
    ['want …2 <fruit>', 'want two very green apples', false],
    ['want …2 <fruit>', 'i want it, give apples', false],
    ['want [the|a] pear', 'want the pear', true],
    ['want [the|a] pear', 'want pear', true],
    ['(give_back|return) it', 'give back it', true],
    ['^ pear $', 'pear!', true],
    ['^ pear $', 'a pear', false],
  ])('%s against "%s": %s', (phrase, text, expected) => {
    expect(fits(phrase, text)).toBe(expected);
  });

  test('names the word list it lacks', () => {
    expect(() => createRules({}, { reason: ['want <fruit>'] })).toThrow(/no word list named fruit/);
  });

  test('struck out leaves no way over the gap', () => {
    const rules = createRules({}, { policy: ['refund policy'] });
    expect(strikeOut(rules, 'i want your refund policy now')).toEqual({
      rest: 'i want your  ;  now',
      reasons: ['policy'],
    });
  });
});

describe('text', () => {
  test('is cut into sentences at marks, lines and marks without a space, not at abbreviations', () => {
    expect(readSentences('Hi Ann,\nit costs approx. 30 euros. Nothing shows up.I asked twice! Why?')).toEqual(
      ['Hi Ann,', 'it costs approx. 30 euros.', 'Nothing shows up.', 'I asked twice!', 'Why?'],
    );
  });

  test('is folded to one spelling', () => {
    expect(fold('  I’d  LIKE a “Réfund”\u200B ')).toBe('i\'d like a "refund"');
  });

  test.each([
    ['reimbvurse me', 'reimburse me'],
    ['erfunds', 'refunds'],
    ['refund$12', 'refund $12'],
    ['surveymonkey', 'surveymonkey'],
    ['it relates to the debate, i received it', 'it relates to the debate, i received it'],
  ])('"%s" is mended to "%s"', (typed, meant) => {
    expect(mendSpelling(typed)).toBe(meant);
  });
});

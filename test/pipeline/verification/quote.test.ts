import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../../src/pipeline/verification/fold.ts';
import { findQuote } from '../../../src/pipeline/verification/quote.ts';

const PASSAGE =
  'Refunds \u201ctake up to\u201d 10\u00a0business days.\nThe cap is $1,000.50 per year \u2013 it can\u2019t be raised.';

describe('a quote', () => {
  it.each([
    ['as it stands', 'Refunds \u201ctake up to\u201d 10\u00a0business days.'],
    ['with plain quote marks and blanks', 'Refunds "take up to" 10 business days.'],
    ['over a line end', '10 business days. The cap is'],
    ['with another dash and apostrophe', "per year - it can't be raised"],
    ['with full-width letters', '\uff34he cap is $1,000.50'],
    ['with invisible characters in it', 'The cap\u200b is $1,000.50'],
  ])('is found %s', (_, quote) => {
    const span = findQuote(quote, PASSAGE);
    expect(span).toBeDefined();
    expect(fold(PASSAGE.slice(span?.start, span?.end))).toBe(fold(quote));
  });

  it.each([
    ['with a word changed', 'Refunds "take up to" 20 business days.'],
    ['with another letter case', 'refunds "take up to" 10 business days'],
    ['cut inside a number', 'The cap is $1,000'],
    ['cut before the cents', 'cap is $1,000.5'],
    ['cut inside a word', 'Refunds "take up to" 10 busi'],
    ['begun inside a word', 'efunds "take up to" 10 business days'],
    ['begun inside a number', '000.50 per year'],
    ['put together from two places', 'Refunds can\u2019t be raised'],
    ['of one word', 'Refunds'],
    ['of blanks', '   '],
    ['that is empty', ''],
  ])('is refused %s', (_, quote) => {
    expect(findQuote(quote, PASSAGE)).toBeUndefined();
  });

  it('never passes when it does not stand in the passage', () => {
    const word = fc.constantFrom(
      ...'we refund 5 50 $5 days 1,000 not in "all" cases. caf\u00e9 cafe\u0301 \u2014'.split(' '),
    );
    const text = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(text, text, fc.nat(40), (passage, quote, cut) => {
        const tried = quote.slice(0, cut + 2);
        const span = findQuote(tried, passage);
        const stands = ` ${fold(passage)} `.includes(fold(tried)) && fold(tried) !== '';
        if (!stands) expect(span).toBeUndefined();
        if (span) expect(fold(passage.slice(span.start, span.end))).toBe(fold(tried));
      }),
      { numRuns: 10_000 },
    );
  });

  it('is found wherever whole words are copied from the passage', () => {
    const word = fc.stringMatching(/^[a-zA-Z\u00e9\u00fc]{3,8}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 5, maxLength: 20 }), fc.nat(3), (words, from) => {
        const quote = words.slice(from % 2, (from % 2) + 4).join('  ');
        expect(findQuote(quote, words.join('\n'))).toBeDefined();
      }),
    );
  });
});

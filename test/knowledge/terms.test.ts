import { describe, expect, test } from 'vitest';
import { isCode, readPageTerms, readPassageTerms, readQueryTerms } from '../../src/knowledge/terms.ts';

const termsOf = (text: string) => readQueryTerms([{ text, weight: 1 }]).map(({ term }) => term);

describe('the terms of a question', () => {
  test.each([
    ['Can I get a refund?', ['refund']],
    ["Why isn't it working", ['not', 'work']],
    ['It can’t connect, it won’t start', ['not', 'connect', 'start']],
    ["What's the customer's plan", ['custom', 'plan']],
    ['no access without SSO', ['no', 'access', 'without', 'sso']],
    ['Größe von Café', ['große', 'von', 'cafe']],
    ['refunded refunds refunding', ['refund']],
    ['??? !!! \0 \uD800', []],
  ])('%j are the stems that carry meaning', (text, terms) => {
    expect(termsOf(text)).toEqual(terms);
  });

  test('are words in scripts without spaces too', () => {
    expect(termsOf('返金はできますか')).toContain('返金');
  });

  test('name what belongs together in one piece too', () => {
    const codes = termsOf('TM-4031 (since v2.3.1), set DATABASE_URL!').filter(isCode);
    expect(codes).toEqual(['tm_4031', 'v2_3_1', 'database_url']);
  });

  test('have the weight of the heaviest text they stand in', () => {
    const terms = readQueryTerms([
      { text: 'refund plan', weight: 0.5 },
      { text: 'refund', weight: 1 },
      { text: 'ignored', weight: 0 },
    ]);
    expect(terms).toEqual([
      { term: 'refund', weight: 1 },
      { term: 'plan', weight: 0.5 },
    ]);
  });

  test('are limited, and the question comes before what was said earlier', () => {
    const long = Array.from({ length: 500 }, (_, at) => `word${at}`).join(' ');
    const terms = readQueryTerms([
      { text: long, weight: 0.5 },
      { text: 'refund', weight: 1 },
    ]);
    expect(terms.length).toBeLessThan(100);
    expect(terms[0]).toEqual({ term: 'refund', weight: 1 });
  });
});

describe('the terms of a page', () => {
  const passage = (headings: string[], text: string) => ({ title: 'Refund rules', headings, text });

  test('of a passage stand apart by field, codes together', () => {
    const terms = readPassageTerms(passage(['Error TM-4031'], 'The [token](/t) has expired.'));
    expect(terms.title).toEqual(['refund', 'rule']);
    expect(terms.headings).toEqual(['error', 'tm', '4031']);
    expect(terms.body).toEqual(['token', 'expir']);
    expect(terms.codes).toEqual(['tm_4031']);
  });

  test('hold title and headings once, however many passages share them', () => {
    const page = readPageTerms([passage(['Plans', 'Hobby'], 'Five.'), passage(['Plans', 'Pro'], 'Twenty.')]);
    expect(page.title).toEqual(['refund', 'rule']);
    expect(page.headings).toEqual(['plan', 'hobbi', 'pro']);
    expect(page.body).toEqual(['five', 'twenti']);
  });
});

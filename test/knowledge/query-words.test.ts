import { describe, expect, test } from 'vitest';
import { plainText } from '../../src/knowledge/plain-text.ts';
import { readQueryWords } from '../../src/knowledge/query-words.ts';

const wordsOf = (text: string) => readQueryWords([{ text, weight: 1 }]).words.map(({ word }) => word);

describe('the words of a question', () => {
  test.each([
    ['Can I get a refund?', ['refund']],
    ["Why isn't it working", ['not', 'working']],
    ['It can’t connect, it won’t start', ['not', 'connect', 'start']],
    ["What's the customer's plan", ['customer', 'plan']],
    ['no access without SSO', ['no', 'access', 'without', 'sso']],
    ['Größe von Café-Preisen', ['größe', 'von', 'café', 'preisen']],
    ['??? !!! \0 \uD800', []],
  ])('%j are those that carry meaning', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  test('that belong together are also looked for as one', () => {
    const { phrases } = readQueryWords([{ text: 'TM-4031 (since v2.3.1), set DATABASE_URL!', weight: 1 }]);
    expect(phrases.map(({ words }) => words.join(' '))).toEqual(['tm 4031', 'v2 3 1', 'database url']);
  });

  test('have the weight of the heaviest text they stand in', () => {
    const { words } = readQueryWords([
      { text: 'refund plan', weight: 0.5 },
      { text: 'refund', weight: 1 },
      { text: 'ignored', weight: 0 },
    ]);
    expect(words).toEqual([
      { word: 'refund', weight: 1 },
      { word: 'plan', weight: 0.5 },
    ]);
  });

  test('are limited, and the question comes before what was said earlier', () => {
    const long = Array.from({ length: 500 }, (_, at) => `word${at}`).join(' ');
    const { words } = readQueryWords([
      { text: long, weight: 0.5 },
      { text: 'refund', weight: 1 },
    ]);
    expect(words.length).toBeLessThan(100);
    expect(words[0]).toEqual({ word: 'refund', weight: 1 });
  });
});

describe('the readable form of Markdown', () => {
  test.each([
    ['See [the **plans**](/pricing/plans#hobby "Plans").', 'See the plans.'],
    ['![A refund button](https://img.test/x.png)', 'A refund button'],
    ['<Image src="https://img.test/y.png" alt="The billing page" width={1200} />', 'The billing page'],
    ['<Collapse title="Why was I charged?">Because.</Collapse>', 'Why was I charged? Because.'],
    ['Set `DATABASE_URL` to <project-id> <!-- secret -->', 'Set DATABASE_URL to project-id'],
    ['Salt &amp; pepper, \\*starred\\*', 'Salt & pepper, starred'],
    ['1 < 2 and a_b_c stay', '1 < 2 and a_b_c stay'],
  ])('of %j', (markdown, text) => {
    expect(plainText(markdown).replace(/\s+/g, ' ').trim()).toBe(text);
  });
});

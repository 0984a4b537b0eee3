import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashCited } from '../../../src/pipeline/recall/cited-span.ts';
import { judgeCited } from '../../../src/pipeline/recall/judge-cited.ts';
import { readPageWords } from '../../../src/pipeline/recall/page-words.ts';

const judge = (text: string, page: string, others: string[] = [], next = '') =>
  judgeCited(
    { text, next },
    readPageWords([page]),
    others.map((other, at) => ({ source: `${at}.md`, words: readPageWords([other]) })),
  );
const kind = (text: string, page: string) => judge(text, page).kind;

describe('what stands', () => {
  test.each([
    ['as it was', 'You pay $5 per month.', 'You pay $5 per month.'],
    ['in lines broken elsewhere', 'You pay $5 per month on Hobby.', 'You pay $5\nper month on\nHobby.'],
    ['in bold, with a link', 'You pay $5 per month.', '**You** pay [$5](/new) per *month*.'],
    ['with curly quotes', 'Don\'t press "Stop" twice.', 'Don’t press “Stop” twice.'],
    ['with the short form written out', "You can't undo it.", 'You cannot undo it.'],
    ['with other marks of the list', '- Press Save.\n- Press Stop.', '1. Press Save.\n2. Press Stop.'],
    ['in a quote', 'It ends at noon.', '> [!NOTE]\n> It ends at noon.'],
    ['in another order', 'First this one. Then that one.', 'Then that one.\n\nFirst this one.'],
    ['as two sentences instead of one', 'Press Save; then wait.', 'Press Save. Then wait.'],
    ['with thousands marks', 'Up to 1000 rows fit.', 'Up to 1,000 rows fit.'],
    ['with the number as a word', 'Up to 12 rows fit.', 'Up to twelve rows fit.'],
    ['with a typing error put right', 'You recieve five copies.', 'You receive five copies.'],
    [
      'in a table drawn anew',
      '| Plan | Price |\n|---|---|\n| Pro | $20 |',
      '|Plan |Price|\n|:-|-:|\n|Pro |$20|',
    ],
  ])('%s', (_how, text, page) => {
    expect(kind(text, page)).toBe('stands');
  });
});

describe('what is changed is', () => {
  test.each([
    ['a figure', 'You pay $5 per month.', 'You pay $6 per month.'],
    ['a unit', 'You pay $5 per month.', 'You pay $5 per year.'],
    ['a currency', 'You pay $5 per month.', 'You pay €5 per month.'],
    ['the tenth of a version', 'Use version 1.1 of it.', 'Use version 1.10 of it.'],
    ['a sign', 'It works below -5 degrees.', 'It works below 5 degrees.'],
    ['a comparison', 'It scales when load > 80% for long.', 'It scales when load < 80% for long.'],
    ['a plus', 'You need 8+ GB of memory.', 'You need 8 GB of memory.'],
    ['a negation', 'You can change it later.', 'You can not change it later.'],
    ['a small word', 'Press Save and Stop.', 'Press Save or Stop.'],
    ['a duty', 'You must confirm the address.', 'You may confirm the address.'],
    ['a condition behind', 'You can change it later.', 'You can change it later if you pay.'],
    ['a condition before', 'You can change it later.', 'On Pro, you can change it later.'],
    [
      'a look-alike that is no typing error',
      'You enable the service there.',
      'You unable the service there.',
    ],
    ['a tick', '| A | B |\n|---|---|\n| SSO | ✅ |', '| A | B |\n|---|---|\n| SSO | ❌ |'],
    ['the column', '| A | B | C |\n|---|---|---|\n| x | 5 | |', '| A | B | C |\n|---|---|---|\n| x | | 5 |'],
    ['a step in a list', '- Press Save.\n- Press Stop.', '- Press Save.\n- Wait an hour.\n- Press Stop.'],
    ['a sentence in between', 'Press Save. Then wait.', 'Press Save. Do not close it. Then wait.'],
    [
      'a sentence behind that narrows it',
      'Refunds take 5 days.',
      'Refunds take 5 days. This does not apply to trials.',
    ],
  ])('%s', (_what, text, page) => {
    expect(kind(text, page)).toBe('changed');
  });

  test('told with the sentence that comes nearest', () => {
    const page = 'Seats are free. You pay $6 per month for Hobby. Press Save.';
    expect(judge('You pay $5 per month for Hobby.', page)).toEqual({
      kind: 'changed',
      changes: [{ older: 'You pay $5 per month for Hobby.', newer: 'You pay $6 per month for Hobby.' }],
    });
  });

  test('told of a table with the head of its columns', () => {
    const table = (price: string) => `| Plan | Price |\n|---|---|\n| Hobby | $5 |\n| Pro | ${price} |`;
    expect(judge('| Plan | Price |\n| Pro | $20 |', table('$25'))).toEqual({
      kind: 'changed',
      changes: [
        {
          older: '| Plan | Price |\n| --- | --- |\n| Pro | $20 |',
          newer: '| Plan | Price |\n| --- | --- |\n| Pro | $25 |',
        },
      ],
    });
  });
});

test('what stood behind it before, and stands there still, narrows nothing anew', () => {
  const next = 'This does not apply to trials.';
  expect(judge('Refunds take 5 days.', `Refunds take 5 days. ${next}`, [], next).kind).toBe('stands');
});

describe('a sentence that left its page', () => {
  const SENTENCE = 'You can change the address of the invoice in the settings.';

  test('is removed when nothing comes near it', () => {
    expect(judge(SENTENCE, 'Seats are free.')).toEqual({
      kind: 'removed',
      changes: [{ older: SENTENCE, newer: undefined }],
    });
  });

  test('is removed with its page', () => {
    expect(judgeCited({ text: SENTENCE, next: '' }, undefined).kind).toBe('removed');
  });

  test('has moved when it stands on another one', () => {
    expect(judge(SENTENCE, 'Seats are free.', ['Nothing.', `Hello. ${SENTENCE}`])).toEqual({
      kind: 'moved',
      to: '1.md',
    });
  });

  test('has not moved when it says so little that it stands everywhere', () => {
    expect(judge('Click Save.', 'Seats are free.', ['Click Save.']).kind).toBe('removed');
  });

  test('has not moved when its own page has it in other words', () => {
    const changed = SENTENCE.replace('can', 'cannot');
    expect(judge(SENTENCE, changed, [SENTENCE]).kind).toBe('changed');
  });
});

const word = fc.constantFrom(
  ...'plan price seat export owner month billing region deploy token limit'.split(' '),
);
const sentence = fc
  .tuple(fc.array(word, { minLength: 4, maxLength: 9 }), fc.integer({ min: 2, max: 999 }))
  .map(([words, number]) => `The ${words.join(' ')} is ${number} now.`);

test('no looks of a page change what stands on it', () => {
  const looks = fc.record({
    columns: fc.integer({ min: 8, max: 60 }),
    mark: fc.constantFrom('', '- ', '* ', '3. ', '> '),
    around: fc.constantFrom('', '**', '_'),
    before: fc.constantFrom('', '# New\n\n', 'Something else.\n\n'),
  });
  fc.assert(
    fc.property(
      fc.array(sentence, { minLength: 1, maxLength: 3 }),
      looks,
      (sentences, { columns, mark, around, before }) => {
        const shown = sentences.map((text) => text.replace(/ (\w+)/, ` ${around}$1${around}`)).join(' ');
        const wrapped = shown.replace(new RegExp(`(.{${columns}}\\S*) `, 'g'), '$1\n');
        const page = `${before}${mark}${wrapped.replaceAll('\n', mark === '> ' ? '\n> ' : '\n  ')}\n`;
        expect(kind(sentences.join(' '), page)).toBe('stands');
      },
    ),
  );
});

test('no other number stands for the one that was cited', () => {
  fc.assert(
    fc.property(sentence, fc.integer({ min: 1, max: 50 }), (text, more) => {
      const changed = text.replace(/\d+/, (digits) => String(Number(digits) + more));
      expect(kind(text, changed)).toBe('changed');
    }),
  );
});

test('texts that differ in their looks alone have one hash', () => {
  expect(hashCited('You pay **$5** per\nmonth.')).toBe(hashCited('You pay $5 per month!'));
  expect(hashCited('You pay $5 per month.')).not.toBe(hashCited('You pay $6 per month.'));
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createVerify } from '../../src/pipeline/verify.ts';
import { draftOf, passage, QUESTION } from '../helpers/pipeline.ts';

const PASSAGES = [
  passage({
    label: 'S1',
    text: 'Open Settings and press Export. The file arrives\nby mail within 20 minutes. Exports do not include drafts.',
  }),
  passage({
    label: 'S2',
    source: 'import.md',
    title: 'Imports',
    url: undefined,
    text: 'Imports take CSV files up to 50 MB.',
  }),
];
const says = (text: string, ...cites: [label: string, quote: string][]) => ({
  text,
  cites: cites.map(([label, quote]) => ({ label, quote })),
});
const check = (...segments: ReturnType<typeof says>[]) =>
  createVerify()(draftOf(...segments), PASSAGES, QUESTION);
const EXPORT = says('To export, open Settings and press Export.', ['S1', 'Open Settings and press Export.']);

describe('a segment is kept', () => {
  test.each([
    ['when its quote stands in its passage and says the same', EXPORT],
    [
      'when the quote runs over a line break',
      says('The file arrives by mail.', ['S1', 'The file arrives by mail']),
    ],
    [
      'when it is a passage word for word',
      says('by mail within 20 minutes', ['S1', 'by mail within 20 minutes']),
    ],
    [
      'when its figure stands in one of two quotes',
      says(
        'Imports take CSV files up to 50 MB; to export, press Export.',
        ['S1', 'press Export.'],
        ['S2', 'up to 50 MB'],
      ),
    ],
  ])('%s', (_title, segment) => {
    const verdict = check(segment);
    expect(verdict.dropped).toEqual([]);
    expect(verdict.segments.map(({ text }) => text)).toEqual([segment.text]);
  });

  test('without a source when it only repeats the question and is polite', () => {
    const polite = says('Thanks for asking how to export.');
    expect(check(polite, EXPORT).segments.map(({ text }) => text)).toEqual([polite.text, EXPORT.text]);
  });
});

describe('a segment is dropped, with the reason', () => {
  test.each([
    ['a forged quote', says('Exports are free.', ['S1', 'Exports are free for all.']), 'does not stand'],
    [
      'a quote with one word changed',
      says('Press Import.', ['S1', 'Settings and press Import']),
      'does not stand',
    ],
    ['a quote of another passage', says('CSV files.', ['S1', 'Imports take CSV files']), 'does not stand'],
    ['a quote glued together', says('Export.', ['S1', 'Open Settings … Export']), 'does not stand'],
    ['a label nobody gave', says('Export.', ['S3', 'press Export']), 'S3 was not among the passages'],
    ['a label like a property of every object', says('x', ['constructor', 'press Export']), 'not among'],
    ['an empty quote', says('Export.', ['S1', '']), 'does not stand'],
    ['a quote of blanks', says('Export.', ['S1', ' \n\u00a0 ']), 'does not stand'],
    ['no citation at all', says('Exports are kept for ever.'), 'no source'],
    ['politeness with a figure in it', says('Thanks for asking 50 times.'), 'no source'],
    [
      'a claim the quote does not make',
      says('Exports can be scheduled with Zapier.', ['S1', 'press Export. The file arrives']),
      '',
    ],
    [
      'one good quote and one forged',
      says('x', ['S1', 'press Export.'], ['S2', 'forged words here']),
      'does not stand',
    ],
  ])('%s', (_title, segment, reason) => {
    const verdict = check(segment);
    expect(verdict.segments).toEqual([]);
    expect(verdict.dropped).toEqual([{ text: segment.text, reason: expect.stringContaining(reason) }]);
  });
});

describe('where the draft and its source differ, the source wins', () => {
  test.each([
    [
      'a figure',
      says('The file arrives by mail within 30 minutes.', [
        'S1',
        'The file arrives\nby mail within 20 minutes.',
      ]),
    ],
    ['a negation', says('Exports do include drafts.', ['S1', 'Exports do not include drafts.'])],
  ])('%s that was changed is put right or left out, and never shown', (_what, segment) => {
    const verdict = check(segment);
    expect(verdict.dropped).toHaveLength(1);
    for (const { text } of verdict.segments) expect(PASSAGES[0]?.text).toContain(text);
  });
});

test('a bad segment takes no good one with it', () => {
  const verdict = check(
    EXPORT,
    says('Bad.', ['S1', 'forged words here']),
    says('Imports take CSV files.', ['S2', 'Imports take CSV files']),
  );
  expect(verdict.segments.map(({ text }) => text)).toEqual([EXPORT.text, 'Imports take CSV files.']);
  expect(verdict.dropped.map(({ text }) => text)).toEqual(['Bad.']);
});

test('politeness alone is no answer', () => {
  expect(check(says('Thanks for asking how to export.')).segments).toEqual([]);
});

test('source, title and link are those of the passage, never of the draft', () => {
  const forged = {
    label: 'S1',
    quote: 'press Export.',
    url: 'https://evil.example',
    title: 'Evil',
    source: 'evil.md',
  };
  const { segments } = createVerify()(
    draftOf({ text: 'Press Export.', cites: [forged] }),
    PASSAGES,
    QUESTION,
  );
  expect(segments[0]?.cites).toEqual([
    { source: 'export.md', title: 'Exports', url: 'https://docs.example/export', quote: 'press Export.' },
  ]);
});

test('a quote from the whole knowledge in the prompt is looked up in all of it', () => {
  const segment = says('Imports take CSV files.', ['KB', 'Imports take CSV files']);
  const verdict = createVerify(PASSAGES)(draftOf(segment), [], QUESTION);
  expect(verdict.segments[0]?.cites[0]?.source).toBe('import.md');
  expect(createVerify()(draftOf(segment), [], QUESTION).segments).toEqual([]);
});

test('words that stand nowhere never pass as a quote', () => {
  const text = PASSAGES[0]?.text ?? '';
  const letters = fc.stringMatching(/^[a-z]{4,10} [a-z]{4,10} [a-z]{4,10}$/);
  fc.assert(
    fc.property(letters, (forged) => {
      fc.pre(!text.toLowerCase().includes(forged));
      expect(check(says(forged, ['S1', forged])).segments).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
});

describe('a former ticket', () => {
  const said = 'Press Export once more, then it works. We refunded your October invoice.';
  const ticket = passage({ source: 'ticket/C1/1.0', title: 'Your ticket', tenant: 'C1', text: said });
  const cite = (text: string, quote: string) =>
    createVerify()(draftOf(says(text, ['S1', quote])), [ticket], QUESTION);

  test('may be quoted about how something works, and is never taken for a rule', () => {
    const verdict = cite('Press Export once more, then it works.', 'Press Export once more, then it works.');
    expect(verdict.segments).toMatchObject([{ published: false }]);
  });

  test.each([
    ['We refunded your October invoice.', 'We refunded your October invoice.'],
    ['Your October invoice was settled.', 'We refunded your October invoice.'],
  ])('grants nothing: %s', (text, quote) => {
    const verdict = cite(text, quote);
    expect(verdict.segments).toEqual([]);
    expect(verdict.dropped).toMatchObject([{ reason: 'a former ticket grants nothing' }]);
  });
});

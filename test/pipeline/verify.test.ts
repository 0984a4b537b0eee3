import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { verify } from '../../src/pipeline/verify.ts';
import { draftOf, passage } from '../helpers/pipeline.ts';

const PASSAGES = [
  passage({ label: 'S1', text: 'Open Settings and press Export.\nThe file arrives\nby mail.' }),
  passage({
    label: 'S2',
    source: 'import.md',
    title: 'Imports',
    url: undefined,
    text: 'Imports take CSV files.',
  }),
];
const says = (text: string, ...cites: [label: string, quote: string][]) => ({
  text,
  cites: cites.map(([label, quote]) => ({ label, quote })),
});
const check = (...segments: ReturnType<typeof says>[]) => verify(draftOf(...segments), PASSAGES);

describe('a segment is kept', () => {
  test.each([
    ['when its quote stands in its passage', says('Press Export.', ['S1', 'press Export'])],
    ['when the quote runs over a line break', says('It comes by mail.', ['S1', 'The file arrives by mail.'])],
    ['when two quotes of two passages stand', says('Both.', ['S1', 'press Export'], ['S2', 'CSV files'])],
  ])('%s', (_title, segment) => {
    const verdict = check(segment);
    expect(verdict.dropped).toEqual([]);
    expect(verdict.segments.map(({ text }) => text)).toEqual([segment.text]);
  });
});

describe('a segment is dropped, with the reason', () => {
  test.each([
    ['a forged quote', says('Exports are free.', ['S1', 'Exports are free.']), 'quote does not stand in S1'],
    ['a quote with one word changed', says('x', ['S1', 'press Import']), 'quote does not stand in S1'],
    [
      'a quote of another passage',
      says('x', ['S1', 'Imports take CSV files.']),
      'quote does not stand in S1',
    ],
    ['a quote glued together', says('x', ['S1', 'Open Settings … Export']), 'quote does not stand in S1'],
    ['a label nobody gave', says('x', ['S3', 'press Export']), 'S3 was not among the passages'],
    ['a label like a property of every object', says('x', ['constructor', 'press Export']), 'not among'],
    ['an empty quote', says('x', ['S1', '']), 'quote does not stand in S1'],
    ['a quote of blanks', says('x', ['S1', ' \n\u00a0 ']), 'quote does not stand in S1'],
    ['no citation at all', says('Trust me.'), 'no source'],
    [
      'one good quote and one forged',
      says('x', ['S1', 'press Export'], ['S2', 'forged']),
      'quote does not stand in S2',
    ],
  ])('%s', (_title, segment, reason) => {
    const verdict = check(segment);
    expect(verdict.segments).toEqual([]);
    expect(verdict.dropped).toEqual([{ text: segment.text, reason: expect.stringContaining(reason) }]);
  });
});

test('a bad segment takes no good one with it', () => {
  const verdict = check(
    says('Good.', ['S1', 'press Export']),
    says('Bad.', ['S1', 'forged']),
    says('Fine.', ['S2', 'CSV files']),
  );
  expect(verdict.segments.map(({ text }) => text)).toEqual(['Good.', 'Fine.']);
  expect(verdict.dropped.map(({ text }) => text)).toEqual(['Bad.']);
});

test('source, title and link are those of the passage, never of the draft', () => {
  const forged = {
    label: 'S1',
    quote: 'press Export',
    url: 'https://evil.example',
    title: 'Evil',
    source: 'evil.md',
  };
  const { segments } = verify(draftOf({ text: 'x', cites: [forged] }), PASSAGES);
  expect(segments[0]?.cites).toEqual([
    { source: 'export.md', title: 'Exports', url: 'https://docs.example/export', quote: 'press Export' },
  ]);
});

test('without passages nothing stands', () => {
  expect(verify(draftOf(says('x', ['S1', 'press Export'])), []).segments).toEqual([]);
});

test('every part of a passage may be quoted, no text from elsewhere may', () => {
  const text = PASSAGES[0]?.text ?? '';
  fc.assert(
    fc.property(
      fc.nat(text.length - 5),
      fc.integer({ min: 5, max: 40 }),
      fc.string({ minLength: 3 }),
      (from, length, other) => {
        const quote = text.slice(from, from + length);
        expect(check(says('x', ['S1', quote])).segments).toHaveLength(1);
        fc.pre(!text.includes(other.trim()) && other.trim() !== '');
        expect(check(says('x', ['S1', `${quote}${other}`])).segments).toHaveLength(
          text.includes(`${quote}${other}`) ? 1 : 0,
        );
      },
    ),
  );
});

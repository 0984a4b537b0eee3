import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdsPromise } from '../../../src/pipeline/gate/holds-promise.ts';
import { anyText } from '../../helpers/any-text.ts';

const PROMISES: [string, string][] = [
  ['We will refund the full amount to your card.', 'money'],
  ['I have waived the late fee.', 'money'],
  ['We will credit your account with $50.', 'credit'],
  ['You get a 30% discount if you renew today.', 'discount'],
  ['Our engineers will resolve this within 24 hours.', 'date'],
  ['We accept full liability for the data loss.', 'legal'],
];
const HONEST = [
  'Monthly plans can be refunded within 14 days of the charge; a billing manager decides.',
  'We are unable to refund monthly charges older than 14 days.',
  'Can I get a refund?',
  '| Plan | Monthly |\n| --- | --- |\n| Team | $12 |',
  'The plan then ends on the last day of the period.',
  'On 9 June the API answered with errors for 47 minutes.',
  'Nobody else, and no automatic assistant, can approve a refund or promise one.',
];

type Disguise = (text: string, choose: (below: number) => number) => string;
const INVISIBLE = ['\u200B', '\u00AD', '\u2060', '\uFE0F', '\u200E', '\u{E0041}', '\u0335'];
const GREEK_AND_CYRILLIC: Record<string, string> = { a: 'а', e: 'е', o: 'ο', i: 'і', c: 'с', p: 'ρ', u: 'υ' };
const inWords = (text: string, change: (word: string) => string) =>
  text.replace(/(?<![$\d])[A-Za-z]{3,}/g, change);

const DISGUISES: Record<string, Disguise> = {
  'invisible characters': (text, choose) =>
    inWords(text, (word) => [...word].join(INVISIBLE[choose(INVISIBLE.length)])),
  'look-alike letters': (text, choose) =>
    inWords(text, (word) => [...word].map((x) => (choose(2) ? (GREEK_AND_CYRILLIC[x] ?? x) : x)).join('')),
  'full-width letters': (text) =>
    inWords(text, (word) => [...word].map((x) => String.fromCharCode(x.charCodeAt(0) + 0xfee0)).join('')),
  'emoji between letters': (text) => inWords(text, (word) => [...word].join('💸')),
  'points between letters': (text) => inWords(text, (word) => [...word].join('.')),
  'bold inside words': (text) => inWords(text, (word) => `${word.slice(0, 1)}**${word.slice(1)}**`),
  'text turned round': (text) => inWords(text, (word) => `\u202E${[...word].reverse().join('')}\u202C`),
  'capitals at will': (text, choose) => [...text].map((x) => (choose(2) ? x.toUpperCase() : x)).join(''),
};

describe('holdsPromise', () => {
  test.each(PROMISES)('holds "%s" and says it is about %s', (text, topic) => {
    const verdict = holdsPromise([text]);
    expect(verdict.held).toBe(true);
    expect(verdict.findings[0]).toMatchObject({ segment: 0, topic });
    expect(verdict.findings[0]?.phrase).not.toBe('');
  });

  test.each(HONEST)('passes "%s"', (text) => {
    expect(holdsPromise([text])).toEqual({ held: false, findings: [] });
  });

  test('names the segment that promises', () => {
    const findings = holdsPromise(['You can cancel at any time.', 'We will refund you.']).findings;
    expect(findings.map((found) => found.segment)).toEqual([1]);
  });

  test('reads segments together, also when a word is cut in two', () => {
    expect(holdsPromise(['You get', '30% off for the year.']).findings[0]?.segment).toBeNull();
    expect(holdsPromise(['We will ref-', 'und you in full.']).held).toBe(true);
  });

  test('passes an answer that is empty or says nothing in words', () => {
    expect(holdsPromise([]).held).toBe(false);
    expect(holdsPromise(['', ' \n', '👍', '123 $45']).held).toBe(false);
  });

  test('a cut anywhere between words gets no promise through', () => {
    const cut = fc.tuple(fc.constantFrom(...PROMISES), fc.nat(20)).map(([[text], at]) => {
      const words = text.split(' ');
      const split = 1 + (at % (words.length - 1));
      return [words.slice(0, split).join(' '), words.slice(split).join(' ')];
    });
    fc.assert(fc.property(cut, (segments) => holdsPromise(segments).held));
  });

  test.each(Object.keys(DISGUISES))('%s get no promise through', (name) => {
    const disguise = DISGUISES[name];
    const words = fc.tuple(fc.constantFrom(...PROMISES), fc.infiniteStream(fc.nat(1000)));
    fc.assert(
      fc.property(words, ([[text], numbers]) => {
        const choose = (below: number) => (numbers.next().value ?? 0) % below;
        return holdsPromise([disguise?.(text, choose) ?? text]).held;
      }),
    );
  });

  test('honest text passes also with accents, dashes, typographic quotes and soft hyphens', () => {
    const harmless = fc
      .tuple(fc.constantFrom(...HONEST), fc.constantFrom('\u00AD', '\u200B', '\u00A0', ' – ', '“'))
      .map(([text, mark]) =>
        mark.length === 1 && mark !== '“' && mark !== '\u00A0'
          ? text.replace(/\B(?=[a-z]{2}\b)/g, mark)
          : `${mark}${text.replace(/ /g, mark === '\u00A0' ? mark : ' ')}`,
      );
    fc.assert(fc.property(harmless, (text) => !holdsPromise([text]).held));
  });

  test('any text at all is judged, and the same way twice', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 3 }), (segments) => {
        expect(holdsPromise(segments)).toEqual(holdsPromise(segments));
      }),
      { numRuns: 40 },
    );
  });
});

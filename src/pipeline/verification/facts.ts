import { takeDates } from './date-facts.ts';
import type { Fact } from './fact-types.ts';
import { fold } from './fold.ts';
import { takeNames, takeRates } from './name-facts.ts';
import { replaceNumberWords } from './number-words.ts';
import { readQuantities } from './quantity-facts.ts';
import { createScan } from './scan.ts';
import { UNIT_SPELLINGS } from './units.ts';

const UNIT_WORDS = UNIT_SPELLINGS.filter((spelling) => /^[a-z]{2,}$/.test(spelling)).join('|');
const ONE_UNIT = new RegExp(`\\bone(?=[- ](?:${UNIT_WORDS}|hundred|thousand|million|billion)\\b)`, 'gi');
/** "1." before a list item numbers the list; it is no fact. */
const LIST_MARK =
  /^[ \t]*(?:[-*•+#>][ \t]+)?\**(?:\(?\d{1,2}[.)]|[-*•+])\**[ \t]+|(?<=[:;.] )\d{1,2}[.)] (?=[\p{Lu}*])/gmu;
/** 401(k) is also written 401k. */
const SECTION = /(\d)\(([a-z])\)s?/gi;
const SOURCE_MARK = /\[S?\d{1,2}\]/g;

/** Every number, date, amount, duration, unit, version and address that a text states. */
export function extractFacts(text: string): Fact[] {
  const facts: Fact[] = [];
  const plain = text
    .replace(LIST_MARK, '')
    .replace(SECTION, '$1$2')
    .replace(SOURCE_MARK, ' ')
    .replace(/\*\*|__|`/g, ' ');
  const scan = createScan(replaceNumberWords(fold(plain)).replace(ONE_UNIT, '1'));
  takeNames(scan, facts);
  takeDates(scan, facts);
  takeRates(scan, facts);
  return [...facts, ...readQuantities(scan.text)];
}

const ORDINALS = 'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'.split(
  ' ',
);
const LOOSE: Record<string, number> = {
  ...Object.fromEntries(ORDINALS.map((word, index) => [word, index + 1])),
  once: 1,
  one: 1,
  single: 1,
  twice: 2,
  double: 2,
  doubled: 2,
  both: 2,
  pair: 2,
  couple: 2,
  triple: 3,
  dozen: 12,
};
const LOOSE_WORD = new RegExp(`\\b(?:${Object.keys(LOOSE).join('|')})\\b`, 'gi');
const A_UNIT = new RegExp(`\\b(?:an?|each|every|per)[- ](?=(?:${UNIT_WORDS})\\b)`, 'gi');
const YEAR_RANGE = /\b(\d{2})(\d{2})[-\u2013](\d{2})\b(?!-)/g;

/** What a source states, read generously: "a week" is 1 week, "third" is a 3, 2002-08 ends in 2008. */
export function extractSourceFacts(text: string): Fact[] {
  const facts = [...extractFacts(text), ...extractFacts(text.replace(A_UNIT, '1 '))];
  for (const [word] of text.matchAll(LOOSE_WORD)) {
    facts.push({ kind: 'quantity', text: word, value: LOOSE[word.toLowerCase()] ?? 0 });
  }
  for (const [range, century, , end] of text.matchAll(YEAR_RANGE)) {
    facts.push({ kind: 'quantity', text: range, value: Number(`${century}${end}`) });
  }
  return facts;
}

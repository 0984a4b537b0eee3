import type { PageWords } from './page-words.ts';
import { readSpelledWords } from './statement-words.ts';
import type { Statement } from './statements.ts';

/** Less in common than this, and it is another statement rather than a newer wording of the same. */
const LEAST_COMMON = 0.5;
/** Shorter words differ by one letter as often as not: "now", "not", "one", "may". */
const TYPO_LETTERS = 5;

/** A statement, and how much of its words it has in common with another one, from 0 to 1. */
export interface Nearest {
  statement: Statement;
  common: number;
}

/** The statement of the page that has most in common with this one, or undefined when none has enough. */
export function findNearest(
  words: readonly string[],
  page: PageWords,
  isTaken: (statement: Statement) => boolean,
): Nearest | undefined {
  let best: Nearest | undefined;
  for (const statement of page.statements) {
    if (isTaken(statement)) continue;
    const common = inCommon(words, statement.words);
    if (common >= LEAST_COMMON && common > (best?.common ?? 0)) best = { statement, common };
  }
  return best;
}

/** Dice coefficient over the words, each counted as often as it stands there. */
function inCommon(a: readonly string[], b: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const word of a) counts.set(word, (counts.get(word) ?? 0) + 1);
  let both = 0;
  for (const word of b) {
    const left = counts.get(word) ?? 0;
    if (left > 0) both += 1;
    counts.set(word, left - 1);
  }
  return (2 * both) / (a.length + b.length);
}

/**
 * Whether the newer statement only puts one misspelt word right: one letter off, the same first letter, and the old
 * spelling is a word nowhere else on the page.
 */
export function isTypoFix(older: Statement, newer: Statement, page: PageWords): boolean {
  if (older.words.length !== newer.words.length) return false;
  const [words, others] = [readSpelledWords(older.text), readSpelledWords(newer.text)];
  const [at, ...more] = words.flatMap((word, index) => (word === others[index] ? [] : [index]));
  if (words.length !== others.length || at === undefined || more.length > 0) return false;
  const [was, is] = [words[at] ?? '', others[at] ?? ''];
  if (Math.min(was.length, is.length) < TYPO_LETTERS || was[0] !== is[0]) return false;
  if (!/^\p{L}+$/u.test(was) || !/^\p{L}+$/u.test(is) || !isOneLetterOff(was, is)) return false;
  return !page.statements.some(({ text }) => readSpelledWords(text).includes(was));
}

/** One letter more, less, other, or two changed places. */
function isOneLetterOff(a: string, b: string): boolean {
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  let end = 0;
  const rest = Math.min(a.length, b.length) - start;
  while (end < rest && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && left === `${right[1]}${right[0]}`;
}

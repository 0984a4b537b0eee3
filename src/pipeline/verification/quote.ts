import { fold, foldWithOffsets } from './fold.ts';

/** Where a quote stands in the passage, in characters of the original text. */
export interface QuoteSpan {
  start: number;
  end: number;
}

/** Shorter "quotes" stand in nearly every passage and prove nothing. */
const MIN_QUOTE_CHARS = 8;
const MIN_QUOTE_WORDS = 2;

/**
 * Finds a quote word for word in a passage. A quote that begins or ends inside a word or a number is none:
 * "up to $5" does not stand in "up to $50".
 */
export function findQuote(quote: string, passageText: string): QuoteSpan | undefined {
  const wanted = fold(quote);
  if (!isLongEnough(wanted)) return undefined;
  const passage = foldWithOffsets(passageText);
  for (let at = passage.text.indexOf(wanted); at >= 0; at = passage.text.indexOf(wanted, at + 1)) {
    if (isWhole(passage.text, at, at + wanted.length)) {
      const last = at + wanted.length - 1;
      return { start: passage.starts[at] ?? 0, end: passage.ends[last] ?? passageText.length };
    }
  }
  return undefined;
}

function isLongEnough(folded: string): boolean {
  const words = folded.match(/[\p{L}\p{N}]+/gu) ?? [];
  return folded.length >= MIN_QUOTE_CHARS && words.length >= MIN_QUOTE_WORDS;
}

function isWhole(text: string, start: number, end: number): boolean {
  const around = (at: number) => text.slice(Math.max(0, at - 2), at + 2);
  return !cuts(around(start), Math.min(start, 2)) && !cuts(around(end), Math.min(end, 2));
}

/** Is the place `at` of this short text inside a word, or inside a number such as 1,000 or 2.5? */
function cuts(text: string, at: number): boolean {
  const before = text.slice(0, at);
  const after = text.slice(at);
  const wordChar = '[\\p{L}\\p{N}\\p{M}]';
  if (new RegExp(`${wordChar}$`, 'u').test(before) && new RegExp(`^${wordChar}`, 'u').test(after))
    return true;
  if (/\d$/.test(before) && /^[.,]\d/.test(after)) return true;
  return /\d[.,]$/.test(before) && /^\d/.test(after);
}

import { fold } from '../verification/fold.ts';
import { readNumberWord } from '../verification/number-words.ts';
import { stem } from '../verification/stem.ts';

/**
 * Words, numbers, and the few signs that can turn a statement round: money, per cent, comparisons, "8+", "-5", ticks
 * and crosses, and the borders of table cells, because an amount in another column is another statement.
 */
const WORD =
  /\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)*|\p{L}[\p{L}\p{M}\p{N}]*(?:'\p{L}+)?|[$€£¥₹₩%¢°]|[≤≥≠±|]|[<>~](?==? ?[$€£]?\d)|(?<=\d)\+|(?<![\p{L}\p{N}])-(?=[$€£]?\d)|[✓✔✅☑✗✘❌✖☒]/gu;

/** Say which one is meant, not what of it: an editor may swap them without saying anything else. */
const DETERMINERS = new Set('a an the this that these those your our its their'.split(' '));
const TICK = /^[✓✔✅☑]$/u;
const CROSS = /^[✗✘❌✖☒]$/u;
/** A label before a statement, which themes of documentation add and take away. */
const LABEL = /^(?:note|tip|info|hint):\s+/i;

/** What a statement says, as a list of words that is the same after every edit that changes only its looks. */
export function readWords(plain: string): string[] {
  return readSpelledWords(plain).map(keyOf);
}

/** The same words as they are spelled. */
export function readSpelledWords(plain: string): string[] {
  const text = spelledOut(fold(plain.replace(LABEL, '')).toLowerCase());
  return [...text.matchAll(WORD)].map(([word]) => word).filter((word) => !DETERMINERS.has(word));
}

function keyOf(word: string): string {
  if (/^\d/.test(word)) return word.replace(/,/g, '').replace(/\.00$/, '');
  if (TICK.test(word)) return '✓';
  if (CROSS.test(word)) return '✗';
  const spelled = readNumberWord(word);
  if (spelled !== undefined && spelled > 1) return String(spelled);
  // "Older" is not "old", and "user" is not "use".
  return word.endsWith('er') ? word : stem(word);
}

/** Short forms in full, and the spellings of one word that editors change back and forth. */
function spelledOut(text: string): string {
  return text
    .replace(/\bcan'?t\b|\bcannot\b/g, 'can not')
    .replace(/\bwon't\b/g, 'will not')
    .replace(/(\p{L})n't\b/gu, '$1 not')
    .replace(/\b(you|we|they)'re\b/g, '$1 are')
    .replace(/\b(it|that|there|here|what)'s\b/g, '$1 is')
    .replace(/(\p{L})'ll\b/gu, '$1 will')
    .replace(/(\p{L})'ve\b/gu, '$1 have')
    .replace(/\be-mail/g, 'email');
}

import { fold } from './fold.ts';

/** Counts of what a text is made of, by kind; each kind weighs the same however many grams it has. */
export interface Features {
  words: Map<string, number>;
  letters: Map<string, number>;
  /** Findings of the rules, each true or not. */
  marks: string[];
}

const LONGEST_GRAM = 5;

/** Words, pairs of words, and pieces of words of 2 to 5 letters, which survive typing errors and inflection. */
export function readFeatures(text: string, marks: string[] = []): Features {
  const tokens = fold(text)
    .replace(/https?:\/\/\S+/g, ' url ')
    .replace(/([a-z])([$€£])/g, '$1 $2')
    .replace(/\d+(?:[.,]\d+)*/g, '0')
    .match(/[\p{L}\p{N}']+|[^\s\p{L}\p{N}']/gu);
  const words = new Map<string, number>();
  const letters = new Map<string, number>();
  let before = '^';
  for (const token of tokens ?? []) {
    count(words, token);
    count(words, `${before} ${token}`);
    before = token;
    countPieces(letters, ` ${token} `);
  }
  count(words, `${before} $`);
  return { words, letters, marks };
}

function countPieces(letters: Map<string, number>, padded: string): void {
  for (let length = 2; length <= LONGEST_GRAM; length += 1) {
    for (let start = 0; start + length <= padded.length; start += 1) {
      count(letters, padded.slice(start, start + length));
    }
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

import type { QueryWord } from './query-words.ts';
import { STOP_WORDS } from './stop-words.ts';

export interface TitleMatch {
  /** Share of the words asked that stand in the title or a heading, 0 to 1. */
  asked: number;
  /** Share of the title's words that were asked, 0 to 1: one word found in a title of two says more than of nine. */
  title: number;
}

/** How well titles speak of what was asked. People name a page by its title, or by half of it. */
export function createTitleMatch(
  words: QueryWord[],
): (page: { title: string; headings: string[] }) => TitleMatch {
  const mass = words.reduce((sum, { weight }) => sum + weight, 0);
  return ({ title, headings }) => {
    const titleWords = readWords(title);
    const all = [...titleWords, ...readWords(headings.join(' '))];
    const found = words.filter(({ word }) => all.some((other) => isSameWord(other, word)));
    const named = titleWords.filter((other) => words.some(({ word }) => isSameWord(other, word)));
    return {
      asked: mass > 0 ? found.reduce((sum, { weight }) => sum + weight, 0) / mass : 0,
      title: titleWords.length > 0 ? named.length / titleWords.length : 0,
    };
  };
}

function readWords(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  return [...new Set(words)].filter((word) => !STOP_WORDS.has(word));
}

const SHORTEST_STEM = 4;
const LONGEST_ENDING = 3;

/** "refunds" and "refunded" are the same word, "plan" and "planning" are not; good enough for titles. */
function isSameWord(a: string, b: string): boolean {
  if (a === b) return true;
  const stem = Math.max(SHORTEST_STEM, Math.max(a.length, b.length) - LONGEST_ENDING);
  return a.length >= stem && b.length >= stem && a.slice(0, stem) === b.slice(0, stem);
}

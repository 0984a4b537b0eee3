import { STOP_WORDS } from './stop-words.ts';

/** One word of a question, lower case, with the highest weight of the texts it stands in. */
export interface QueryWord {
  word: string;
  weight: number;
}

/** Words that stand together, such as the parts of `TM-4031` or `DATABASE_URL`. */
export interface QueryPhrase {
  words: string[];
  weight: number;
}

export interface QueryWords {
  words: QueryWord[];
  phrases: QueryPhrase[];
}

/** A pasted log of 100 kB is a question too; what it asks stands in its first words. */
const MAX_CHARACTERS = 6_000;
const MAX_WORDS = 60;
const MAX_PHRASES = 12;
const MAX_PHRASE_WORDS = 6;

/** What a search looks for: the words that carry meaning, and the names that only count in one piece. */
export function readQueryWords(texts: { text: string; weight: number }[]): QueryWords {
  const words = new Map<string, number>();
  const phrases = new Map<string, QueryPhrase>();
  // The heaviest text first, so that the limits never cut off the question itself for what was said before it.
  for (const { text, weight } of [...texts].sort((a, b) => b.weight - a.weight)) {
    if (!(weight > 0)) continue;
    for (const token of spelledOut(text.slice(0, MAX_CHARACTERS)).split(/[\s,;()<>"“”‘`]+/)) {
      const parts = token.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
      for (const part of parts) {
        if (words.size < MAX_WORDS && !words.has(part) && !STOP_WORDS.has(part)) words.set(part, weight);
      }
      const key = parts.join(' ');
      if (parts.length < 2 || parts.length > MAX_PHRASE_WORDS || phrases.has(key)) continue;
      if (phrases.size < MAX_PHRASES) phrases.set(key, { words: parts, weight });
    }
  }
  return {
    words: Array.from(words, ([word, weight]) => ({ word, weight })),
    phrases: [...phrases.values()],
  };
}

/** Lower case, short forms in full: the "not" of "can't" has to be found. */
function spelledOut(text: string): string {
  return text
    .toLowerCase()
    .replace(/\bcan['’]?t\b/g, 'can not')
    .replace(/\bwon['’]t\b/g, 'will not')
    .replace(/\b(\w+)n['’]t\b/g, '$1 not')
    .replace(/(\p{L})['’](?:s|re|ve|ll|d|m)\b/gu, '$1');
}

import { readFileSync } from 'node:fs';
import { type QueryTerm, readQueryTerms } from './terms.ts';

/** Words and phrases that mean the same to this team's customers, each as its terms. */
export type Synonyms = string[][][];

/** What a customer did not say counts less than what they did. */
const WEIGHT = 0.5;

export const NO_SYNONYMS: Synonyms = [];

/**
 * Reads a file of synonyms: a line each, separated by commas, such as `refund, money back, reimbursement`; what
 * follows `#` is a remark. Without a file there are none. A line of one word alone is named and left out.
 */
export function readSynonyms(path: string): { synonyms: Synonyms; problems: string[] } {
  const synonyms: Synonyms = [];
  const problems: string[] = [];
  for (const [at, line] of readLines(path).entries()) {
    const words = line.replace(/#.*$/, '').trim();
    if (words === '') continue;
    const group = words
      .split(',')
      .map(termsOf)
      .filter((terms) => terms.length > 0);
    if (group.length > 1) synonyms.push(group);
    else
      problems.push(
        `${path}, line ${at + 1}: needs two words or more that mean the same, separated by commas`,
      );
  }
  return { synonyms, problems };
}

/** The terms asked, and those of every synonym that the texts they were asked in hold. */
export function withSynonyms(
  asked: QueryTerm[],
  texts: { text: string; weight: number }[],
  synonyms: Synonyms,
): QueryTerm[] {
  if (synonyms.length === 0) return asked;
  const known = new Map(asked.map(({ term, weight }) => [term, weight]));
  for (const { text, weight } of texts) {
    const terms = termsOf(text);
    for (const group of synonyms) {
      if (!group.some((phrase) => holds(terms, phrase))) continue;
      for (const term of group.flat()) if (!known.has(term)) known.set(term, WEIGHT * weight);
    }
  }
  return Array.from(known, ([term, weight]) => ({ term, weight }));
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** In their order; a word that stands twice is in it once, which is enough to find a phrase. */
function termsOf(text: string): string[] {
  return readQueryTerms([{ text, weight: 1 }]).map(({ term }) => term);
}

function holds(terms: string[], phrase: string[]): boolean {
  return terms.some((_, at) => phrase.every((term, offset) => terms[at + offset] === term));
}

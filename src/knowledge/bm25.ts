import { type Field, isCode, type QueryTerm, readTitleTerms } from './terms.ts';

/**
 * Texts are scored as one text in which a title or a heading stands this many times: whoever asks in the words of a
 * title wants that page. Anything from 3 to 8 does as well.
 */
export const FIELD_COUNTS: Record<Field, number> = { title: 4, headings: 4, body: 1, codes: 1 };

/** How fast more of the same word stops counting, and how much a long text is held against itself; the usual values. */
export const BM25 = { k1: 1.2, b: 0.75 };

/** A term of a query with its share of what the whole query is worth. */
export interface WeighedTerm {
  term: string;
  share: number;
}

/**
 * What each term adds when it is found: its weight and how rare it is, divided by the sum over all words asked, also
 * those that stand nowhere, so that the scores of different questions can be compared.
 */
export function weighTerms(
  terms: QueryTerm[],
  texts: { count: number; occurs(term: string): number },
): WeighedTerm[] {
  const worth = terms.map(({ term, weight }) => weight * idf(texts.count, texts.occurs(term)));
  const sum = worth.reduce((all, one) => all + one, 0);
  return terms.map(({ term }, at) => ({ term, share: sum > 0 ? (worth[at] ?? 0) / sum : 0 }));
}

/**
 * Compares titles with a query: the share of what was asked that stands in the title, times the share of the title
 * that was asked, each word by how rare it is. High only where both are about the same.
 */
export function createTitleScore(
  terms: QueryTerm[],
  texts: { count: number; occurs(term: string): number },
): (title: string) => number {
  const asked = new Map(terms.filter(({ term }) => !isCode(term)).map(({ term, weight }) => [term, weight]));
  const worthOf = (term: string) => idf(texts.count, texts.occurs(term));
  const askedWorth = terms.reduce((all, { term, weight }) => all + weight * worthOf(term), 0);
  return (title) => {
    const words = readTitleTerms(title);
    const found = words.reduce((all, term) => all + (asked.get(term) ?? 0) * worthOf(term), 0);
    const titleWorth = words.reduce((all, term) => all + worthOf(term), 0);
    return found > 0 ? (found / askedWorth) * (found / titleWorth) : 0;
  };
}

/** What it says about a text that a word of it stands in `occurs` of `all` texts; never below zero. */
function idf(all: number, occurs: number): number {
  return Math.log(1 + (all - occurs + 0.5) / (occurs + 0.5));
}

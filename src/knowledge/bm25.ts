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

/** How many texts there are, and in how many of them a term stands. */
export interface TermCounts {
  count: number;
  occurs(term: string): number;
}

/**
 * What each term adds when it is found in one of `texts`: its weight and how rare it is there, divided by what all
 * terms asked are worth among passages, also those that stand nowhere, so that the scores of different questions can
 * be compared.
 */
export function weighTerms(terms: QueryTerm[], texts: TermCounts, passages: TermCounts): WeighedTerm[] {
  const all = terms.reduce((sum, term) => sum + worthOf(term, passages), 0);
  return terms.map((term) => ({ term: term.term, share: all > 0 ? worthOf(term, texts) / all : 0 }));
}

function worthOf({ term, weight }: QueryTerm, { count, occurs }: TermCounts): number {
  return weight * idf(count, occurs(term));
}

/**
 * Compares titles with a query: the share of what was asked that stands in the title, times the share of the title
 * that was asked, each word by how rare it is. High only where both are about the same.
 */
export function createTitleScore(terms: QueryTerm[], pages: TermCounts): (title: string) => number {
  const words = new Map(terms.filter(({ term }) => !isCode(term)).map(({ term, weight }) => [term, weight]));
  const asked = terms.reduce((sum, term) => sum + worthOf(term, pages), 0);
  return (title) => {
    const own = readTitleTerms(title).map((term) => ({ term, weight: 1 }));
    const found = own.reduce((sum, one) => sum + (words.get(one.term) ?? 0) * worthOf(one, pages), 0);
    const named = own.reduce((sum, one) => sum + worthOf(one, pages), 0);
    return found > 0 ? (found / asked) * (found / named) : 0;
  };
}

/** What it says about a text that a word of it stands in `occurs` of `all` texts; never below zero. */
function idf(all: number, occurs: number): number {
  return Math.log(1 + (all - occurs + 0.5) / (occurs + 0.5));
}

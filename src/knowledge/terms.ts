import { stemmer } from 'stemmer';
import { plainText } from './plain-text.ts';
import { STOP_WORDS } from './stop-words.ts';
import type { Passage } from './types.ts';

/**
 * Raise it with every change of what a text's terms are: it is part of the format of an index, and one made with
 * other terms is built anew.
 */
export const TERMS_FORMAT = 1;

/** One word as the index knows it, and how much it counts. */
export interface QueryTerm {
  term: string;
  weight: number;
}

/** Where a term can stand. `codes` are names that only count in one piece, from all three of the others. */
export const FIELDS = ['title', 'headings', 'body', 'codes'] as const;
export type Field = (typeof FIELDS)[number];
export type FieldTerms = Record<Field, string[]>;

/** A pasted log of 100 kB is a question too; what it asks stands in its first words. */
const MAX_QUERY_CHARACTERS = 6_000;
const MAX_QUERY_TERMS = 60;
const MAX_CODE_PARTS = 6;
const CODE_JOINT = '_';

/** Scripts written without spaces; the runtime knows their words from a dictionary. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/u;
const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** The terms of a passage by field. */
export function readPassageTerms(passage: Pick<Passage, 'title' | 'headings' | 'text'>): FieldTerms {
  const title = readText(passage.title);
  const headings = readText(passage.headings.join('\n'));
  const body = readText(plainText(passage.text));
  return {
    title: title.words,
    headings: headings.words,
    body: body.words,
    codes: [...title.codes, ...headings.codes, ...body.codes],
  };
}

/** The words of a title, each once. */
export function readTitleTerms(title: string): string[] {
  return [...new Set(readText(title).words)];
}

/** The terms of a page: its title once, each heading once, all of its text. */
export function readPageTerms(passages: Pick<Passage, 'title' | 'headings' | 'text'>[]): FieldTerms {
  const headings = new Set(passages.flatMap((passage) => passage.headings));
  const text = passages.map((passage) => passage.text).join('\n\n');
  return readPassageTerms({ title: passages[0]?.title ?? '', headings: [...headings], text });
}

/**
 * What a search looks for: every term once, with the highest weight of the texts it stands in, the heaviest text
 * first, so that the limits never cut off the question itself for what was said before it.
 */
export function readQueryTerms(texts: { text: string; weight: number }[]): QueryTerm[] {
  const terms = new Map<string, number>();
  for (const { text, weight } of [...texts].sort((a, b) => b.weight - a.weight)) {
    if (!(weight > 0) || !Number.isFinite(weight)) continue;
    const { words, codes } = readText(text.slice(0, MAX_QUERY_CHARACTERS));
    for (const term of [...codes, ...words]) {
      if (terms.size < MAX_QUERY_TERMS && !terms.has(term)) terms.set(term, weight);
    }
  }
  return Array.from(terms, ([term, weight]) => ({ term, weight }));
}

/** Stems in their order, and the names such as `tm_4031` that their neighbours make up. */
function readText(text: string): { words: string[]; codes: string[] } {
  const words: string[] = [];
  const codes: string[] = [];
  for (const token of spelledOut(text).split(/[\s,;()<>"“”‘`|]+/)) {
    const parts = token.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
    for (const part of parts) {
      for (const word of UNSPACED.test(part) ? segment(part) : [part]) {
        if (!STOP_WORDS.has(word)) words.push(stemOf(word));
      }
    }
    if (parts.length > 1 && parts.length <= MAX_CODE_PARTS) codes.push(parts.join(CODE_JOINT));
  }
  return { words, codes };
}

/** Whether a term is a name in one piece; words never hold the sign that joins its parts. */
export function isCode(term: string): boolean {
  return term.includes(CODE_JOINT);
}

/** Enough for the words of a large knowledge base; then it starts anew. */
const CACHED_STEMS = 50_000;
const stems = new Map<string, string>();

/** A word as it is counted: "refunded" and "refunds" are one. Names with digits stay as they are. */
function stemOf(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  if (stems.size >= CACHED_STEMS) stems.clear();
  const stem = /^[a-z]+$/.test(word) ? stemmer(word) : word;
  stems.set(word, stem);
  return stem;
}

function segment(text: string): string[] {
  const words: string[] = [];
  for (const { segment: word, isWordLike } of segmenter.segment(text)) if (isWordLike) words.push(word);
  return words;
}

/** Lower case, without accents, short forms in full: the "not" of "can't" has to be found. */
function spelledOut(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/\bcan['’]?t\b/g, 'can not')
    .replace(/\bwon['’]t\b/g, 'will not')
    .replace(/\b(\w+)n['’]t\b/g, '$1 not')
    .replace(/(\p{L})['’](?:s|re|ve|ll|d|m)\b/gu, '$1');
}

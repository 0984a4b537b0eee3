import { BM25, FIELD_COUNTS, type WeighedTerm } from '../../knowledge/bm25.ts';
import { FIELDS, type FieldTerms } from '../../knowledge/terms.ts';

/**
 * How often each term stands in each field, as one text: ` 3.0.120.1 refund:1.0.2.0 plan:0.0.4.0 `, lengths of the
 * fields first. Kept with every passage and page, so that what the server found can be scored here: its own scores
 * shift with what it holds on disk and in memory and come with no scale of the question, so they could not be held
 * against a threshold.
 */
export type Counts = string;

/** Beyond a few dozen a word counts no more anyway. */
const MOST_OCCURRENCES = 255;
const COUNTS = FIELDS.map((field) => FIELD_COUNTS[field]);

export function writeCounts(terms: FieldTerms): Counts {
  const counts = new Map<string, number[]>();
  for (const [at, field] of FIELDS.entries()) {
    for (const term of terms[field]) {
      const occurs = counts.get(term) ?? FIELDS.map(() => 0);
      occurs[at] = Math.min(MOST_OCCURRENCES, (occurs[at] ?? 0) + 1);
      counts.set(term, occurs);
    }
  }
  const lengths = FIELDS.map((field) => terms[field].length).join('.');
  return [` ${lengths}`, ...Array.from(counts, ([term, occurs]) => `${term}:${occurs.join('.')}`), ''].join(
    ' ',
  );
}

/** Terms by field. */
export function readLengths(counts: Counts): number[] {
  return readNumbers(counts, 1);
}

/** The length that counts, of one text or of the sum of many. */
export function weighLengths(lengths: number[]): number {
  return lengths.reduce((sum, length, at) => sum + length * (COUNTS[at] ?? 0), 0);
}

/** BM25 as knowledge/bm25.ts describes it; `average` is the mean length of all texts of the kind. */
export function scoreCounts(counts: Counts, weighed: WeighedTerm[], average: number): number {
  const { k1, b } = BM25;
  const norm = k1 * (1 - b + (b * weighLengths(readLengths(counts))) / average);
  let score = 0;
  for (const { term, share } of weighed) {
    const mark = ` ${term}:`;
    const at = counts.indexOf(mark);
    if (at < 0) continue;
    const occurs = weighLengths(readNumbers(counts, at + mark.length));
    score += (share * (k1 + 1) * occurs) / (occurs + norm);
  }
  return score;
}

/** One text for the server to search, in which a term stands as often as it counts. */
export function writeSearched(terms: FieldTerms): string {
  return FIELDS.flatMap((field) => {
    const times = Math.max(1, Math.round(FIELD_COUNTS[field]));
    return Array.from({ length: times }, () => terms[field].join(' '));
  })
    .filter((text) => text !== '')
    .join(' ');
}

function readNumbers(counts: Counts, from: number): number[] {
  return counts.slice(from, counts.indexOf(' ', from)).split('.').map(Number);
}

import { FIELDS, type FieldTerms } from '../../knowledge/terms.ts';

/**
 * Where a term stands: one entry a text, its number (32 bits) and how often the term occurs in each of the four
 * fields (8 bits each, 255 at most: beyond a few dozen a word counts no more anyway).
 */
export interface Postings {
  count: number;
  /** Number of the text of entry i at `[2 * i]`. */
  numbers: Uint32Array;
  /** Occurrences in field f of entry i at `[8 * i + 4 + f]`. */
  bytes: Uint8Array;
}

export const ENTRY_BYTES = 8;

export function readPostings(data: Buffer): Postings {
  // Views of 32 bits need an address that four divides, and a driver owes nobody such a one.
  const bytes = data.byteOffset % 4 === 0 ? data : Buffer.from(Uint8Array.from(data).buffer);
  const count = Math.floor(bytes.length / ENTRY_BYTES);
  return { count, numbers: new Uint32Array(bytes.buffer, bytes.byteOffset, 2 * count), bytes };
}

/** Collects what changes until all of it is written, because a frequent word is in every page. */
export interface PostingChanges {
  add(text: number, terms: FieldTerms): void;
  remove(text: number, terms: FieldTerms): void;
  /** Every term touched, with what its postings become out of what they were; undefined = none are left. */
  apply(read: (term: string) => Buffer | undefined): Generator<[term: string, data: Buffer | undefined]>;
}

export function createPostingChanges(): PostingChanges {
  /** Pairs of a text's number and its packed occurrences. */
  const added = new Map<string, number[]>();
  const removed = new Map<string, Set<number>>();

  return {
    add(text, terms) {
      for (const [term, packed] of countTerms(terms)) {
        const entries = added.get(term);
        if (entries) entries.push(text, packed);
        else added.set(term, [text, packed]);
      }
    },
    remove(text, terms) {
      for (const term of new Set(FIELDS.flatMap((field) => terms[field]))) {
        const texts = removed.get(term);
        if (texts) texts.add(text);
        else removed.set(term, new Set([text]));
      }
    },
    *apply(read) {
      for (const term of new Set([...added.keys(), ...removed.keys()])) {
        const before = read(term);
        const gone = removed.get(term);
        const kept = before && gone ? withoutTexts(before, gone) : before;
        const more = Buffer.from(Uint32Array.from(added.get(term) ?? []).buffer);
        const data = kept ? Buffer.concat([kept, more]) : more;
        yield [term, data.length > 0 ? data : undefined];
      }
    },
  };
}

/** How often each term stands in each field, a byte a field. */
function countTerms(terms: FieldTerms): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [field, name] of FIELDS.entries()) {
    const shift = 8 * field;
    for (const term of terms[name]) {
      const packed = counts.get(term) ?? 0;
      if (((packed >>> shift) & 0xff) < 0xff) counts.set(term, (packed + (1 << shift)) >>> 0);
    }
  }
  return counts;
}

function withoutTexts(data: Buffer, gone: Set<number>): Buffer {
  const { count, numbers } = readPostings(data);
  const kept = new Uint32Array(2 * count);
  let size = 0;
  for (let at = 0; at < 2 * count; at += 2) {
    if (gone.has(numbers[at] as number)) continue;
    kept[size++] = numbers[at] as number;
    kept[size++] = numbers[at + 1] as number;
  }
  return Buffer.from(kept.buffer, 0, 4 * size);
}

/** A folded text, and for each of its characters where it stood in the original. */
export interface Folded {
  text: string;
  /** `starts[i]` and `ends[i]` bound the original characters that became folded character `i`. */
  starts: number[];
  ends: number[];
}

const SAME: Record<string, string> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u201a': "'",
  '\u201b': "'",
  '\u2032': "'",
  '\u00b4': "'",
  '\u0060': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u201e': '"',
  '\u201f': '"',
  '\u2033': '"',
  '\u00ab': '"',
  '\u00bb': '"',
  '\u2010': '-',
  '\u2011': '-',
  '\u2012': '-',
  '\u2013': '-',
  '\u2014': '-',
  '\u2015': '-',
  '\u2212': '-',
};

const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e]/;
/** A base character with the marks that combine with it: NFKC has to see them together. */
const CLUSTER = /\P{M}\p{M}*|\p{M}+/gu;

/** Unicode forms, white space, quote marks and dashes may differ between a page and a quote of it; words may not. */
export function fold(text: string): string {
  return PLAIN.test(text) ? text : foldWithOffsets(text).text;
}

/** Single blanks and ASCII other than the backtick fold to themselves; most sentences are that. */
const PLAIN = /^(?:[!-_a-~]+(?: (?! )|$))*(?<! )$/;

export function foldWithOffsets(original: string): Folded {
  const folded: Folded = { text: '', starts: [], ends: [] };
  for (const match of original.matchAll(CLUSTER)) {
    const end = match.index + match[0].length;
    for (const char of SAME[match[0]] ?? match[0].normalize('NFKC')) append(folded, char, match.index, end);
  }
  if (folded.text.endsWith(' ')) {
    folded.text = folded.text.slice(0, -1);
    folded.starts.pop();
    folded.ends.pop();
  }
  return folded;
}

function append(folded: Folded, char: string, start: number, end: number): void {
  if (INVISIBLE.test(char)) return;
  const plain = /\s/.test(char) ? ' ' : (SAME[char] ?? char);
  if (plain === ' ' && (folded.text === '' || folded.text.endsWith(' '))) return;
  folded.text += plain;
  for (let unit = 0; unit < plain.length; unit++) {
    folded.starts.push(start);
    folded.ends.push(end);
  }
}

/** A sentence and where it stands in its text. */
export interface Sentence {
  text: string;
  start: number;
  end: number;
}

const ABBREVIATION =
  /(?:^|[\s("'])(?:mr|mrs|ms|dr|prof|st|jr|sr|vs|etc|e\.g|i\.e|no|vol|fig|inc|ltd|co|corp|approx|est|dept|gen|rev|sen|rep|gov|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|u\.s|u\.k|a\.m|p\.m|[a-z])\.$/i;
/** "1." begins an item of a list, it ends no sentence. */
const LIST_NUMBER = /(?:^|[:;.!?]\s+)\**\d{1,2}\.\**$/;
const BOUNDARY = /[.!?]["')\]*_\u201d\u2019]*\s+(?=["'([*_\u201c\u2018]*[\p{Lu}\p{N}])|\n+/gu;

/** Cuts at full stops and at line ends; a line that goes on in lower case was only wrapped. */
export function splitSentences(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  let start = 0;
  for (const match of text.matchAll(BOUNDARY)) {
    const end = match.index + match[0].trimEnd().length;
    const next = match.index + match[0].length;
    if (!isBoundary(text, match[0], start, end, next)) continue;
    push(sentences, text, start, end);
    start = next;
  }
  push(sentences, text, start, text.length);
  return sentences;
}

function isBoundary(text: string, mark: string, start: number, end: number, next: number): boolean {
  if (mark.startsWith('\n')) {
    const wrapped = mark === '\n' && /^[ \t]*\p{Ll}/u.test(text.slice(next, next + 20));
    return !(wrapped && /[\p{L}\p{N},;]\s*$/u.test(text.slice(start, end)));
  }
  if (mark.includes('\n')) return true;
  if (!mark.startsWith('.')) return true;
  const before = text.slice(start, end);
  return !ABBREVIATION.test(before.slice(-12)) && !LIST_NUMBER.test(before.slice(-12));
}

function push(sentences: Sentence[], text: string, start: number, end: number): void {
  const raw = text.slice(start, end);
  const trimmed = raw.trim();
  if (!/[\p{L}\p{N}]/u.test(trimmed)) return;
  const from = start + raw.indexOf(trimmed);
  sentences.push({ text: trimmed, start: from, end: from + trimmed.length });
}

import { createHash } from 'node:crypto';
import { plainText } from '../../knowledge/plain-text.ts';
import type { Passage } from '../../knowledge/types.ts';
import type { Citation, Segment } from '../types.ts';
import { findQuote } from '../verification/quote.ts';
import { splitSentences } from '../verification/sentences.ts';
import type { CitedText } from './judge-cited.ts';
import { readPageWords } from './page-words.ts';
import { readStatements } from './statements.ts';

/** What an answer cited, widened to whole sentences, and where it stood. */
export interface CitedSpan extends CitedText {
  source: string;
  title: string;
  url: string | undefined;
  /** Equal for texts that differ in their looks alone. */
  hash: string;
  /** The passage, and where in its text the span begins and ends; undefined when the quote left out its markup. */
  place: { passage: string; start: number; end: number } | undefined;
}

/** The spans of an answer, each once. `passages` are those of the pages it cites. */
export function readCitedSpans(segments: readonly Segment[], passages: readonly Passage[]): CitedSpan[] {
  const spans = new Map<string, CitedSpan>();
  for (const { text, cites } of segments) {
    for (const cite of cites) {
      const span = readSpan(cite, text, passages);
      spans.set(`${span.source}\n${span.hash}`, span);
    }
  }
  return [...spans.values()];
}

export function hashCited(text: string): string {
  const said = readStatements(text).map(({ words }) => words.join(' '));
  return createHash('sha256').update(said.join('\n')).digest('hex');
}

function readSpan(cite: Citation, shown: string, passages: readonly Passage[]): CitedSpan {
  const { source, title, url, quote } = cite;
  const own = passages.filter((passage) => passage.source === source);
  const found = findIn(own, quote, (text) => text) ?? findIn(own, plainText(quote), plainText);
  // Not there: the pages changed while the answer was being written, and the next check will say so.
  const text = found === undefined ? quote : asItStands(widen(found, shown), found);
  const at = found === undefined || found.isPlain || text === '' ? -1 : found.text.indexOf(text);
  const place =
    found === undefined || at < 0 ? undefined : { passage: found.passage, start: at, end: at + text.length };
  const next = found === undefined ? '' : readNext(found.text, text);
  return { source, title, url, text, next, hash: hashCited(text), place };
}

interface Found {
  passage: string;
  text: string;
  isPlain: boolean;
  start: number;
  end: number;
}

function findIn(
  passages: readonly Passage[],
  quote: string,
  read: (text: string) => string,
): Found | undefined {
  for (const passage of passages) {
    const text = read(passage.text);
    const at = text.indexOf(quote);
    const span = findQuote(quote, text) ?? (at < 0 ? undefined : { start: at, end: at + quote.length });
    if (span) return { passage: passage.id, text, isPlain: text !== passage.text, ...span };
  }
  return undefined;
}

function widen({ text, start, end }: Found, shown: string): string {
  const rows = findRows(text, start, end);
  if (rows !== undefined) {
    // The whole table counts where the customer was shown the whole table.
    const { table, cited, head } = rows;
    if (shown.includes(table)) return table;
    return cited.includes(head) ? cited : `${head}\n${cited}`;
  }
  const touched = splitSentences(text).filter((sentence) => sentence.start < end && sentence.end > start);
  return text
    .slice(Math.min(start, touched[0]?.start ?? start), Math.max(end, touched.at(-1)?.end ?? end))
    .trim();
}

/**
 * What is kept has to stand on the page when it is read by itself. Where it does not, because a line that begins with a
 * capital is the middle of a sentence, or because it is a piece of code or of a tag, the whole of the blocks is kept.
 */
function asItStands(text: string, { text: passage, start, end }: Found): string {
  const page = readPageWords([passage]);
  if (readStatements(text).every(({ words }) => page.find(words).length > 0)) return text;
  const [from, to] = [lineAt(passage, start), lineAt(passage, Math.max(start, end - 1))];
  const touched = page.statements.filter(({ lines }) => lines.first <= to && lines.last >= from);
  const [first, last] = [touched[0]?.lines.first, touched.at(-1)?.lines.last];
  // Nothing that anybody can see was cited.
  if (first === undefined || last === undefined) return '';
  const whole = passage
    .split('\n')
    .slice(first, last + 1)
    .join('\n');
  return touched[0]?.opens === 'line' ? `\`\`\`\n${whole}\n\`\`\`` : whole;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length - 1;
}

/** The rows of a table that a quote touches, with the table; undefined when the quote reaches beyond one. */
function findRows(
  text: string,
  start: number,
  end: number,
): { table: string; cited: string; head: string } | undefined {
  const lines = text.split('\n');
  const isRow = (line: number) => lines[line]?.trimStart().startsWith('|') ?? false;
  let [first, last] = [lineAt(text, start), lineAt(text, Math.max(start, end - 1))];
  const cited = lines.slice(first, last + 1).join('\n');
  for (let line = first; line <= last; line++) if (!isRow(line)) return undefined;
  while (isRow(first - 1)) first -= 1;
  while (isRow(last + 1)) last += 1;
  return { table: lines.slice(first, last + 1).join('\n'), cited, head: lines[first] ?? '' };
}

/** The statement that goes on in the same paragraph behind the span. */
function readNext(passage: string, span: string): string {
  const last = readStatements(span).at(-1)?.words.join(' ');
  const statements = readStatements(passage);
  const at = statements.findLastIndex(({ words }) => words.join(' ') === last);
  const next = at < 0 ? undefined : statements[at + 1];
  return next !== undefined && next.opens === undefined ? next.text : '';
}

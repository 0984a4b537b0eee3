import type { PdfLine } from './pdf-lines.ts';

/** Larger than the text by this much, and no longer than a line or two, it is a heading. */
const HEADING_FACTOR = 1.15;
const HEADING_CHARACTERS = 150;
const MAX_DEPTH = 4;
/** Lines of one paragraph stand closer than this, in heights of their letters. */
const PARAGRAPH_GAP = 1.75;
/** On so many pages at the same place, it is the head or foot of the page. */
const MIN_REPEATS = 3;

/** Headings and paragraphs of the pages, as well as sizes and distances of the lines tell. */
export function pdfToMarkdown(pages: PdfLine[][]): string {
  const kept = dropRepeated(pages);
  const usual = usualSize(kept.flat());
  const depths = headingDepths(kept.flat(), usual);
  const blocks: string[] = [];
  let last: PdfLine | undefined;
  let lastDepth = 0;
  for (const page of kept) {
    for (const [at, line] of page.entries()) {
      const depth = depths.get(sizeOf(line)) ?? 0;
      const isHeading = depth > 0 && line.text.length <= HEADING_CHARACTERS && /\p{L}/u.test(line.text);
      const current = isHeading ? depth : 0;
      const text = isHeading ? line.text : toParagraphLine(line.text);
      if (joins(last, line, at === 0) && current === lastDepth && !startsItem(text)) {
        blocks.push(join(blocks.pop() ?? '', text));
      } else if (startsItem(text) && last && startsItem(blocks.at(-1) ?? '')) {
        blocks.push(`${blocks.pop()}\n${text}`);
      } else {
        blocks.push(isHeading ? `${'#'.repeat(depth)} ${text}` : text);
      }
      last = line;
      lastDepth = current;
    }
  }
  return blocks.join('\n\n');
}

/** Whether a line goes on with what the one before it says; over a page break only in the middle of a sentence. */
function joins(last: PdfLine | undefined, line: PdfLine, isFirst: boolean): boolean {
  if (last === undefined || sizeOf(last) !== sizeOf(line)) return false;
  if (isFirst) return /[\p{Ll},-]$/u.test(last.text) && /^\p{Ll}/u.test(line.text);
  const down = last.y - line.y;
  return down >= -1 && down <= last.size * PARAGRAPH_GAP;
}

/** A word divided at the end of its line becomes whole again. */
function join(before: string, text: string): string {
  if (/\p{Ll}-$/u.test(before) && /^\p{Ll}/u.test(text)) return before.slice(0, -1) + text;
  return `${before.replace(/\u00AD$/, '')}${before.endsWith('\u00AD') ? '' : ' '}${text}`;
}

const BULLET = /^[•◦▪●■‣⁃∙·–—]\s+/;

function startsItem(text: string): boolean {
  return /^(?:- |\d{1,3}[.)] )/.test(text);
}

/** A bullet begins an item; what would mean something else in Markdown is text. */
function toParagraphLine(text: string): string {
  return text.replace(BULLET, '- ').replace(/^(?=#{1,6}(?:\s|$)|>|```|~~~|\+ |={2,}$|-{2,}$)/, '\\');
}

function sizeOf({ size }: PdfLine): number {
  return Math.round(size * 2) / 2;
}

/** The size of most letters. */
function usualSize(lines: PdfLine[]): number {
  const letters = new Map<number, number>();
  for (const line of lines) letters.set(sizeOf(line), (letters.get(sizeOf(line)) ?? 0) + line.text.length);
  const [most] = [...letters].sort((a, b) => b[1] - a[1]);
  return most?.[0] ?? 0;
}

/** The largest letters are the outermost headings. */
function headingDepths(lines: PdfLine[], usual: number): Map<number, number> {
  const sizes = [...new Set(lines.map(sizeOf))].filter((size) => size >= usual * HEADING_FACTOR);
  sizes.sort((a, b) => b - a);
  return new Map(sizes.map((size, at) => [size, Math.min(at + 1, MAX_DEPTH)]));
}

/** Heads and feet of pages, also with page numbers in them, are no text of the document. */
function dropRepeated(pages: PdfLine[][]): PdfLine[][] {
  const counts = new Map<string, number>();
  const keyOf = (line: PdfLine) => `${Math.round(line.y / 4)} ${line.text.replace(/\d+/g, '0')}`;
  for (const page of pages) {
    for (const key of new Set(edges(page).map(keyOf))) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const least = Math.max(MIN_REPEATS, pages.length / 3);
  return pages.map((page) => {
    const outer = new Set(edges(page));
    return page.filter((line) => !outer.has(line) || (counts.get(keyOf(line)) ?? 0) < least);
  });
}

/** The two highest and the two lowest lines of a page. */
function edges(page: PdfLine[]): PdfLine[] {
  const byHeight = [...page].sort((a, b) => b.y - a.y);
  return [...byHeight.slice(0, 2), ...byHeight.slice(-2)];
}

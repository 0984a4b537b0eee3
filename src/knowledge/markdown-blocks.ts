import type { RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';
import { plainText } from './plain-text.ts';

/** A top-level block of a page; `start` and `end` are offsets into its body and cover whole lines. */
export interface Block {
  kind: 'heading' | 'paragraph' | 'list' | 'table' | 'code' | 'html' | 'other';
  start: number;
  end: number;
  /** 1 to 6 for a heading, else 0. */
  depth: number;
  /** What a heading says, without its marks; empty for the rest. */
  title: string;
  /** Offsets at which a list or a table may be cut: the starts of its items or rows. */
  seams: number[];
}

/**
 * Only block boundaries are needed, and inline constructs are two fifths of the parser's time: without them
 * the text of a heading is raw Markdown, which `plainText` cleans.
 */
const BLOCKS_ONLY = {
  disable: {
    null: [
      'attention',
      'autolink',
      'characterEscape',
      'characterReference',
      'codeText',
      'hardBreakEscape',
      'htmlText',
      'labelEnd',
      'labelStartImage',
      'labelStartLink',
    ],
  },
};
const OPTIONS = { extensions: [gfmTable(), BLOCKS_ONLY], mdastExtensions: [gfmTableFromMarkdown()] };

/**
 * The parser's time grows faster than its input and it cannot be interrupted, so a page is parsed in portions:
 * at headings, and above this size at blank lines too. 16,000 characters take about 15 ms.
 */
const PORTION_CHARACTERS = 16_000;

/**
 * The blocks of a page in their order; lazily, so that a caller can let other work in between. The text under a
 * heading comes as one block if it is no longer than `whole`: parsing what nobody will cut is most of the work.
 */
export function* readBlocks(body: string, whole = 0): Generator<Block> {
  for (const portion of portions(body)) {
    const text = body.slice(portion.start, portion.end);
    if (text.trim() === '') continue;
    const known = readSimple(text, portion.start, whole) ?? readGiant(text, portion.start);
    if (known) {
      yield* known;
      continue;
    }
    for (const node of fromMarkdown(text, OPTIONS).children) {
      const block = toBlock(node, body, portion.start);
      if (block) yield block;
    }
  }
}

/** What is this long without a blank line is one block, and its first line tells which. */
function readGiant(text: string, base: number): Block[] | undefined {
  if (text.length < 2 * PORTION_CHARACTERS) return undefined;
  const start = base + (/^(?:[ \t]*\n)*/.exec(text)?.[0].length ?? 0);
  const end = base + text.trimEnd().length;
  const firstLine = text.trimStart();
  const kind = GIANTS.find(([mark]) => mark.test(firstLine))?.[1] ?? 'paragraph';
  const seam = kind === 'table' ? /\n/g : kind === 'list' ? /\n(?=[-*+] |\d+[.)] )/g : undefined;
  const seams = seam ? Array.from(text.matchAll(seam), (match) => base + match.index + 1) : [];
  return [{ kind, start, end, depth: 0, title: '', seams: seams.filter((one) => one > start) }];
}

const GIANTS: [RegExp, Block['kind']][] = [
  [/^(?:```|~~~)/, 'code'],
  [/^\|/, 'table'],
  [/^(?:[-*+] |\d+[.)] )/, 'list'],
  [/^</, 'html'],
];

/** Other headings, rules (which may underline a heading), comments and MDX lines take the parser to tell apart. */
const NEEDS_PARSER = /^\s*(?:#|=+\s*$|-+\s*$|<!--|\{\/\*|import\b|export\b)/m;

function readSimple(text: string, base: number, whole: number): Block[] | undefined {
  const heading = /^(#{1,6})[ \t]+\S[^\n]*/.exec(text);
  const from = heading?.[0].length ?? 0;
  const rest = text.slice(from);
  if (rest.length > whole || NEEDS_PARSER.test(rest)) return undefined;
  const blocks: Block[] = [];
  if (heading) {
    const title = headingText(heading[0]);
    const depth = heading[1]?.length ?? 0;
    blocks.push({ kind: 'heading', start: base, end: base + from, depth, title, seams: [] });
  }
  const first = rest.search(/\S/);
  if (first >= 0) {
    const start = rest.lastIndexOf('\n', first) + 1;
    const span = { start: base + from + start, end: base + from + rest.trimEnd().length };
    blocks.push({ kind: 'other', ...span, depth: 0, title: '', seams: [] });
  }
  return blocks;
}

function* portions(body: string): Generator<{ start: number; end: number }> {
  let start = 0;
  let blank = 0;
  const outside = createOutside();
  for (const line of lines(body)) {
    const text = body.slice(line.start, line.end);
    const isOutside = outside(text);
    const isHeading = isOutside && /^#{1,6}[ \t]/.test(text);
    const isBlank = isOutside && text.trim() === '';
    // A single block is growing too large: what stands before it goes first, so that it comes alone.
    if (blank > start && line.start - blank > PORTION_CHARACTERS) {
      yield { start, end: blank };
      start = blank;
    }
    if (line.start > start && (isHeading || (isBlank && line.start - start > PORTION_CHARACTERS))) {
      yield { start, end: line.start };
      start = line.start;
    }
    if (isBlank) blank = line.start;
  }
  if (start < body.length) yield { start, end: body.length };
}

/** Tells line by line whether the page may be cut before it: not inside fenced code or an HTML comment. */
function createOutside(): (line: string) => boolean {
  let fence: string | undefined;
  let inComment = false;
  return (line) => {
    if (inComment) {
      inComment = !line.includes('-->');
      return false;
    }
    const mark = /^\s*(`{3,}|~{3,})(.*)/.exec(line);
    if (fence !== undefined) {
      if (mark?.[1]?.startsWith(fence) && mark[2]?.trim() === '') fence = undefined;
      return false;
    }
    if (mark && !(mark[1]?.startsWith('`') && mark[2]?.includes('`'))) fence = mark[1];
    const opened = line.trimStart().startsWith('<!--') ? line.lastIndexOf('<!--') : -1;
    inComment = opened >= 0 && !line.includes('-->', opened);
    return true;
  };
}

function* lines(body: string): Generator<{ start: number; end: number }> {
  for (let start = 0; start < body.length; ) {
    const found = body.indexOf('\n', start);
    const end = found < 0 ? body.length : found + 1;
    yield { start, end };
    start = end;
  }
}

const KINDS: Partial<Record<RootContent['type'], Block['kind']>> = {
  heading: 'heading',
  paragraph: 'paragraph',
  blockquote: 'paragraph',
  list: 'list',
  table: 'table',
  code: 'code',
  html: 'html',
};

function toBlock(node: RootContent, body: string, base: number): Block | undefined {
  const from = node.position?.start.offset;
  const to = node.position?.end.offset;
  if (from === undefined || to === undefined) return undefined;
  const start = lineStart(body, base + from);
  const block: Block = {
    kind: KINDS[node.type] ?? 'other',
    start,
    end: base + to,
    depth: 0,
    title: '',
    seams: [],
  };
  if (node.type === 'heading') {
    return { ...block, depth: node.depth, title: headingText(body.slice(base + from, base + to)) };
  }
  if (node.type === 'list' || node.type === 'table') {
    block.seams = node.children
      .map((child) => lineStart(body, base + (child.position?.start.offset ?? 0)))
      .filter((seam) => seam > start);
  }
  return block;
}

/** A heading is one line; whatever is longer than this was never meant to be read as one. */
const HEADING_CHARACTERS = 300;

function headingText(source: string): string {
  const text = source
    .slice(0, HEADING_CHARACTERS)
    .replace(/^\s{0,3}#{1,6}(?=\s|$)/, '')
    .replace(/\s#+\s*$/, '')
    .replace(/\n\s{0,3}(?:=+|-+)\s*$/, '');
  return plainText(text).replace(/\s+/g, ' ').trim();
}

/** Indentation belongs to a block: without it the rest of a nested list would read differently. */
function lineStart(body: string, offset: number): number {
  return body.lastIndexOf('\n', offset - 1) + 1;
}

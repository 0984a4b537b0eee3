import { cutBlock, type Span, sentenceSeams } from './cut-block.ts';
import { type Block, readBlocks } from './markdown-blocks.ts';
import type { Page, Passage } from './types.ts';

/** Part of every page's hash and stamp: raise it when pages have to be read or cut anew, and all are, once. */
export const CHUNK_FORMAT = 2;

/**
 * What a passage aims at. About 100 words say one thing completely, all of them fit into what small embedding models
 * read, and a Slack message that quotes one stays readable. Chosen by the sweep in docs/retrieval.md.
 */
export const TARGET_CHARACTERS = 600;

/** A table, a list or a piece of code may be this long before it is cut: half of one is worth little. */
export const WHOLE_CHARACTERS = 2_400;

/** How large passages are, in characters. */
export interface ChunkSize {
  target: number;
  /** How much of the passage before it a passage repeats at most, from the start of a sentence. */
  overlap: number;
}

export const CHUNK_SIZE: ChunkSize = { target: TARGET_CHARACTERS, overlap: 0 };

/** A rest shorter than this joins the passage before it: it says too little on its own. */
const REST_CHARACTERS = 200;

/**
 * Cuts a page into passages that can be found, quoted and cited on their own: one section or less each, verbatim.
 * A generator, because a page may be long and others wait.
 */
export function* chunk(page: Page, size = CHUNK_SIZE): Generator<Passage> {
  const path: { depth: number; title: string }[] = [];
  let section: Block[] = [];
  let count = 0;

  const passages = (): Passage[] => {
    const { source, title, url, updated, tenant, body } = page;
    const headings = path.map((heading) => heading.title);
    const texts = pack(body, section, size).map((span) => body.slice(span.start, span.end).trimEnd());
    section = [];
    return texts
      .filter((text) => /[\p{L}\p{N}]/u.test(text))
      .map((text) => ({ id: `${source}#${count++}`, source, title, url, updated, tenant, headings, text }));
  };

  for (const block of readBlocks(page.body, size.target)) {
    if (block.kind !== 'heading' && !isInvisible(page.body, block)) {
      section.push(block);
      continue;
    }
    yield* passages();
    if (block.kind !== 'heading') continue;
    while ((path.at(-1)?.depth ?? 0) >= block.depth) path.pop();
    const repeatsTitle = block.depth === 1 && block.title === page.title;
    if (block.title !== '' && !repeatsTitle) path.push({ depth: block.depth, title: block.title });
  }
  yield* passages();
}

/** Comments and MDX import lines are not shown on the page, so they are never quoted to a customer. */
function isInvisible(body: string, block: Block): boolean {
  const text = body.slice(block.start, block.end).trim();
  if (block.kind === 'html') return isComment(text, '<!--', '-->');
  if (block.kind !== 'paragraph') return false;
  return isComment(text, '{/*', '*/}') || isModuleLines(text);
}

function isComment(text: string, open: string, close: string): boolean {
  let rest = text;
  while (rest.startsWith(open)) {
    const end = rest.indexOf(close);
    // A comment that nobody closed hides the rest of its block.
    rest = end < 0 ? '' : rest.slice(end + close.length).trimStart();
  }
  return rest === '';
}

const IMPORT = /^import\s+(?:[\w*{}$,\s]+?\sfrom\s*)?(['"])[^'"\n]+\1;?$/;

function isModuleLines(text: string): boolean {
  if (/^export\s+(?:const|let|default|function)\s/.test(text)) return true;
  if (!text.startsWith('import')) return false;
  return text.split(/\n(?=import\b)/).every((statement) => IMPORT.test(statement.trim()));
}

/** Fills passages with the blocks of one section, in order, without cutting what belongs together. */
function pack(body: string, blocks: Block[], { target, overlap }: ChunkSize): Span[] {
  const whole = wholeOf(target);
  const packed: Span[] = [];
  for (const unit of joinLeadIns(body, blocks, whole).flatMap((block) => units(body, block, target))) {
    const last = packed.at(-1);
    if (last && unit.end - last.start <= target) last.end = unit.end;
    else packed.push({ start: unit.start, end: unit.end });
  }
  const joined = joinRest(packed, whole);
  return overlap > 0 ? reachBack(body, blocks, joined, overlap) : joined;
}

/** What is worth little in halves may be twice as long as other text. */
function wholeOf(target: number): number {
  return target * (WHOLE_CHARACTERS / TARGET_CHARACTERS);
}

/** A block, or its pieces when it is too long to stay whole. */
function units(body: string, block: Block, target: number): Span[] {
  const length = block.end - block.start;
  if (length <= (staysWhole(block) ? wholeOf(target) : target)) return [block];
  return cutBlock(body, block, target);
}

/** Begins passages earlier, where a sentence or a block begins: never inside a table, a list or a piece of code. */
function reachBack(body: string, blocks: Block[], packed: Span[], overlap: number): Span[] {
  const seams = blocks.flatMap((block) =>
    staysWhole(block) ? [block.start] : [block.start, ...sentenceSeams(body, block)],
  );
  return packed.map((span, at) => {
    const earliest = Math.max(span.start - overlap, (packed[at - 1]?.start ?? span.start) + 1);
    const start = seams.find((seam) => seam >= earliest && seam < span.start);
    return { start: start ?? span.start, end: span.end };
  });
}

function staysWhole(block: Block): boolean {
  return block.kind === 'list' || block.kind === 'table' || block.kind === 'code';
}

/** "Follow these steps:" alone is no passage, and the steps without it are half of one. */
function joinLeadIns(body: string, blocks: Block[], whole: number): Block[] {
  const joined: Block[] = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    const isLedIn =
      last?.kind === 'paragraph' &&
      staysWhole(block) &&
      last.end - last.start < REST_CHARACTERS &&
      block.end - last.start <= whole &&
      body.slice(last.start, last.end).trimEnd().endsWith(':');
    if (isLedIn) joined[joined.length - 1] = { ...block, start: last.start };
    else joined.push(block);
  }
  return joined;
}

function joinRest(packed: Span[], whole: number): Span[] {
  const rest = packed.at(-1);
  const before = packed.at(-2);
  if (!rest || !before || rest.end - rest.start >= REST_CHARACTERS) return packed;
  if (rest.end - before.start > whole) return packed;
  return [...packed.slice(0, -2), { start: before.start, end: rest.end }];
}

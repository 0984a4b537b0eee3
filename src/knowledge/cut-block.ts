import type { Block } from './markdown-blocks.ts';

export interface Span {
  start: number;
  end: number;
}

const SENTENCES = new Intl.Segmenter('en', { granularity: 'sentence' });

/**
 * Cuts a block that is too long for one passage where a reader would: a table between rows, code between
 * lines, a list between items, prose between sentences. The spans touch, so nothing of the block is lost.
 * No span is longer than `limit`, even if a single row or sentence has to be cut for it.
 */
export function cutBlock(body: string, block: Block, limit: number): Span[] {
  const seams =
    block.seams.length > 0
      ? block.seams
      : block.kind === 'code'
        ? lineSeams(body, block)
        : sentenceSeams(body, block);
  return between(block, seams).flatMap((span) => shorten(body, span, limit));
}

function shorten(body: string, span: Span, limit: number): Span[] {
  if (span.end - span.start <= limit) return [span];
  const ways = [
    lineSeams,
    sentenceSeams,
    wordSeams,
    (_: string, whole: Span) => fixedSeams(body, whole, limit),
  ];
  let spans = [span];
  for (const seams of ways) {
    spans = spans.flatMap((one) => {
      return one.end - one.start <= limit ? [one] : join(between(one, seams(body, one)), limit);
    });
  }
  return spans;
}

function between(span: Span, seams: number[]): Span[] {
  const edges = [span.start, ...seams.filter((seam) => seam > span.start && seam < span.end), span.end];
  return edges.slice(1).map((end, index) => ({ start: edges[index] ?? span.start, end }));
}

/** Neighbours together again as long as they fit, so that one long row does not end as confetti. */
function join(spans: Span[], limit: number): Span[] {
  const joined: Span[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last && span.end - last.start <= limit) last.end = span.end;
    else joined.push({ ...span });
  }
  return joined;
}

function lineSeams(body: string, span: Span): number[] {
  return matchSeams(body, span, /\n/g);
}

function wordSeams(body: string, span: Span): number[] {
  return matchSeams(body, span, /\s+/g);
}

function matchSeams(body: string, span: Span, pattern: RegExp): number[] {
  const matches = body.slice(span.start, span.end).matchAll(pattern);
  return Array.from(matches, (match) => span.start + match.index + match[0].length);
}

/** The segmenter takes a hundred times as long for a text ten times as long. */
const WINDOW = 2_000;

/** A line break inside prose is not the end of a sentence, though the segmenter takes it for one. */
export function sentenceSeams(body: string, span: Span): number[] {
  const seams: number[] = [];
  for (let at = span.start; at < span.end; ) {
    const end = Math.min(at + WINDOW, span.end);
    const text = body.slice(at, end).replace(/[\n\r\u2028\u2029]/g, ' ');
    const from = at;
    const starts = Array.from(SENTENCES.segment(text), (sentence) => from + sentence.index).slice(1);
    for (const start of starts) seams.push(start);
    // The last sentence may go on beyond the window, so the next window begins with it.
    at = end === span.end ? end : (starts.at(-1) ?? end);
  }
  return seams;
}

function fixedSeams(body: string, span: Span, limit: number): number[] {
  const seams: number[] = [];
  for (let at = span.start; at + limit < span.end; ) {
    const isInsidePair = /[\uD800-\uDBFF]/.test(body.charAt(at + limit - 1));
    at += isInsidePair ? limit - 1 : limit;
    seams.push(at);
  }
  return seams;
}

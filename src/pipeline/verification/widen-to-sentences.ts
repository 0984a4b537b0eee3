import type { QuoteSpan } from './quote.ts';
import { splitSentences } from './sentences.ts';

/** The text of all sentences that a span touches: a quote may have been cut where "not" stands. */
export function widenToSentences(passage: string, span: QuoteSpan): string {
  const touched = splitSentences(passage).filter(({ start, end }) => start < span.end && end > span.start);
  return passage.slice(
    Math.min(span.start, touched[0]?.start ?? span.start),
    Math.max(span.end, touched.at(-1)?.end ?? 0),
  );
}

import { findQuote } from './quote.ts';
import { splitSentences } from './sentences.ts';

/** The whole sentences that a quote touches, as they stand in the passage; undefined when it stands nowhere. */
export function sentenceAround(quote: string, passage: string): string | undefined {
  const span = findQuote(quote, passage);
  if (span === undefined) return undefined;
  const touched = splitSentences(passage).filter(({ start, end }) => start < span.end && end > span.start);
  const start = Math.min(span.start, touched[0]?.start ?? span.start);
  const end = Math.max(span.end, touched.at(-1)?.end ?? 0);
  return passage.slice(start, end).trim();
}

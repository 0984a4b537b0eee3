import { findQuote } from './quote.ts';
import { widenToSentences } from './widen-to-sentences.ts';

/**
 * The whole sentences that a quote touches, as they stand in the passage; a quote from a table gives the table, since
 * a row says little without its head. Undefined when the quote stands nowhere.
 */
export function sentenceAround(quote: string, passage: string): string | undefined {
  const span = findQuote(quote, passage);
  if (span === undefined) return undefined;
  const table = tableAround(passage, span.start);
  if (table !== undefined) return table;
  return widenToSentences(passage, span).trim();
}

function tableAround(passage: string, at: number): string | undefined {
  const lines = passage.split('\n');
  const isRow = (index: number) => lines[index]?.trimStart().startsWith('|') ?? false;
  const line = passage.slice(0, at).split('\n').length - 1;
  if (!isRow(line)) return undefined;
  let first = line;
  let last = line;
  while (isRow(first - 1)) first -= 1;
  while (isRow(last + 1)) last += 1;
  return lines.slice(first, last + 1).join('\n');
}

import { factsMissing } from './check-facts.ts';
import { describeMissing, type Fault, findChangedWords } from './faults.ts';
import { findQuote } from './quote.ts';
import { readClaim } from './read-claim.ts';
import { listMissingWords, weighFeatures } from './support.ts';
import { createIsRare, createWeigh, SHIPPED_WEIGHTS } from './support-weights.ts';
import { widenToSentences } from './widen-to-sentences.ts';

export interface Cite {
  quote: string;
  /** The whole text of the passage the quote is said to stand in. */
  passage: string;
}

export interface ClaimVerdict {
  verdict: 'supported' | 'unsupported' | 'contradicted';
  /** Support by the cited passages, 0 to 1. */
  score: number;
  reasons: string[];
}

/** One segment against the one quote it cites. */
export function verifyClaim({ claim, quote, passage }: { claim: string } & Cite): ClaimVerdict {
  return verifyCitedClaim(claim, [{ quote, passage }]);
}

/**
 * One segment against all quotes it cites: every quote must stand in its passage, every fact in one of the
 * quotes, no copied sentence may have a word changed, and the words as a whole must be those of the passages.
 */
export function verifyCitedClaim(claim: string, cites: readonly Cite[]): ClaimVerdict {
  if (cites.length === 0) return refuse('it cites nothing');
  const spans = cites.map(({ quote, passage }) => findQuote(quote, passage));
  const forged = spans.indexOf(undefined);
  if (forged >= 0) return refuse(`the quote "${cites[forged]?.quote}" does not stand in the passage`);
  const faults = [
    ...factsMissing(claim, cites.map(({ quote }) => quote).join('\n')).map(describeMissing),
    ...findChanges(
      claim,
      cites.map(({ passage }, index) => {
        const span = spans[index];
        return span === undefined ? '' : widenToSentences(passage, span);
      }),
    ),
  ];
  const read = readClaim(
    claim,
    cites.map(({ passage }) => passage),
    weigh,
  );
  const score = weighFeatures(read, SHIPPED_WEIGHTS, weigh);
  const reasons = faults.map(({ reason }) => reason);
  if (faults.some(({ contradicts }) => contradicts)) return { verdict: 'contradicted', score, reasons };
  if (faults.length > 0) return { verdict: 'unsupported', score, reasons };
  if (score >= SHIPPED_WEIGHTS.threshold) return { verdict: 'supported', score, reasons: [] };
  return { verdict: 'unsupported', score, reasons: listMissingWords(read, weigh) };
}

const weigh = createWeigh(SHIPPED_WEIGHTS);
const isRare = createIsRare(SHIPPED_WEIGHTS);

function refuse(reason: string): ClaimVerdict {
  return { verdict: 'unsupported', score: 0, reasons: [reason] };
}

function findChanges(claim: string, quotes: readonly string[]): Fault[] {
  const read = readClaim(claim, quotes, weigh);
  return read.sentences.flatMap((sentence) => findChangedWords(sentence, read.sources, isRare));
}

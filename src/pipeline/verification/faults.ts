import type { Sources } from './evidence.ts';
import type { Fact } from './fact-types.ts';
import type { ReadSentence } from './read-claim.ts';
import { findTampering } from './tampering.ts';

/** What no right word beside it makes good. */
export interface Fault {
  reason: string;
  /** The source says something else in the same place; otherwise it is silent. */
  contradicts: boolean;
}

const NOUNS: Record<Fact['kind'], string> = {
  quantity: 'number',
  date: 'date',
  time: 'time',
  rate: 'unit',
  version: 'version',
  url: 'address',
  code: 'code',
  weekday: 'day',
};

export function describeMissing(fact: Fact): Fault {
  return { reason: `${NOUNS[fact.kind]} "${fact.text}" is not in the source`, contradicts: false };
}

/** Words changed in a sentence that is otherwise the source's own. */
export function findChangedWords(
  { claim, evidence }: ReadSentence,
  sources: Sources,
  isRare: (key: string) => boolean,
): Fault[] {
  const closest = evidence.verbatim ?? evidence.closest;
  if (closest === undefined) return [];
  return findTampering(claim.tokens, closest.tokens, {
    isRare: (key) => isRare(key) || sources.names.has(key),
    isName: (key) => sources.names.has(key),
    isInSources: (key) => evidence.sentences.some((sentence) => sentence.keys.has(key)),
  });
}

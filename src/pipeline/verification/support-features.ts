import { align } from './align.ts';
import { massOf, type Reading, type Weigh } from './evidence.ts';
import { countNegators, isName } from './names-and-negation.ts';
import type { ReadClaim, ReadSentence } from './read-claim.ts';
import { isContent, listContentKeys } from './tokenize.ts';

/** What the support score is made of. Each is an average over the sentences of the claim. */
export const FEATURES = [
  'bestSentence',
  'bestFew',
  'anySentence',
  'missingMass',
  'heaviestMissing',
  'bigrams',
  'commonSequence',
  'longestRun',
  'missingFigures',
  'figureIsMissing',
  'missingNames',
  'nameIsMissing',
  'negationDiffers',
  'claimLength',
] as const;
export type Feature = (typeof FEATURES)[number];
export type Features = Record<Feature, number>;

export function measureSupport({ sentences, sources }: ReadClaim, weigh: Weigh): Features {
  const covers = sentences.map((sentence) => measureCover(sentence, sources.keys, weigh));
  const mass = total(covers, (cover) => cover.mass) || 1;
  const count = Math.max(1, sentences.length);
  const words = total(sentences, ({ claim }) => claim.tokens.length);
  const facts = total(sentences, (sentence) => sentence.facts.length);
  const missingFacts = total(sentences, (sentence) => sentence.missingFacts.length);
  const names = total(sentences, ({ claim }) => claim.tokens.filter(isName).length);
  const missingNames = total(sentences, countMissingNames);
  const perWord = (measure: (sentence: ReadSentence) => number) =>
    total(sentences, (sentence) => measure(sentence) * sentence.claim.tokens.length) / Math.max(1, words);
  return {
    bestSentence: total(covers, (cover) => cover.best) / mass,
    bestFew: total(covers, (cover) => cover.few) / mass,
    anySentence: total(covers, (cover) => cover.any) / mass,
    missingMass: Math.log1p((mass - total(covers, (cover) => cover.few)) / count),
    heaviestMissing: total(covers, (cover) => cover.heaviestMissing) / count,
    bigrams: perWord(shareOfBigrams),
    commonSequence: perWord((sentence) => alignClosest(sentence).coverage),
    longestRun: perWord(
      (sentence) => alignClosest(sentence).longestRun / Math.max(1, sentence.claim.tokens.length),
    ),
    missingFigures: missingFacts / Math.max(1, facts),
    figureIsMissing: total(sentences, (sentence) => Number(sentence.missingFacts.length > 0)) / count,
    missingNames: missingNames / Math.max(1, names),
    nameIsMissing: Math.log1p(missingNames / count),
    negationDiffers: total(sentences, (sentence) => Number(negationDiffers(sentence))) / count,
    claimLength: Math.log1p(words / count),
  };
}

function total<T>(items: readonly T[], measure: (item: T) => number): number {
  return items.reduce((sum, item) => sum + measure(item), 0);
}

/** How much of the claim's weight of words is found where. */
interface Cover {
  mass: number;
  best: number;
  few: number;
  any: number;
  heaviestMissing: number;
}

function measureCover(
  { claim, evidence }: ReadSentence,
  everything: ReadonlySet<string>,
  weigh: Weigh,
): Cover {
  const keys = listContentKeys(claim.tokens);
  const few = new Set(evidence.sentences.flatMap((sentence) => [...sentence.keys]));
  return {
    mass: massOf(keys, keys, weigh),
    best: massOf(keys, evidence.sentences[0]?.keys ?? new Set(), weigh),
    few: massOf(keys, few, weigh),
    any: massOfRelated(keys, everything, weigh),
    heaviestMissing: Math.max(0, ...[...keys].filter((key) => !few.has(key)).map(weigh)),
  };
}

/** "Nominated" is partly carried by "nomination": the same first letters count for most of a word. */
const FIRST_LETTERS = 5;
const RELATED_SHARE = 0.7;

function massOfRelated(keys: Iterable<string>, within: ReadonlySet<string>, weigh: Weigh): number {
  const starts = new Set([...within].filter((key) => key.length >= FIRST_LETTERS).map(startOf));
  let mass = 0;
  for (const key of keys) {
    if (within.has(key)) mass += weigh(key);
    else if (key.length >= FIRST_LETTERS && starts.has(startOf(key))) mass += RELATED_SHARE * weigh(key);
  }
  return mass;
}

const startOf = (key: string) => key.slice(0, FIRST_LETTERS);

function countMissingNames({ claim, evidence }: ReadSentence): number {
  const isFound = (key: string) => evidence.sentences.some((sentence) => sentence.keys.has(key));
  return claim.tokens.filter((token) => isName(token) && !isFound(token.key)).length;
}

function shareOfBigrams({ claim, evidence }: ReadSentence): number {
  const own = listBigrams(claim);
  const source = new Set(evidence.sentences.flatMap(listBigrams));
  return own.filter((bigram) => source.has(bigram)).length / Math.max(1, own.length);
}

function listBigrams({ tokens }: Reading): string[] {
  const keys = tokens.filter(isContent).map((token) => token.key);
  return keys.slice(1).map((key, index) => `${keys[index]} ${key}`);
}

function alignClosest({ claim, evidence }: ReadSentence) {
  return align(claim.tokens, (evidence.verbatim ?? evidence.sentences[0])?.tokens ?? []);
}

function negationDiffers({ claim, evidence }: ReadSentence): boolean {
  const best = evidence.verbatim ?? evidence.sentences[0];
  return best !== undefined && countNegators(claim.tokens) % 2 !== countNegators(best.tokens) % 2;
}

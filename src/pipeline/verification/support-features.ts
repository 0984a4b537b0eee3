import { align } from './align.ts';
import { factsMissingIn, readSourceFacts } from './check-facts.ts';
import {
  type Evidence,
  findEvidence,
  massOf,
  type Reading,
  read,
  readSources,
  type Weigh,
} from './evidence.ts';
import type { Fact } from './fact-types.ts';
import { extractFacts } from './facts.ts';
import { countNegators, isName } from './names-and-negation.ts';
import { splitSentences } from './sentences.ts';
import { isContent } from './tokenize.ts';

export const FEATURES = [
  'bestSentence',
  'bestThree',
  'anySentence',
  'weakestSentence',
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
  'sourceLength',
] as const;
export type Feature = (typeof FEATURES)[number];
export type Features = Record<Feature, number>;

/** One sentence of the claim beside the sentences of the sources that carry it best. */
export interface ReadSentence {
  claim: Reading;
  evidence: Evidence;
  facts: Fact[];
  /** Facts that the evidence does not state. */
  missingFacts: Fact[];
}

export function readClaim(claim: string, passages: readonly string[], weigh: Weigh): ReadSentence[] {
  const sources = readSources(passages);
  return splitSentences(claim).map(({ text }) => {
    const own = read(text);
    const evidence = findEvidence(own, sources, weigh);
    const facts = extractFacts(text);
    const quote = evidence.verbatim ? [evidence.verbatim] : evidence.sentences;
    const missingFacts = factsMissingIn(
      facts,
      readSourceFacts(quote.map((source) => source.text).join('\n')),
    );
    return { claim: own, evidence, facts, missingFacts };
  });
}

interface Measured {
  mass: number;
  best: number;
  three: number;
  any: number;
  heaviestMissing: number;
}

export function measureSupport(
  sentences: readonly ReadSentence[],
  passages: readonly string[],
  weigh: Weigh,
): Features {
  const everything = new Set(readSources(passages).flatMap((source) => [...source.keys]));
  const measured = sentences.map((sentence) => measureCover(sentence, everything, weigh));
  const mass = sum(measured.map((one) => one.mass)) || 1;
  const facts = sentences.flatMap((sentence) => sentence.facts);
  const missing = sentences.flatMap((sentence) => sentence.missingFacts);
  const names = sentences.flatMap(listNames);
  const missingNames = names.filter((name) => !name.found);
  const words = sum(sentences.map(({ claim }) => claim.tokens.length));
  return {
    bestSentence: sum(measured.map((one) => one.best)) / mass,
    bestThree: sum(measured.map((one) => one.three)) / mass,
    anySentence: sum(measured.map((one) => one.any)) / mass,
    weakestSentence: Math.min(
      1,
      ...measured.filter((one) => one.mass > 0).map((one) => one.three / one.mass),
    ),
    missingMass: Math.log1p(mass - sum(measured.map((one) => one.three))),
    heaviestMissing: Math.max(0, ...measured.map((one) => one.heaviestMissing)),
    bigrams: average(sentences, shareOfBigrams),
    commonSequence: average(sentences, (sentence) => alignBest(sentence).coverage),
    longestRun: average(sentences, longestRunShare),
    missingFigures: missing.length / Math.max(1, facts.length),
    figureIsMissing: missing.length > 0 ? 1 : 0,
    missingNames: missingNames.length / Math.max(1, names.length),
    nameIsMissing: Math.log1p(missingNames.length),
    negationDiffers: sentences.some(negationDiffers) ? 1 : 0,
    claimLength: Math.log1p(words),
    sourceLength: Math.log1p(sum(passages.map((passage) => passage.length)) / 5),
  };
}

function measureCover(
  { claim, evidence }: ReadSentence,
  everything: ReadonlySet<string>,
  weigh: Weigh,
): Measured {
  const keys = new Set(claim.tokens.filter(isContent).map((token) => token.key));
  const three = new Set(evidence.sentences.flatMap((source) => [...source.keys]));
  return {
    mass: massOf(keys, keys, weigh),
    best: massOf(keys, evidence.sentences[0]?.keys ?? new Set(), weigh),
    three: massOf(keys, three, weigh),
    any: massOf(keys, everything, weigh),
    heaviestMissing: Math.max(0, ...[...keys].filter((key) => !three.has(key)).map(weigh)),
  };
}

function listNames({ claim, evidence }: ReadSentence): { found: boolean }[] {
  const source = new Set(evidence.sentences.flatMap((sentence) => [...sentence.keys]));
  return claim.tokens.filter(isName).map((token) => ({ found: source.has(token.key) }));
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

function alignBest({ claim, evidence }: ReadSentence) {
  return align(claim.tokens, (evidence.verbatim ?? evidence.sentences[0])?.tokens ?? []);
}

function longestRunShare(sentence: ReadSentence): number {
  return alignBest(sentence).longestRun / Math.max(1, sentence.claim.tokens.length);
}

function negationDiffers({ claim, evidence }: ReadSentence): boolean {
  const best = evidence.verbatim ?? evidence.sentences[0];
  return best !== undefined && countNegators(claim.tokens) % 2 !== countNegators(best.tokens) % 2;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Weighted by the length of the sentence. */
function average(sentences: readonly ReadSentence[], measure: (sentence: ReadSentence) => number): number {
  const words = sum(sentences.map(({ claim }) => claim.tokens.length)) || 1;
  return sum(sentences.map((sentence) => measure(sentence) * sentence.claim.tokens.length)) / words;
}

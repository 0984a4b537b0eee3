import { align } from './align.ts';
import { splitSentences } from './sentences.ts';
import { isNearVerbatim } from './tampering.ts';
import { isContent, type Token, tokenize } from './tokenize.ts';

/** A sentence of a source, read once. */
export interface Reading {
  text: string;
  tokens: Token[];
  keys: ReadonlySet<string>;
}

/** How much a word tells: rare words much, common ones little. */
export type Weigh = (key: string) => number;

/** The best sentences of the sources for one sentence of a claim. */
export interface Evidence {
  /** Best first; each adds words the ones before lack. */
  sentences: Reading[];
  /** The one sentence (or two in a row) the claim seems copied from. */
  verbatim: Reading | undefined;
}

const BEST = 3;
const CANDIDATES = 6;

export function read(text: string): Reading {
  const tokens = tokenize(text);
  return { text, tokens, keys: new Set(tokens.map((token) => token.key)) };
}

/** Sentences in order. How the sources are packed into passages makes no difference. */
export function readSources(passages: readonly string[]): Reading[] {
  const seen = new Set<string>();
  return passages.flatMap(splitSentences).flatMap(({ text }) => {
    if (seen.has(text)) return [];
    seen.add(text);
    return [read(text)];
  });
}

export function findEvidence(claim: Reading, sources: readonly Reading[], weigh: Weigh): Evidence {
  return { sentences: pickBest(claim, sources, weigh), verbatim: findVerbatim(claim, sources, weigh) };
}

/** Greedy: always the sentence that adds most of what is still missing. */
function pickBest(claim: Reading, sources: readonly Reading[], weigh: Weigh): Reading[] {
  const missing = new Set(claim.tokens.filter(isContent).map((token) => token.key));
  const picked: Reading[] = [];
  while (picked.length < BEST && missing.size > 0) {
    const best = findMax(sources, (source) => massOf(missing, source.keys, weigh));
    if (best === undefined || massOf(missing, best.keys, weigh) === 0) break;
    picked.push(best);
    for (const key of best.keys) missing.delete(key);
  }
  return picked;
}

export function massOf(keys: Iterable<string>, within: ReadonlySet<string>, weigh: Weigh): number {
  let mass = 0;
  for (const key of keys) if (within.has(key)) mass += weigh(key);
  return mass;
}

function findMax<T>(items: readonly T[], measure: (item: T) => number): T | undefined {
  let best: T | undefined;
  let most = Number.NEGATIVE_INFINITY;
  for (const item of items) {
    const value = measure(item);
    if (value > most) [best, most] = [item, value];
  }
  return best;
}

function findVerbatim(claim: Reading, sources: readonly Reading[], weigh: Weigh): Reading | undefined {
  const keys = new Set(claim.tokens.map((token) => token.key));
  const spans = [...sources, ...sources.slice(1).map((source, index) => join(sources[index], source))];
  const ranked = spans
    .map((span) => ({ span, mass: massOf(keys, span.keys, weigh) - 0.01 * span.tokens.length }))
    .sort((a, b) => b.mass - a.mass)
    .slice(0, CANDIDATES);
  const near = ranked
    .map(({ span }) => ({ span, alignment: align(claim.tokens, span.tokens) }))
    .filter(({ alignment }) => isNearVerbatim(alignment));
  return findMax(near, ({ alignment }) => alignment.matched + alignment.density)?.span;
}

function join(first: Reading | undefined, second: Reading): Reading {
  return read(first === undefined ? second.text : `${first.text}\n${second.text}`);
}

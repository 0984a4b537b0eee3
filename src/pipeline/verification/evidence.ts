import { align } from './align.ts';
import { isName } from './names-and-negation.ts';
import { splitSentences } from './sentences.ts';
import { isNearVerbatim } from './tampering.ts';
import { listContentKeys, type Token, tokenize } from './tokenize.ts';

/** A sentence of a source, read once. */
export interface Reading {
  text: string;
  tokens: Token[];
  keys: ReadonlySet<string>;
}

/** How much a word tells: rare words much, common ones little. */
export type Weigh = (key: string) => number;

/** All sentences of the sources, in order, and what is common to them. */
export interface Sources {
  sentences: Reading[];
  /** Each two in a row, read as one. */
  pairs: Reading[];
  /** Every word of the sources. */
  keys: ReadonlySet<string>;
  /** Names seen in the sources. */
  names: ReadonlySet<string>;
}

/** The best sentences of the sources for one sentence of a claim. */
export interface Evidence {
  /** Best first; each adds words the ones before lack. */
  sentences: Reading[];
  /** The one sentence (or two in a row) the claim seems copied from. */
  verbatim: Reading | undefined;
  /** Of the best sentences the one with most words in the claim's order. */
  closest: Reading | undefined;
}

/** "No, …" answers the question before it; it denies nothing of what follows. */
export const YES_NO = /^(?:yes|no)\b[,.:;!-]+\s*(?=\S)/i;
const BEST = 4;
const CANDIDATES = 4;
/** A claim is taken for two sentences put together only when the second gives it this many words. */
const WORTH_A_SECOND = 4;

export function read(text: string): Reading {
  const tokens = tokenize(text);
  return { text, tokens, keys: new Set(tokens.map((token) => token.key)) };
}

/** How the sources are packed into passages makes no difference. */
export function readSources(passages: readonly string[]): Sources {
  const texts = new Set(passages.flatMap((passage) => splitSentences(passage)).map(({ text }) => text));
  const sentences = [...texts].map((text) => read(text.replace(YES_NO, '')));
  const tokens = sentences.flatMap((sentence) => sentence.tokens);
  return {
    sentences,
    pairs: sentences.slice(1).map((second, index) => join(sentences[index] ?? second, second)),
    keys: new Set(tokens.map((token) => token.key)),
    names: new Set(tokens.filter(isName).map((token) => token.key)),
  };
}

function join(first: Reading, second: Reading): Reading {
  return {
    text: `${first.text}\n${second.text}`,
    tokens: [...first.tokens, ...second.tokens],
    keys: new Set([...first.keys, ...second.keys]),
  };
}

export function findEvidence(claim: Reading, sources: Sources, weigh: Weigh): Evidence {
  const sentences = pickBest(claim, sources.sentences, weigh);
  const closest = findMax(sentences, (sentence) => align(claim.tokens, sentence.tokens).matched);
  return { sentences, verbatim: findVerbatim(claim, sources, weigh), closest };
}

/** Greedy: always the sentence that adds most of what is still missing. */
function pickBest(claim: Reading, sources: readonly Reading[], weigh: Weigh): Reading[] {
  const missing = listContentKeys(claim.tokens);
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

function findVerbatim(claim: Reading, sources: Sources, weigh: Weigh): Reading | undefined {
  const keys = new Set(claim.tokens.map((token) => token.key));
  const single = alignBest(claim, sources.sentences, keys, weigh);
  const double = alignBest(claim, sources.pairs, keys, weigh);
  if (single === undefined || double === undefined) return (single ?? double)?.span;
  return double.matched >= single.matched + WORTH_A_SECOND ? double.span : single.span;
}

function alignBest(claim: Reading, spans: readonly Reading[], keys: ReadonlySet<string>, weigh: Weigh) {
  const near = spans
    .map((span) => ({ span, mass: massOf(keys, span.keys, weigh) - 0.01 * span.tokens.length }))
    .sort((a, b) => b.mass - a.mass)
    .slice(0, CANDIDATES)
    .map(({ span }) => ({ span, alignment: align(claim.tokens, span.tokens) }))
    .filter(({ alignment }) => isNearVerbatim(alignment));
  const best = findMax(near, ({ alignment }) => alignment.matched + alignment.density);
  return best && { span: best.span, matched: best.alignment.matched };
}

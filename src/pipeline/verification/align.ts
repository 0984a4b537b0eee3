import type { Token } from './tokenize.ts';

/** A place where two aligned texts differ: what one says between two words both have. */
export interface Gap {
  claim: Token[];
  quote: Token[];
  /** The word before, which both have, is a number. */
  followsNumber: boolean;
  /** How many words in a row both have just before and just after. */
  copiedAround: number;
}

export interface Alignment {
  /** Tokens both have, in the same order. */
  matched: number;
  /** Matched tokens as a share of the claim's, without its lead-in ("According to the guide, …"). */
  coverage: number;
  /** Matched tokens as a share of the stretch of the quote between the first and the last of them. */
  density: number;
  /** Longest unbroken run of matched tokens. */
  longestRun: number;
  gaps: Gap[];
}

/** Longer texts are cut: the table grows with the product of both. */
const MAX_TOKENS = 160;
/** How far before the first common word the quote may hold a word that turns the claim round ("No refunds…"). */
const LEAD = 3;
/** A lead-in of the claim's own, forgiven when enough of the rest is copied. */
const LEAD_IN = 6;
const MIN_AFTER_LEAD = 5;

export function align(claimTokens: readonly Token[], quoteTokens: readonly Token[]): Alignment {
  const claim = claimTokens.slice(0, MAX_TOKENS);
  const quote = quoteTokens.slice(0, MAX_TOKENS);
  const pairs = findPairs(claim, quote);
  const [first, last] = [pairs[0], pairs.at(-1)];
  if (first === undefined || last === undefined) {
    return {
      matched: 0,
      coverage: 0,
      density: 0,
      longestRun: 0,
      gaps: [{ claim, quote: [], followsNumber: false, copiedAround: 0 }],
    };
  }
  const leadIn = pairs.length >= MIN_AFTER_LEAD ? Math.min(first[0], LEAD_IN) : 0;
  return {
    matched: pairs.length,
    coverage: pairs.length / (claim.length - leadIn),
    density: pairs.length / (last[1] - first[1] + 1),
    longestRun: Math.max(...countRuns(pairs)),
    gaps: findGaps(claim, quote, pairs),
  };
}

type Pair = [claimAt: number, quoteAt: number];

function findPairs(claim: readonly Token[], quote: readonly Token[]): Pair[] {
  const width = quote.length + 1;
  const best = new Uint16Array((claim.length + 1) * width);
  const at = (i: number, j: number) => best[i * width + j] ?? 0;
  for (let i = claim.length - 1; i >= 0; i--) {
    for (let j = quote.length - 1; j >= 0; j--) {
      const same = claim[i]?.key === quote[j]?.key;
      best[i * width + j] = same ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: Pair[] = [];
  for (let i = 0, j = 0; i < claim.length && j < quote.length; ) {
    if (claim[i]?.key === quote[j]?.key && at(i, j) === at(i + 1, j + 1) + 1) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return tighten(pairs, claim, quote);
}

/** Of several places for the same word the one nearest to the next common word, so that gaps stay short. */
function tighten(pairs: readonly Pair[], claim: readonly Token[], quote: readonly Token[]): Pair[] {
  const tight: Pair[] = [...pairs];
  for (let index = tight.length - 2; index >= 0; index--) {
    const [i, j] = tight[index] ?? [0, 0];
    const [before, next] = [tight[index - 1], tight[index + 1]];
    if (next === undefined || (before && before[0] === i - 1 && before[1] === j - 1)) continue;
    let at = next[1] - 1;
    while (at > j && quote[at]?.key !== claim[i]?.key) at--;
    tight[index] = [i, at];
  }
  return tight;
}

/** For each pair, how many pairs stand unbroken up to it. */
function countRuns(pairs: readonly Pair[]): number[] {
  const runs: number[] = [];
  pairs.forEach(([i, j], index) => {
    const before = pairs[index - 1];
    const goesOn = before !== undefined && before[0] === i - 1 && before[1] === j - 1;
    runs.push(goesOn ? (runs[index - 1] ?? 0) + 1 : 1);
  });
  return runs;
}

function findGaps(claim: readonly Token[], quote: readonly Token[], pairs: readonly Pair[]): Gap[] {
  const gaps: Gap[] = [];
  const runs = countRuns(pairs);
  let [i, j] = [0, findLead(claim, quote, pairs[0] ?? [0, 0])];
  pairs.forEach(([claimAt, quoteAt], index) => {
    if (claimAt > i || quoteAt > j) {
      const copiedAround = (runs[index - 1] ?? 0) + runAfter(runs, index);
      gaps.push({
        claim: claim.slice(i, claimAt),
        quote: quote.slice(j, quoteAt),
        followsNumber: claim[i - 1]?.isNumber === true,
        copiedAround,
      });
    }
    [i, j] = [claimAt + 1, quoteAt + 1];
  });
  const tail = claim.slice(i);
  if (tail.length > 0) {
    const followsNumber = claim[i - 1]?.isNumber === true;
    const after = quote.slice(j, j + tail.length + 1);
    gaps.push({ claim: tail, quote: after, followsNumber, copiedAround: runs.at(-1) ?? 0 });
  }
  return gaps;
}

function runAfter(runs: readonly number[], index: number): number {
  let length = 1;
  while ((runs[index + length] ?? 0) === length + 1) length++;
  return length;
}

/** Where the words of the quote begin that belong before the first common word. */
function findLead(claim: readonly Token[], quote: readonly Token[], [claimAt, quoteAt]: Pair): number {
  const crossesBreak = claimAt > 0 && claim[claimAt]?.afterBreak === true;
  const isBreak = (at: number) => quote[at]?.afterBreak === true && !(crossesBreak && at === quoteAt);
  let start = quoteAt;
  while (start > 0 && quoteAt - start < LEAD && !isBreak(start)) start--;
  return start;
}

import type { Token } from './tokenize.ts';

/** A place where two aligned texts differ: what one says between two words both have. */
export interface Gap {
  claim: Token[];
  quote: Token[];
}

export interface Alignment {
  /** Tokens both have, in the same order. */
  matched: number;
  /** Matched tokens as a share of the claim's. */
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

export function align(claimTokens: readonly Token[], quoteTokens: readonly Token[]): Alignment {
  const claim = claimTokens.slice(0, MAX_TOKENS);
  const quote = quoteTokens.slice(0, MAX_TOKENS);
  const pairs = findPairs(claim, quote);
  const [first, last] = [pairs[0], pairs.at(-1)];
  if (first === undefined || last === undefined) {
    return { matched: 0, coverage: 0, density: 0, longestRun: 0, gaps: [{ claim, quote: [] }] };
  }
  return {
    matched: pairs.length,
    coverage: pairs.length / claim.length,
    density: pairs.length / (last[1] - first[1] + 1),
    longestRun: longestRun(pairs),
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
  return pairs;
}

function longestRun(pairs: readonly Pair[]): number {
  let best = 0;
  let run = 0;
  pairs.forEach(([i, j], index) => {
    const before = pairs[index - 1];
    run = before && before[0] === i - 1 && before[1] === j - 1 ? run + 1 : 1;
    best = Math.max(best, run);
  });
  return best;
}

function findGaps(claim: readonly Token[], quote: readonly Token[], pairs: readonly Pair[]): Gap[] {
  const gaps: Gap[] = [];
  let [i, j] = [0, leadStart(quote, pairs[0]?.[1] ?? 0)];
  for (const [claimAt, quoteAt] of pairs) {
    if (claimAt > i || quoteAt > j)
      gaps.push({ claim: claim.slice(i, claimAt), quote: quote.slice(j, quoteAt) });
    [i, j] = [claimAt + 1, quoteAt + 1];
  }
  const tail = claim.slice(i);
  if (tail.length > 0) gaps.push({ claim: tail, quote: quote.slice(j, j + tail.length + 1) });
  return gaps;
}

function leadStart(quote: readonly Token[], first: number): number {
  let start = first;
  while (start > 0 && first - start < LEAD && !quote[start]?.afterBreak) start--;
  return start;
}

/** A page counts this much of a passage; anything from 0.5 to 1.5 is within 0.004 nDCG@10 of it. */
const PAGE_WEIGHT = 0.7;

export interface Scores {
  chunkScore: number;
  pageScore: number;
}

/**
 * The order of a result, 0 to 1: passage and page score, each as a share of the best of this query, together.
 * Mean nDCG@10 over five sets of questions: 0.826 so, 0.814 by passages alone, 0.816 with pages counting double.
 */
export function createRank(all: Iterable<Scores>): (scores: Scores) => number {
  let chunk = Number.MIN_VALUE;
  let page = Number.MIN_VALUE;
  for (const { chunkScore, pageScore } of all) {
    chunk = Math.max(chunk, chunkScore);
    page = Math.max(page, pageScore);
  }
  return (one) => (one.chunkScore / chunk + (PAGE_WEIGHT * one.pageScore) / page) / (1 + PAGE_WEIGHT);
}

import type { Candidate } from '../ports.ts';

/**
 * How scores become one order of pages, chosen on eight sets of questions together (docs/retrieval.md). Nothing is
 * divided by the best of a result: where the best by words is poor, it must not outvote what is near by meaning.
 */
const PAGE_WORDS = 0.7;
const TITLE = 0.8;
/** Flat from 3 to 6; `OWN` is the part of the passage itself in the nearness of its page. */
const MEANING = 4;
const OWN = 0.1;

/** Inside a page the passage that says it best comes first; the page stands where its words and meaning put it. */
const INSIDE_PAGE = 0.25;

/** What a page cannot exceed, so that an order is a number between 0 and 1. */
const HIGHEST = 8;

/** The order by words alone, for choosing candidates. */
export function orderByWords(chunkScore: number, pageScore: number): number {
  return (chunkScore + PAGE_WORDS * pageScore) / 1.5;
}

/** Candidates with their place in one order, 0 to 1, the best first; comparable inside one search only. */
export function rank(candidates: Candidate[]): { candidate: Candidate; score: number }[] {
  const orders = candidates.map(orderOf);
  const inside = candidates.map(orderInsidePage);
  const bestOfPage = new Map<string, { order: number; inside: number }>();
  for (const [at, { passage }] of candidates.entries()) {
    const best = bestOfPage.get(passage.source);
    bestOfPage.set(passage.source, {
      order: Math.max(best?.order ?? 0, orders[at] ?? 0),
      inside: Math.max(best?.inside ?? -Infinity, inside[at] ?? 0),
    });
  }
  return candidates
    .map((candidate, at) => {
      const best = bestOfPage.get(candidate.passage.source);
      const behind = (best?.inside ?? 0) - (inside[at] ?? 0);
      const score = Math.max(0, (best?.order ?? 0) - INSIDE_PAGE * behind) / HIGHEST;
      return { candidate, score };
    })
    .sort((a, b) => b.score - a.score || (a.candidate.passage.id < b.candidate.passage.id ? -1 : 1));
}

function orderOf({
  chunkScore,
  pageScore,
  titleScore,
  similarity = 0,
  pageSimilarity = 0,
}: Candidate): number {
  const meaning = (1 - OWN) * pageSimilarity + OWN * similarity;
  return orderByWords(chunkScore, pageScore) + TITLE * titleScore + MEANING * meaning;
}

function orderInsidePage({ chunkScore, similarity = 0 }: Candidate): number {
  return chunkScore / 1.5 + MEANING * similarity;
}

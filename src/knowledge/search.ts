import type { Candidate, KnowledgeIndex } from '../ports.ts';
import { relevanceOf } from './relevance.ts';
import type { FoundPassage } from './types.ts';

export interface SearchResult {
  /** Best first. Empty when no passage is relevant enough to answer with. */
  passages: FoundPassage[];
  /** The version of the index that was searched; null before the first build. */
  version: string | null;
}

export type Search = (texts: { text: string; weight: number }[], limit: number) => Promise<SearchResult>;

/** So that one long page does not crowd out the page that has the answer. */
const PASSAGES_PER_PAGE = 2;

/** Passages looked at for each one wanted; enough for distinct pages even when one page fills the top. */
const CANDIDATES = { perPassage: 6, atLeast: 60 };

/** The relevance of its best passage decides for a question as a whole: what ranks below still is context. */
export function createSearch(parts: { index: KnowledgeIndex; threshold: number }): Search {
  return async (texts, limit) => {
    const { index, threshold } = parts;
    const active = await index.active();
    const wanted = Math.max(CANDIDATES.atLeast, limit * CANDIDATES.perPassage);
    const ranked = rank(await index.candidates({ texts, limit: wanted }));
    const chosen = choose(ranked, limit);
    const isRelevant = chosen.some((passage) => passage.relevance >= threshold);
    return { passages: isRelevant ? chosen : [], version: active?.version ?? null };
  };
}

/** The sum of passage and page score, each as a share of the best, beats either alone. */
function rank(candidates: Candidate[]): FoundPassage[] {
  const best = {
    chunk: Math.max(...candidates.map(({ chunkScore }) => chunkScore), Number.MIN_VALUE),
    page: Math.max(...candidates.map(({ pageScore }) => pageScore), Number.MIN_VALUE),
  };
  return candidates
    .map((candidate) => ({
      ...candidate.passage,
      score: (candidate.chunkScore / best.chunk + candidate.pageScore / best.page) / 2,
      relevance: relevanceOf(candidate),
    }))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

function choose(ranked: FoundPassage[], limit: number): FoundPassage[] {
  const counts = new Map<string, number>();
  const first: FoundPassage[] = [];
  const rest: FoundPassage[] = [];
  for (const passage of ranked) {
    const count = counts.get(passage.source) ?? 0;
    counts.set(passage.source, count + 1);
    (count < PASSAGES_PER_PAGE ? first : rest).push(passage);
  }
  return [...first, ...rest].slice(0, limit).sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

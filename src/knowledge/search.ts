import type { Candidate, Embedder } from '../ports.ts';
import { findCandidates, type Searchable, type SearchTexts } from './find-candidates.ts';
import { createReadMeaning, type Meaning } from './meaning.ts';
import { rank } from './rank.ts';
import { type Asked, relevanceOf } from './relevance.ts';
import type { Synonyms } from './synonyms.ts';
import type { FoundPassage } from './types.ts';

export interface SearchResult {
  /** Best first: the nearest there is, whether or not it answers. */
  passages: FoundPassage[];
  /** Whether the best of them is relevant enough to answer with. */
  answerable: boolean;
  /** The version of the index that was searched; null before the first build. */
  version: string | null;
  meaning: Meaning;
}

export type Search = (
  texts: SearchTexts,
  options: { limit: number; tenant?: string | undefined },
) => Promise<SearchResult>;

/** So that one long page does not crowd out the page that has the answer. */
const PASSAGES_PER_PAGE = 2;

/** Passages looked at for each one wanted; enough for distinct pages even when one page fills the top. */
const CANDIDATES = { perPassage: 6, atLeast: 60 };

/** The relevance of its best passage decides for a question as a whole: what ranks below still is context. */
export function createSearch(parts: {
  index: Searchable;
  embedder?: Embedder | undefined;
  synonyms?: Synonyms | undefined;
  threshold: number;
}): Search {
  const { index, threshold } = parts;
  const readMeaning = createReadMeaning(parts.embedder);
  return async (texts, { limit, tenant }) => {
    const wanted = Math.max(CANDIDATES.atLeast, limit * CANDIDATES.perPassage);
    const { candidates, asked, active, meaning } = await findCandidates(
      { index, readMeaning, synonyms: parts.synonyms },
      texts,
      { limit: wanted, tenant },
    );
    const chosen = choose(toFound(candidates, asked), limit);
    const answerable = chosen.some((passage) => passage.relevance >= threshold);
    return { passages: chosen, answerable, version: active?.version ?? null, meaning };
  };
}

function toFound(candidates: Candidate[], asked: Asked): FoundPassage[] {
  return rank(candidates).map(({ candidate, score }) => ({
    ...candidate.passage,
    score,
    relevance: relevanceOf(candidate, asked),
  }));
}

/** At most two passages of a page, unless there are too few pages to fill the result. */
function choose(ranked: FoundPassage[], limit: number): FoundPassage[] {
  const counts = new Map<string, number>();
  const first: FoundPassage[] = [];
  const rest: FoundPassage[] = [];
  for (const passage of ranked) {
    const count = counts.get(passage.source) ?? 0;
    counts.set(passage.source, count + 1);
    (count < PASSAGES_PER_PAGE ? first : rest).push(passage);
  }
  return [...first, ...rest].slice(0, limit).sort(bestFirst);
}

function bestFirst(a: FoundPassage, b: FoundPassage): number {
  return b.score - a.score || (a.id < b.id ? -1 : 1);
}

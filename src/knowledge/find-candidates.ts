import type { Candidate, IndexVersion, KnowledgeIndex } from '../ports.ts';
import { toFittedScale } from './likeness.ts';
import type { Meaning, ReadMeaning } from './meaning.ts';
import type { Asked } from './relevance.ts';
import { NO_SYNONYMS, type Synonyms, withSynonyms } from './synonyms.ts';
import { isCode, readQueryTerms } from './terms.ts';

/** What a search needs of an index, so that a version can be tried before it serves. */
export type Searchable = Pick<KnowledgeIndex, 'active' | 'candidates'>;

/** The question first, what was said before it after it, each with how much it counts. */
export type SearchTexts = { text: string; weight: number }[];

/** Everything that may answer, with scores that mean the same whatever the embedder, and what the question brings. */
export async function findCandidates(
  parts: { index: Searchable; readMeaning: ReadMeaning; synonyms?: Synonyms | undefined },
  texts: SearchTexts,
  options: { limit: number; tenant?: string | undefined },
): Promise<{ candidates: Candidate[]; asked: Asked; active: IndexVersion | undefined; meaning: Meaning }> {
  const active = await parts.index.active();
  const read = await parts.readMeaning(texts, active);
  const asked = readQueryTerms(texts);
  const terms = withSynonyms(asked, texts, parts.synonyms ?? NO_SYNONYMS);
  const found = await parts.index.candidates({ terms, vector: read.vector, ...options });
  return {
    candidates: read.meaning === 'compared' ? toFittedScale(found, read.likeness) : found,
    asked: {
      words: asked.filter(({ term }) => !isCode(term)).length,
      isFollowUp: texts.some(({ weight }) => weight < 1),
      corpus: active?.passages ?? 0,
    },
    active,
    meaning: read.meaning,
  };
}

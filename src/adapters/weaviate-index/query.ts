import { createTitleScore, weighTerms } from '../../knowledge/bm25.ts';
import { pageSimilarity } from '../../knowledge/page-similarity.ts';
import { orderByWords } from '../../knowledge/rank.ts';
import type { Candidate, IndexQuery } from '../../ports.ts';
import type { WeaviateConnection } from './connection.ts';
import { scoreCounts } from './counts.ts';
import { type FoundTexts, findTexts } from './find.ts';
import type { KnownPage } from './pages.ts';
import { cosine } from './vectors.ts';
import type { OpenVersion } from './version.ts';

/**
 * The server finds candidates; their scores are counted here, by the formulas of the embedded index. The best by
 * words and the best by meaning come back.
 */
export async function findCandidates(
  connection: WeaviateConnection,
  open: OpenVersion,
  query: IndexQuery,
): Promise<Candidate[]> {
  const { dimensions } = open.info.embedder ?? {};
  const vector = query.vector?.length === dimensions ? query.vector : undefined;
  const terms = query.terms.filter(({ weight }) => weight > 0);
  if ((terms.length === 0 && !vector) || query.limit < 1) return [];
  const asked = { ...query, terms, vector };
  return choose(scoreAll(open, asked, await findTexts(connection, open, asked)), query.limit);
}

function scoreAll(open: OpenVersion, { terms, vector }: IndexQuery, found: FoundTexts): Candidate[] {
  const { texts } = open;
  const titleScoreOf = createTitleScore(terms, texts.pages);
  const ofPassages = weighTerms(terms, texts.passages, texts.passages);
  const ofPages = weighTerms(terms, texts.pages, texts.passages);
  const pages = new Map(
    Array.from(found.pages, ([source, page]) => {
      const pageScore = scoreCounts(page.counts, ofPages, texts.pages.average);
      return [source, { pageScore, ...nearnessOf(page, vector) }];
    }),
  );
  return Array.from(found.passages.values(), ({ passage, place, counts }) => {
    const page = pages.get(passage.source);
    return {
      passage,
      chunkScore: scoreCounts(counts, ofPassages, texts.passages.average),
      pageScore: page?.pageScore ?? 0,
      titleScore: titleScoreOf(passage.title),
      similarity: page?.similarities[place],
      pageSimilarity: page?.pageSimilarity,
    };
  });
}

function nearnessOf({ vectors }: KnownPage, vector: Float32Array | undefined) {
  const similarities = vectors.map((one) => cosine(one, vector));
  return { similarities, pageSimilarity: pageSimilarity(similarities.filter((one) => one !== undefined)) };
}

function choose(all: Candidate[], limit: number): Candidate[] {
  const worded = all.filter(({ chunkScore }) => chunkScore > 0);
  const measured = all.filter(({ similarity }) => similarity !== undefined);
  return [
    ...new Set([
      ...best(worded, ({ chunkScore, pageScore }) => orderByWords(chunkScore, pageScore), limit),
      ...best(measured, ({ similarity }) => similarity ?? 0, limit),
    ]),
  ];
}

function best(all: Candidate[], orderOf: (one: Candidate) => number, limit: number): Candidate[] {
  return all
    .map((one) => ({ one, order: orderOf(one) }))
    .sort((a, b) => b.order - a.order || (a.one.passage.id < b.one.passage.id ? -1 : 1))
    .slice(0, limit)
    .map(({ one }) => one);
}

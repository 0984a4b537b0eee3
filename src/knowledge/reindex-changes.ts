import { setImmediate } from 'node:timers/promises';
import { VendorRefused, VendorUnreachable } from '../errors.ts';
import type { Embedder, IndexChanges, KnowledgeIndex } from '../ports.ts';
import { embedPassages, passageText } from './embed.ts';
import { carryOver, type PlannedPage, type ReindexPlan, type Report } from './reindex-plan.ts';
import { ReindexRefused } from './reindex-refused.ts';
import type { Passage } from './types.ts';

/** What an embedder says of texts before it embeds them. */
export interface EmbeddingEstimate {
  /** Texts that have no vector yet. */
  needed: number;
  /** null = the price is not known. */
  costUsd: number | null;
}

/** What is to be written: nothing when there are no upserts and no removals. */
export interface PlannedChanges {
  changes: IndexChanges;
  embeddings: EmbeddingEstimate;
  warnings: string[];
}

interface Parts {
  index: KnowledgeIndex;
  embedder?: Embedder | undefined;
  report: Report;
}

/** Takes a few milliseconds, which others can wait for. */
const TEXTS_AT_ONCE = 100;

const NONE: EmbeddingEstimate = { needed: 0, costUsd: null };

/** The pages to write for a plan: its own, and all others as well where their vectors are not the embedder's. */
export async function planWrites(plan: ReindexPlan, { index, embedder }: Parts): Promise<PlannedPage[]> {
  const held = plan.base?.embedder;
  const touches = plan.upserts.length + plan.removals.length > 0;
  // Vectors that nobody asks for any more do no harm until something else is to be written.
  const isDue = embedder === undefined ? held !== undefined && touches : held?.id !== embedder.id;
  if (plan.base === undefined || !isDue) return plan.upserts;
  return [...plan.upserts, ...(await carryOver(plan, index))];
}

/** A model that is missing for a moment is no reason to throw away what took it hours. */
export function requireVectors(
  plan: ReindexPlan,
  parts: { embedder?: Embedder | undefined; wordsChosen?: boolean | undefined },
): void {
  const refusal = losesVectors(plan, parts);
  if (refusal !== undefined) throw new ReindexRefused(refusal);
}

/** Why writing the plan would throw away vectors that nobody gave up, if so. */
export function losesVectors(
  { base }: ReindexPlan,
  parts: { embedder?: Embedder | undefined; wordsChosen?: boolean | undefined },
): string | undefined {
  if (base?.embedder === undefined || parts.embedder !== undefined || parts.wordsChosen) return undefined;
  return (
    `The index holds the vectors of ${base.embedder.id} and there is no embedder now, so nothing was changed. ` +
    'Put its model back (npm run embedder -- install), or set EMBEDDINGS=none to search by words alone from now on; ' +
    '"npm run reindex -- --force" drops the vectors this once'
  );
}

/** How many passages have to be embedded, and for how much. */
export async function estimateWrites(
  pages: PlannedPage[],
  { embedder }: Pick<Parts, 'embedder'>,
): Promise<EmbeddingEstimate> {
  const passages = passagesIn(pages);
  if (embedder === undefined || passages.length === 0) return NONE;
  if (embedder.estimate === undefined) return { needed: passages.length, costUsd: null };
  const texts: string[] = [];
  for (const passage of passages) {
    texts.push(passageText(passage));
    if (texts.length % TEXTS_AT_ONCE === 0) await setImmediate();
  }
  return embedder.estimate(texts);
}

/** Adds the vectors. Without an embedder, or while it is down and the index never had its vectors, words alone. */
export async function makeChanges(
  plan: ReindexPlan,
  pages: PlannedPage[],
  parts: Parts,
): Promise<PlannedChanges> {
  const { embedder, report } = parts;
  const embeddings = await estimateWrites(pages, parts);
  if (embedder === undefined) return byWords(plan, pages, notSetUp(plan));
  const held = plan.base?.embedder;
  try {
    const isSame = held?.id === embedder.id;
    const vectors = await embedPassages(embedder, passagesIn(pages), {
      dimensions: isSame ? held?.dimensions : undefined,
      onProgress: (done, total) => total > 0 && report('embedding', done, total),
    });
    const dimensions = vectors[0]?.length ?? (isSame ? held?.dimensions : undefined);
    const upserts = withVectors(pages, vectors);
    const { removals } = plan;
    const by = dimensions === undefined ? undefined : { id: embedder.id, dimensions };
    return { changes: { upserts, removals, embedder: by }, embeddings, warnings: [] };
  } catch (error) {
    const isDown = error instanceof VendorRefused || error instanceof VendorUnreachable;
    if (!isDown || held !== undefined) throw error;
    const warning = `The embedder ${embedder.id} did not answer, so the index holds words alone until a run finds it: ${error.message}`;
    return byWords(plan, plan.upserts, [warning]);
  }
}

function byWords(plan: ReindexPlan, pages: PlannedPage[], warnings: string[]): PlannedChanges {
  const upserts = pages.map(({ page, passages }) => ({ page, passages }));
  return { changes: { upserts, removals: plan.removals }, embeddings: NONE, warnings };
}

function notSetUp({ base }: ReindexPlan): string[] {
  if (base === undefined)
    return ['There is no embedder, so the index holds words alone; see EMBEDDINGS in .env.example'];
  if (base.embedder === undefined) return [];
  return [
    `There is no embedder any more, so the vectors of ${base.embedder.id} are gone; see EMBEDDINGS in .env.example`,
  ];
}

function withVectors(pages: PlannedPage[], vectors: Float32Array[]): IndexChanges['upserts'] {
  let at = 0;
  return pages.map(({ page, passages }) => {
    const own = vectors.slice(at, at + passages.length);
    at += passages.length;
    return { page, passages, vectors: own };
  });
}

function passagesIn(pages: PlannedPage[]): Passage[] {
  return pages.flatMap(({ passages }) => passages);
}

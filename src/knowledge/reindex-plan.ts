import { setImmediate } from 'node:timers/promises';
import { CountersignError, StoreError, toError } from '../errors.ts';
import type { IndexedPage, IndexVersion, KnowledgeIndex } from '../ports.ts';
import { CHUNK_FORMAT, chunk } from './chunk.ts';
import { readPassagesOf } from './read-passages-of.ts';
import type {
  FailedPage,
  ListedPage,
  Page,
  PageListing,
  PageReading,
  PageSource,
  Passage,
  ReindexProgress,
} from './types.ts';

/** A page as it is to stand in the index. `same`: its content is what it was, it is only written anew. */
export interface PlannedPage {
  page: IndexedPage;
  passages: Passage[];
  change: 'added' | 'changed' | 'same';
}

/** What a run would do to the version it was made against. */
export interface ReindexPlan {
  base: IndexVersion | undefined;
  /** Every page of the base. */
  before: IndexedPage[];
  upserts: PlannedPage[];
  removals: string[];
  added: number;
  changed: number;
  unchanged: number;
  failed: FailedPage[];
  /** There is a base and it cannot be read: a forced run builds without it. */
  isBaseDamaged: boolean;
  /** How many pages the sources have named. */
  listed: number;
}

/** Tells how far a run is. Throws ReindexStopped when it is to end. */
export type Report = (phase: ReindexProgress['phase'], done: number, total: number) => void;

/** Compares what the sources hold with what the index holds. Reads only pages that may have changed. */
export async function planReindex(
  parts: { index: KnowledgeIndex; sources: PageSource[] },
  options: { force: boolean; report: Report },
): Promise<ReindexPlan> {
  const { index, sources } = parts;
  const { force, report } = options;
  const listing = await listAll(sources);
  const found = await readBase(index, force);
  const { before } = found;
  const plan: ReindexPlan = {
    ...{ ...found, upserts: [], removals: [], listed: listing.pages.length },
    ...{ added: 0, changed: 0, unchanged: 0, failed: [...listing.failed] },
  };
  const known = new Map(before.map((page) => [page.source, page]));
  const gone = new Set<string>();
  for (const [at, listed] of listing.pages.entries()) {
    report('reading', at, listing.pages.length);
    const seen = await comparePage(plan, listed, known.get(listed.source), { index, force });
    if (seen === 'gone') gone.add(listed.source);
  }
  report('reading', listing.pages.length, listing.pages.length);
  const named = [...listing.pages, ...plan.failed].map(({ source }) => source);
  const there = new Set(named.filter((source) => !gone.has(source)));
  const isUnknown = (source: string) => listing.unlisted.some((beginning) => source.startsWith(beginning));
  plan.removals = before
    .map(({ source }) => source)
    .filter((source) => !there.has(source) && !isUnknown(source));
  return plan;
}

/** Writes every page that stays as well, from what the index holds of it: vectors of another kind need that. */
export async function carryOver(plan: ReindexPlan, index: KnowledgeIndex): Promise<PlannedPage[]> {
  const touched = new Set([...plan.upserts.map(({ page }) => page.source), ...plan.removals]);
  const kept = plan.before.filter(({ source }) => !touched.has(source));
  const passages = await readPassagesOf(
    index,
    kept.map(({ source }) => source),
  );
  return kept.map((page) => ({ page, passages: passages.get(page.source) ?? [], change: 'same' }));
}

async function listAll(sources: PageSource[]): Promise<PageListing> {
  const all: PageListing = { pages: [], failed: [], unlisted: [] };
  const names = new Set<string>();
  for (const source of sources) {
    const { pages, failed, unlisted } = await source.list();
    for (const page of pages) {
      if (names.has(page.source))
        all.failed.push({
          source: page.source,
          reason: 'is the name of two pages, of which the first counts; rename the other',
        });
      else all.pages.push(page);
      names.add(page.source);
    }
    all.failed.push(...failed);
    all.unlisted.push(...unlisted);
  }
  return all;
}

/** A damaged index does not stand in the way of building it anew. */
async function readBase(
  index: KnowledgeIndex,
  force: boolean,
): Promise<Pick<ReindexPlan, 'base' | 'before' | 'isBaseDamaged'>> {
  try {
    return { base: await index.active(), before: await index.pages(), isBaseDamaged: false };
  } catch (error) {
    if (force && error instanceof StoreError) return { base: undefined, before: [], isBaseDamaged: true };
    throw error;
  }
}

async function comparePage(
  plan: ReindexPlan,
  listed: ListedPage,
  known: IndexedPage | undefined,
  { index, force }: { index: KnowledgeIndex; force: boolean },
): Promise<'gone' | undefined> {
  // A new way of cutting pages makes every stamp old.
  const stamp = `${CHUNK_FORMAT}-${listed.stamp}`;
  if (!force && known?.stamp === stamp) {
    plan.unchanged += 1;
    return undefined;
  }
  const outcome = await readOrFail(listed);
  if ('gone' in outcome) return 'gone';
  if ('failed' in outcome) {
    plan.failed.push(outcome.failed);
    return undefined;
  }
  if ('unchanged' in outcome) return keep(plan, listed, known, { index, force });
  const { page } = outcome;
  if (!force && known?.hash === page.hash) {
    plan.unchanged += 1;
    return undefined;
  }
  const passages = await cut(page);
  const change = known === undefined ? 'added' : known.hash === page.hash ? 'same' : 'changed';
  plan.upserts.push({ page: { source: page.source, hash: page.hash, stamp }, passages, change });
  plan[change === 'same' ? 'unchanged' : change] += 1;
  return undefined;
}

/** What no reader foresaw about one page must not keep all others out. */
async function readOrFail(listed: ListedPage): Promise<PageReading> {
  try {
    return await listed.read();
  } catch (error) {
    if (error instanceof CountersignError) throw error;
    return { failed: { source: listed.source, reason: `could not be read: ${toError(error).message}` } };
  }
}

/** The source says that nothing has changed, so what the index holds is all there is to read. */
async function keep(
  plan: ReindexPlan,
  listed: ListedPage,
  known: IndexedPage | undefined,
  { index, force }: { index: KnowledgeIndex; force: boolean },
): Promise<undefined> {
  if (known === undefined) {
    const reason = 'was said to be unchanged and is not in the index; it is read at the next run';
    plan.failed.push({ source: listed.source, reason });
    return undefined;
  }
  plan.unchanged += 1;
  if (!force) return undefined;
  const passages = (await readPassagesOf(index, [known.source])).get(known.source) ?? [];
  plan.upserts.push({ page: known, passages, change: 'same' });
  return undefined;
}

/** Lets other work in after every passage: a long page takes a second to cut. */
async function cut(page: Page): Promise<Passage[]> {
  const passages: Passage[] = [];
  for (const passage of chunk(page)) {
    passages.push(passage);
    await setImmediate();
  }
  return passages;
}

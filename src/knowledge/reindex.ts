import { setImmediate } from 'node:timers/promises';
import { StoreError } from '../errors.ts';
import type { Clock, IndexChange, IndexedPage, KnowledgeIndex } from '../ports.ts';
import { CHUNK_FORMAT, chunk } from './chunk.ts';
import { ReindexRefused } from './reindex-refused.ts';
import type {
  FailedPage,
  ListedPage,
  Page,
  PageListing,
  PageSource,
  Passage,
  ReindexProgress,
  ReindexResult,
} from './types.ts';

export interface ReindexOptions {
  /** Finds out what would change, builds it, and throws the build away. */
  dryRun?: boolean;
  /** Indexes every page anew, and lets any number of pages go. */
  force?: boolean;
  onProgress?: (progress: ReindexProgress) => void;
}

export type Reindex = (options?: ReindexOptions) => Promise<ReindexResult>;

/** More than this share of the pages gone at once is rather a folder not mounted than an editor's will. */
const MAX_REMOVED_SHARE = 0.3;

/** Slack allows about one edit of a message a second. */
const PROGRESS_EVERY_MS = 1_000;

/** Brings the index to what the sources hold. Whoever searches sees the old version until the new one is complete. */
export function createReindex(parts: {
  index: KnowledgeIndex;
  sources: PageSource[];
  clock: Clock;
  onProgress?: (progress: ReindexProgress) => void;
}): Reindex {
  const { index, sources, clock } = parts;
  return async (options = {}) => {
    const started = clock.now();
    const report = createReport(clock, options.onProgress ?? parts.onProgress);
    const listing = await listAll(sources);
    const before = await indexedPages(index, options.force ?? false);
    const diff = await compare(listing, before, options.force ?? false, report);
    requirePlausible(diff, before, listing, options.force ?? false);
    const chunks = await apply(index, diff, options.dryRun ?? false, report);
    return {
      pages: before.length + diff.added - diff.removals.length,
      added: diff.added,
      changed: diff.changed,
      removed: diff.removals.length,
      unchanged: diff.unchanged,
      failed: diff.failed,
      chunks,
      ms: clock.now() - started,
    };
  };
}

interface Diff {
  upserts: IndexChange[];
  removals: string[];
  added: number;
  changed: number;
  unchanged: number;
  failed: FailedPage[];
}

type Report = (phase: ReindexProgress['phase'], done: number, total: number) => void;

async function listAll(sources: PageSource[]): Promise<PageListing> {
  const all: PageListing = { pages: [], failed: [], unlisted: [] };
  for (const source of sources) {
    const { pages, failed, unlisted } = await source.list();
    all.pages.push(...pages);
    all.failed.push(...failed);
    all.unlisted.push(...unlisted);
  }
  return all;
}

/** A damaged index does not stand in the way of building it anew. */
async function indexedPages(index: KnowledgeIndex, force: boolean): Promise<IndexedPage[]> {
  try {
    return await index.pages();
  } catch (error) {
    if (force && error instanceof StoreError) return [];
    throw error;
  }
}

async function compare(
  listing: PageListing,
  before: IndexedPage[],
  force: boolean,
  report: Report,
): Promise<Diff> {
  const known = new Map(before.map((page) => [page.source, page]));
  const diff: Diff = {
    upserts: [],
    removals: [],
    added: 0,
    changed: 0,
    unchanged: 0,
    failed: [...listing.failed],
  };
  for (const [at, listed] of listing.pages.entries()) {
    report('reading', at, listing.pages.length);
    await comparePage(diff, listed, known.get(listed.source), force);
  }
  report('reading', listing.pages.length, listing.pages.length);
  const there = new Set([...listing.pages, ...diff.failed].map(({ source }) => source));
  const isUnknown = (source: string) => listing.unlisted.some((beginning) => source.startsWith(beginning));
  diff.removals = before
    .map(({ source }) => source)
    .filter((source) => !there.has(source) && !isUnknown(source));
  return diff;
}

async function comparePage(
  diff: Diff,
  listed: ListedPage,
  known: IndexedPage | undefined,
  force: boolean,
): Promise<void> {
  // A new way of cutting pages makes every stamp old.
  const stamp = `${CHUNK_FORMAT}-${listed.stamp}`;
  if (!force && known?.stamp === stamp) {
    diff.unchanged += 1;
    return;
  }
  const outcome = await listed.read();
  if ('failed' in outcome) {
    diff.failed.push(outcome.failed);
    return;
  }
  const { page } = outcome;
  if (!force && known?.hash === page.hash) {
    diff.unchanged += 1;
    return;
  }
  const passages = await cut(page);
  diff.upserts.push({ page: { source: page.source, hash: page.hash, stamp }, passages });
  if (known && known.hash === page.hash) diff.unchanged += 1;
  else if (known) diff.changed += 1;
  else diff.added += 1;
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

function requirePlausible(diff: Diff, before: IndexedPage[], listing: PageListing, force: boolean): void {
  const left = before.length + diff.added - diff.removals.length;
  if (left === 0) {
    const reasons = diff.failed.slice(0, 5).map(({ source, reason }) => `${source} ${reason}`);
    const why = listing.pages.length === 0 ? 'the sources hold no page' : reasons.join('; ');
    throw new ReindexRefused(`No page would be left in the index, so nothing was changed: ${why}`);
  }
  if (force || diff.removals.length <= 1) return;
  if (diff.removals.length <= before.length * MAX_REMOVED_SHARE) return;
  const examples = diff.removals.slice(0, 3).join(', ');
  throw new ReindexRefused(
    `${diff.removals.length} of ${before.length} indexed pages are gone from the sources (${examples}, …), so nothing was changed. ` +
      'Check KNOWLEDGE; if they are meant to go, run "npm run reindex -- --force"',
  );
}

/** Returns how many passages the index holds then. */
async function apply(index: KnowledgeIndex, diff: Diff, dryRun: boolean, report: Report): Promise<number> {
  const { upserts, removals } = diff;
  if (upserts.length === 0 && removals.length === 0) return (await index.active())?.passages ?? 0;
  const build = await index.build({ upserts, removals }, (done, total) => report('indexing', done, total));
  if (dryRun) {
    await build.discard();
    return build.passages;
  }
  report('switching', 0, 1);
  await build.activate();
  report('switching', 1, 1);
  return build.passages;
}

/** Passes on the beginning of each phase, its end, and one step a second in between. */
function createReport(clock: Clock, onProgress: ((progress: ReindexProgress) => void) | undefined): Report {
  let phaseNow: string | undefined;
  let last = 0;
  return (phase, done, total) => {
    const now = clock.now();
    if (phase === phaseNow && done < total && now - last < PROGRESS_EVERY_MS) return;
    phaseNow = phase;
    last = now;
    onProgress?.({ phase, done, total });
  };
}

import { StoreError } from '../errors.ts';
import type { Clock, Embedder, KnowledgeIndex } from '../ports.ts';
import { judgePlan } from './gate.ts';
import { measureRelease, touchesMuch } from './gate-facts.ts';
import { describeRefusal, leavesNothing, requireNoFinding, requirePages } from './gate-refusal.ts';
import type { GoldenQuestions } from './probe-file.ts';
import { describeGolden } from './probe-warnings.ts';
import { readPassagesOf } from './read-passages-of.ts';
import { estimateWrites, losesVectors, makeChanges, planWrites, requireVectors } from './reindex-changes.ts';
import { planReindex, type ReindexPlan } from './reindex-plan.ts';
import { createReport } from './reindex-report.ts';
import { figuresOf, resultOf } from './reindex-result.ts';
import { type Prepared, release } from './release.ts';
import type { PageSource, Passage, ReindexProgress, ReindexResult } from './types.ts';

export interface ReindexOptions {
  /** Finds out what would change and whether it would be refused, and builds nothing. */
  dryRun?: boolean;
  /** Indexes every page anew, and releases what the gate would refuse unless something is broken. */
  force?: boolean;
  /** A file of probe questions instead of the usual one. */
  probes?: string | undefined;
  onProgress?: (progress: ReindexProgress) => void;
  /** Ends the run with ReindexStopped at its next step, unless the new version serves by then. */
  signal?: AbortSignal | undefined;
}

export type Reindex = (options?: ReindexOptions) => Promise<ReindexResult>;

/** The passages of pages that were changed or removed, as they were and as they are. */
export interface Switched {
  before: Passage[];
  after: Passage[];
}

export interface ReindexParts {
  index: KnowledgeIndex;
  sources: PageSource[];
  clock: Clock;
  /** Without it the index holds words alone. */
  embedder?: Embedder | undefined;
  /** Somebody wants words alone. Else an index that holds vectors is not written without an embedder. */
  wordsChosen?: boolean | undefined;
  /** One run at a time, whichever process asks: throws while another one is going on; a killed run lets go. */
  lock?: (() => Promise<() => void>) | undefined;
  /** The team's own probe questions; undefined when it has none. */
  readQuestions?: ((path: string | undefined) => Promise<GoldenQuestions | undefined>) | undefined;
  /** After the switch, once for every release that changed or removed a page. */
  onSwitched?: ((switched: Switched) => Promise<void>) | undefined;
  onProgress?: (progress: ReindexProgress) => void;
}

/**
 * Brings the index to what the sources hold, as a release: plan, build aside, gate, switch. Whoever searches sees the
 * old version until the new one has passed.
 */
export function createReindex(parts: ReindexParts): Reindex {
  return async (options = {}) => {
    const unlock = options.dryRun ? undefined : await parts.lock?.();
    try {
      return await runReindex(parts, options);
    } finally {
      unlock?.();
    }
  };
}

async function runReindex(parts: ReindexParts, options: ReindexOptions): Promise<ReindexResult> {
  const startedAt = parts.clock.now();
  const report = createReport(parts.clock, options.onProgress ?? parts.onProgress, options.signal);
  const golden = await parts.readQuestions?.(options.probes);
  const plan = await planReindex(parts, { force: options.force ?? false, report });
  const context = { ...parts, report };
  if (!options.dryRun) requirePages(plan);
  const pages = await planWrites(plan, context);
  if (pages.length + plan.removals.length === 0) {
    const result = await resultOf(parts, plan, startedAt, {});
    const refused = leavesNothing(plan);
    return refused === undefined ? result : { ...result, refused };
  }
  const former = await readFormer(plan, parts.index, options.force ?? false);
  const facts = await measureRelease(plan, former);
  const prepared: Prepared = { plan, former, facts, findings: judgePlan(facts), startedAt };
  if (options.dryRun) {
    const embeddings = await estimateWrites(pages, parts);
    return foresee(parts, prepared, { embeddings, golden, force: options.force ?? false });
  }
  if (!options.force) {
    requireVectors(plan, parts);
    requireNoFinding(prepared.findings);
  }
  const planned = await makeChanges(plan, pages, context);
  if (planned.changes.upserts.length + plan.removals.length === 0)
    return resultOf(parts, plan, startedAt, planned);
  return release(parts, prepared, planned, { force: options.force ?? false, golden, report });
}

/** What a dry run can say without building anything: the questions of the gate need a version to ask. */
async function foresee(
  parts: ReindexParts,
  { plan, facts, findings, startedAt }: Prepared,
  options: {
    embeddings: ReindexResult['embeddings'];
    golden: GoldenQuestions | undefined;
    force: boolean;
  },
): Promise<ReindexResult> {
  const { embeddings, golden, force } = options;
  const chunks = facts.passages.after;
  const gate = figuresOf(facts, undefined, { pages: facts.pages.after, passages: chunks });
  const refused =
    leavesNothing(plan) ?? (force ? undefined : (losesVectors(plan, parts) ?? describeRefusal(findings)));
  const result = await resultOf(parts, plan, startedAt, {
    embeddings,
    gate,
    chunks,
    warnings: describeGolden(golden, plan),
  });
  return refused === undefined ? result : { ...result, refused };
}

/** As they were, of all pages where much changes. A version that cannot be read stands in no way of a forced run. */
async function readFormer(
  plan: ReindexPlan,
  index: KnowledgeIndex,
  force: boolean,
): Promise<Map<string, Passage[]>> {
  const changed = plan.upserts.filter(({ change }) => change === 'changed').map(({ page }) => page.source);
  const sources = touchesMuch(plan)
    ? plan.before.map(({ source }) => source)
    : [...changed, ...plan.removals];
  try {
    return await readPassagesOf(index, sources);
  } catch (error) {
    if (!force || !(error instanceof StoreError)) throw error;
    plan.isBaseDamaged = true;
    return new Map();
  }
}

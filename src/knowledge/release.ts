import { StoreError, toError } from '../errors.ts';
import type { IndexBuild, KnowledgeIndex } from '../ports.ts';
import { type Finding, judgeBuild, judgeProbes, type ProbeFacts } from './gate.ts';
import type { ReleaseFacts } from './gate-facts.ts';
import { requireNoFinding } from './gate-refusal.ts';
import { probeBuild } from './probe.ts';
import type { GoldenQuestions } from './probe-file.ts';
import { describeGolden } from './probe-warnings.ts';
import type { ReindexParts } from './reindex.ts';
import type { PlannedChanges } from './reindex-changes.ts';
import type { ReindexPlan, Report } from './reindex-plan.ts';
import { figuresOf, resultOf } from './reindex-result.ts';
import type { Passage, ReindexResult } from './types.ts';

/** A plan with everything the gate and the result need to know of it. */
export interface Prepared {
  plan: ReindexPlan;
  /** What the index held of the pages that change, or of all of them. */
  former: Map<string, Passage[]>;
  facts: ReleaseFacts;
  findings: Finding[];
  startedAt: number;
}

/** Builds aside, tries the build, and lets it serve. What does not pass is discarded. */
export async function release(
  parts: ReindexParts,
  prepared: Prepared,
  planned: PlannedChanges,
  options: { force?: boolean; golden: GoldenQuestions | undefined; report: Report },
): Promise<ReindexResult> {
  const { plan, facts, startedAt } = prepared;
  const { golden, force = false, report } = options;
  const build = await parts.index.build(planned.changes, (done, total) => report('indexing', done, total));
  const warnings = [...planned.warnings, ...describeGolden(golden, plan)];
  let probes: ProbeFacts;
  try {
    await requireSameBase(parts.index, plan);
    const faults = plan.isBaseDamaged ? [] : judgeBuild(totalsOf(facts), build);
    requireNoFinding(faults);
    probes = await probeBuild({
      ...{ index: parts.index, build: searchable(build), embedder: parts.embedder, plan },
      ...{ former: prepared.former, changes: planned.changes.upserts, questions: golden?.questions },
      force,
      onProgress: (done, total) => total > 0 && report('checking', done, total),
    });
    const findings = judgeProbes(probes);
    requireNoFinding(force ? findings.filter(({ isFault }) => isFault) : findings);
    const overruled = [...prepared.findings, ...findings].map(({ says }) => `Released by force: ${says}`);
    warnings.push(...overruled);
    report('switching', 0, 1);
  } catch (error) {
    await build.discard();
    throw error;
  }
  await build.activate();
  report('switching', 1, 1);
  warnings.push(...(await tellSwitched(parts, prepared)));
  const gate = figuresOf(facts, probes, build);
  return resultOf(parts, plan, startedAt, { ...planned, warnings, gate, chunks: build.passages });
}

/** Where the lock does not reach, such as a second machine, another run may have switched since the comparison. */
async function requireSameBase(index: KnowledgeIndex, plan: ReindexPlan): Promise<void> {
  if (plan.isBaseDamaged || (await index.active())?.version === plan.base?.version) return;
  throw new StoreError('Another re-index of this knowledge base has ended meanwhile; run it again');
}

function searchable(build: IndexBuild): Pick<KnowledgeIndex, 'active' | 'candidates'> {
  return { active: async () => build, candidates: (query) => build.candidates(query) };
}

function totalsOf({ pages, passages }: ReleaseFacts): { pages: number; passages: number } {
  return { pages: pages.after, passages: passages.after };
}

/** The release stands whatever comes of it: who is told can only be told again by hand. */
async function tellSwitched(parts: ReindexParts, { plan, former }: Prepared): Promise<string[]> {
  const changed = plan.upserts.filter(({ change }) => change === 'changed');
  const sources = [...changed.map(({ page }) => page.source), ...plan.removals];
  if (sources.length === 0 || parts.onSwitched === undefined) return [];
  const before = sources.flatMap((source) => former.get(source) ?? []);
  const after = changed.flatMap(({ passages }) => passages);
  try {
    await parts.onSwitched({ before, after });
    return [];
  } catch (error) {
    return [`Answers given from the pages that changed could not be looked at: ${toError(error).message}`];
  }
}

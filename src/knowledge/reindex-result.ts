import type { Clock, KnowledgeIndex } from '../ports.ts';
import type { ProbeFacts } from './gate.ts';
import type { ReleaseFacts } from './gate-facts.ts';
import type { ReindexPlan } from './reindex-plan.ts';
import type { GateFigures, ReindexResult } from './types.ts';

/** What the gate saw, as it is reported. */
export function figuresOf(
  facts: ReleaseFacts,
  probes: ProbeFacts | undefined,
  built: { pages: number; passages: number },
): GateFigures {
  const { kept, fresh, questions } = probes ?? {};
  return {
    pages: { before: facts.pages.before, after: built.pages },
    passages: { before: facts.passages.before, after: built.passages },
    titles:
      kept && fresh
        ? { asked: kept.asked + fresh.asked, found: kept.found + fresh.found, lost: kept.lost.length }
        : null,
    questions: questions
      ? { asked: questions.asked, found: questions.found, lost: questions.lost.length }
      : null,
  };
}

/** What a run did, or would do. */
export async function resultOf(
  { index, clock }: { index: KnowledgeIndex; clock: Clock },
  plan: ReindexPlan,
  startedAt: number,
  made: {
    chunks?: number;
    embeddings?: ReindexResult['embeddings'];
    warnings?: string[];
    gate?: GateFigures;
  },
): Promise<ReindexResult> {
  return {
    pages: plan.before.length + plan.added - plan.removals.length,
    added: plan.added,
    changed: plan.changed,
    removed: plan.removals.length,
    unchanged: plan.unchanged,
    failed: plan.failed,
    chunks: made.chunks ?? plan.base?.passages ?? 0,
    ms: clock.now() - startedAt,
    version: (await index.active())?.version ?? null,
    embeddings: made.embeddings ?? { needed: 0, costUsd: null },
    warnings: made.warnings ?? [],
    gate: made.gate ?? null,
  };
}

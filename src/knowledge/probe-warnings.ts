import type { GoldenQuestions } from './probe-file.ts';
import type { ReindexPlan } from './reindex-plan.ts';

/** The rest is of the same kind. */
const NAMED = 5;

/** What is wrong with the team's own questions, as far as the pages that are to be indexed show it. */
export function describeGolden(golden: GoldenQuestions | undefined, plan: ReindexPlan): string[] {
  if (golden === undefined) return [];
  return [...golden.warnings, ...describeMissing(golden, plan)];
}

/** A page that is not there is never found, so its question can never be lost and proves nothing. */
function describeMissing({ questions }: GoldenQuestions, plan: ReindexPlan): string[] {
  const removed = new Set(plan.removals);
  const kept = plan.before.filter(({ source }) => !removed.has(source));
  const there = new Set([...kept, ...plan.upserts.map(({ page }) => page)].map(({ source }) => source));
  const missing = questions.flatMap(({ question, gold }) =>
    gold.filter((source) => !there.has(source)).map((source) => `${source} ("${question}")`),
  );
  if (missing.length === 0) return [];
  const more = missing.length > NAMED ? ` and ${missing.length - NAMED} more` : '';
  return [
    `Probe questions name pages that are not in the index, so these cannot be tried: ${missing.slice(0, NAMED).join(', ')}${more}. Correct "gold" in the probe file`,
  ];
}

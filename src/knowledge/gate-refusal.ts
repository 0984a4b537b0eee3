import type { Finding } from './gate.ts';
import type { ReindexPlan } from './reindex-plan.ts';
import { ReindexRefused } from './reindex-refused.ts';

export function requirePages(plan: ReindexPlan): void {
  const reason = leavesNothing(plan);
  if (reason !== undefined) throw new ReindexRefused(reason);
}

/** Why nothing would be left, if so. */
export function leavesNothing(plan: ReindexPlan): string | undefined {
  if (plan.before.length + plan.added - plan.removals.length > 0) return undefined;
  const reasons = plan.failed.slice(0, 5).map(({ source, reason }) => `${source} ${reason}`);
  const why = plan.listed === 0 ? 'the sources hold no page' : reasons.join('; ');
  return `No page would be left in the index, so nothing was changed: ${why}`;
}

export function requireNoFinding(findings: Finding[]): void {
  const refusal = describeRefusal(findings);
  if (refusal !== undefined) throw new ReindexRefused(refusal);
}

/** What was seen and what to do about it; undefined when there is nothing. */
export function describeRefusal(findings: Finding[]): string | undefined {
  if (findings.length === 0) return undefined;
  const seen = `${findings.map(({ says }) => says).join('; ')}, so nothing was changed.`;
  if (findings.some(({ isFault }) => isFault))
    return `${seen} Run it again; if it stays so, look for errors of the index and of the embedder in the log`;
  return `${seen} Check KNOWLEDGE and what its pages say now; if it is meant to be so, run "npm run reindex -- --force"`;
}

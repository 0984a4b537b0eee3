import type { Clock } from '../ports.ts';
import type { Report } from './reindex-plan.ts';
import type { ReindexProgress } from './types.ts';

/** Slack allows about one edit of a message a second. */
const PROGRESS_EVERY_MS = 1_000;

/** Passes on the beginning of each phase, its end, and one step a second in between. */
export function createReport(
  clock: Clock,
  onProgress: ((progress: ReindexProgress) => void) | undefined,
): Report {
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

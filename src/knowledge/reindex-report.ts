import type { Clock } from '../ports.ts';
import type { Report } from './reindex-plan.ts';
import { ReindexStopped } from './reindex-stopped.ts';
import type { ReindexProgress } from './types.ts';

/** Slack allows about one edit of a message a second. */
const PROGRESS_EVERY_MS = 1_000;

/**
 * Passes on the beginning of each phase, its end, and one step a second in between. Every step of a run comes by here,
 * so this is where a run that is to end throws ReindexStopped; a switch that was made is not taken back by it.
 */
export function createReport(
  clock: Clock,
  onProgress: ((progress: ReindexProgress) => void) | undefined,
  signal?: AbortSignal | undefined,
): Report {
  let phaseNow: string | undefined;
  let last = 0;
  return (phase, done, total) => {
    const isSwitched = phase === 'switching' && done > 0;
    if (signal?.aborted && !isSwitched) throw new ReindexStopped();
    const now = clock.now();
    if (phase === phaseNow && done < total && now - last < PROGRESS_EVERY_MS) return;
    phaseNow = phase;
    last = now;
    onProgress?.({ phase, done, total });
  };
}

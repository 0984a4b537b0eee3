import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { IndexChange } from '../../src/ports.ts';

export interface BenchSample {
  changes: IndexChange[];
  passages: number;
  questions: { text: string; vector: Float32Array }[];
}

export interface SearchTimes {
  index: string;
  passages: number;
  questions: number;
  p50Ms: number;
  p95Ms: number;
  /** The longest that everything else in the process had to wait while questions were asked. */
  stallMs: number;
}

const WARM_UP = 20;

/** Asks one question after the other, after a few that do not count. */
export async function timeSearches(
  index: string,
  sample: BenchSample,
  search: (question: BenchSample['questions'][number]) => Promise<unknown>,
): Promise<SearchTimes> {
  for (const question of sample.questions.slice(0, WARM_UP)) await search(question);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const times: number[] = [];
  for (const question of sample.questions) {
    const from = performance.now();
    await search(question);
    times.push(performance.now() - from);
  }
  delay.disable();
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0;
  return {
    ...{ index, passages: sample.passages, questions: times.length },
    ...{ p50Ms: at(0.5), p95Ms: at(0.95), stallMs: delay.max / 1e6 },
  };
}

export function describeTimes(times: SearchTimes[]): string {
  const rows = times.map((one) => [
    one.index,
    String(one.passages),
    ...[one.p50Ms, one.p95Ms, one.stallMs].map((ms) => ms.toFixed(1)),
  ]);
  const head = ['index', 'passages', 'p50 ms', 'p95 ms', 'longest stall ms'];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

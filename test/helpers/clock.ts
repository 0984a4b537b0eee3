import { onTestFinished, vi } from 'vitest';
import type { Clock } from '../../src/ports.ts';

export interface FakeClock extends Clock {
  /** Lets time pass: every timer that becomes due rings, and what it starts is finished. */
  advance(ms: number): Promise<void>;
  /** Milliseconds since the clock was made. */
  elapsed(): number;
}

/** Time that stands still until the test moves it. Timers of the code under test go by it, too. */
export function createFakeClock(start = Date.UTC(2026, 0, 5, 9)): FakeClock {
  vi.useFakeTimers({ now: start, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  return {
    now: () => Date.now(),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(resolve, ms);
        signal?.addEventListener('abort', () => {
          clearTimeout(timer);
          reject(signal.reason);
        });
      }),
    advance: async (ms) => {
      await vi.advanceTimersByTimeAsync(ms);
    },
    elapsed: () => Date.now() - start,
  };
}

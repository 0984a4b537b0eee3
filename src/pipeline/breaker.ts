import type { Clock } from '../ports.ts';

export interface Breaker {
  /** Whether a call may be made now. After the pause calls are let through to find out. */
  isClosed(): boolean;
  succeeded(): void;
  /** `pauseMs` when the vendor said how long it will not answer. */
  failed(pauseMs?: number): void;
}

/** A dependency that failed this often in a row is most likely down, and asking it costs every customer time. */
const FAILURES = 3;
const PAUSE_MS = 30_000;

/** Stops asking a dependency that is down, and asks again after a pause. */
export function createBreaker(clock: Clock): Breaker {
  let failures = 0;
  let openUntil = 0;
  return {
    isClosed: () => clock.now() >= openUntil,
    succeeded() {
      failures = 0;
      openUntil = 0;
    },
    failed(pauseMs) {
      failures += 1;
      if (pauseMs !== undefined) openUntil = clock.now() + pauseMs;
      else if (failures >= FAILURES) openUntil = clock.now() + PAUSE_MS;
    },
  };
}

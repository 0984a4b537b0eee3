import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../src/ports.ts';

export interface TestClock extends Clock {
  advance(ms: number): void;
}

/** Real time that can be moved forward. Timers that are running already keep their own time. */
export function createTestClock(): TestClock {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    sleep: (ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal }),
    advance(ms) {
      ahead += ms;
    },
  };
}

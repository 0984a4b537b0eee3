import type { Clock } from '../ports.ts';

/** Lets one request at a time through to a host, and keeps them apart. */
export interface Pace {
  /** Runs `work` in its turn, and tells how long the host took with the pause before it. */
  take<T>(host: string, work: () => Promise<T>, tookMs: (host: string, ms: number) => void): Promise<T>;
  /** From now on leaves this much time between two requests to the host. */
  slowDown(host: string, delayMs: number): void;
}

export function createPace(delayMs: number, clock: Clock): Pace {
  const hosts = new Map<string, { last: Promise<unknown>; endedAt: number; delayMs: number }>();
  const hostOf = (name: string) => {
    const host = hosts.get(name) ?? { last: Promise.resolve(), endedAt: Number.NEGATIVE_INFINITY, delayMs };
    hosts.set(name, host);
    return host;
  };
  return {
    take(name, work, tookMs) {
      const host = hostOf(name);
      const turn = host.last.then(async () => {
        const from = clock.now();
        const wait = host.endedAt + host.delayMs - from;
        if (wait > 0) await clock.sleep(wait);
        try {
          return await work();
        } finally {
          host.endedAt = clock.now();
          tookMs(name, host.endedAt - from);
        }
      });
      host.last = turn.catch(() => {});
      return turn;
    },
    slowDown(name, wanted) {
      const host = hostOf(name);
      host.delayMs = Math.max(host.delayMs, wanted);
    },
  };
}

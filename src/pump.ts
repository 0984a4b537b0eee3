import { toError } from './errors.ts';
import type { Logger } from './log.ts';
import type { Clock } from './ports.ts';

export interface Pump {
  /** There may be work: look now. */
  wake(): void;
  start(): void;
  /** Takes nothing more and lets the work in hand finish, up to `timeoutMs`. */
  stop(timeoutMs: number): Promise<void>;
}

/** When the table that feeds the pump cannot be read. */
const READ_AGAIN_MS = 1_000;
/** Timers are only a promise to look again, so a long one is cut: clocks jump. */
const MAX_WAIT_MS = 60_000;

/**
 * Takes work from a table and runs it, a bounded number at a time. It sleeps until it is woken or until the next
 * work is due, so an idle bot does nothing at all.
 */
export function createPump(deps: {
  name: string;
  clock: Clock;
  log: Logger;
  concurrency: number;
  /** Claims one piece of work and returns how to do it; undefined when there is none now. Never rejects when run. */
  claim: () => Promise<(() => Promise<void>) | undefined>;
  /** The next moment (ms) at which there may be work without a wake. */
  nextDue: () => Promise<number | undefined>;
}): Pump {
  const running = new Set<Promise<void>>();
  let started = false;
  let filling: Promise<void> | undefined;
  let wokenMeanwhile = false;
  let timer: NodeJS.Timeout | undefined;

  async function fill(): Promise<void> {
    try {
      // A wake may come at any moment in here, also while the next due time is read: each is looked into.
      while (wokenMeanwhile && started) {
        wokenMeanwhile = false;
        await claimUntilFull();
        sleepUntil(await deps.nextDue());
      }
    } catch (error) {
      deps.log.error(`the ${deps.name} could not be read; looking again in a second`, {
        error: toError(error),
      });
      sleepUntil(deps.clock.now() + READ_AGAIN_MS);
    } finally {
      filling = undefined;
    }
  }

  async function claimUntilFull(): Promise<void> {
    while (started && running.size < deps.concurrency) {
      const work = await deps.claim();
      if (work === undefined) return;
      const done = work().finally(() => {
        running.delete(done);
        wake();
      });
      running.add(done);
    }
  }

  function sleepUntil(due: number | undefined): void {
    clearTimeout(timer);
    if (due === undefined || !started) return;
    timer = setTimeout(wake, Math.min(Math.max(due - deps.clock.now(), 1), MAX_WAIT_MS));
  }

  function wake(): void {
    wokenMeanwhile = true;
    if (started) filling ??= fill();
  }

  /** What is being claimed at this moment is work in hand, too. */
  async function settle(): Promise<void> {
    await filling;
    await Promise.allSettled([...running]);
  }

  return {
    wake,
    start() {
      started = true;
      wake();
    },
    async stop(timeoutMs) {
      started = false;
      clearTimeout(timer);
      // Cut short when the work is done: a timer left behind would keep the process from ending.
      const patience = new AbortController();
      const timeout = deps.clock.sleep(timeoutMs, patience.signal).catch(() => undefined);
      await Promise.race([settle(), timeout]);
      patience.abort();
    },
  };
}

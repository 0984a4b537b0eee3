import type { Json } from './types.ts';

export type CallFault =
  | { type: 'rate-limited'; retryAfterSeconds: number }
  | { type: 'status'; status: number; body?: string }
  | { type: 'error'; error: string; extra?: Json }
  | { type: 'html' }
  /** Never answered; the caller's own time limit has to end it. */
  | { type: 'hang' }
  /** Answered late. The work is done at once unless `before` holds it back too. */
  | { type: 'slow'; ms: number; before?: boolean }
  /** The connection breaks before Slack did anything. */
  | { type: 'dropped' }
  /** Slack did the work, but the answer is lost: the ambiguous failure. */
  | { type: 'dropped-after-processing' };

interface CallRule {
  method: string;
  fault: CallFault;
  left: number;
  when: (args: Json) => boolean;
}

interface Budget {
  left: number;
  name?: string;
}

export type FaultScript = ReturnType<typeof createFaults>;

/** What shall go wrong, and how often; written by tests, read by the server. An empty script changes nothing. */
export function createFaults(nowMs: () => number = Date.now) {
  let calls: CallRule[] = [];
  let ackDrops: Budget = { left: 0 };
  let losses: Budget = { left: 0 };
  let duplicates: Budget = { left: 0 };
  let held: { wanted: number; releases: (() => void)[] } = { wanted: 0, releases: [] };
  let hideMs = 0;
  const hiddenUntil = new Map<string, number>();

  return {
    /** The next `times` calls of the method (`*` = any) go wrong. Rules are used up in the order they were given. */
    onCall(
      method: string,
      fault: CallFault,
      more: { times?: number; when?: (args: Json) => boolean } = {},
    ): void {
      calls.push({ method, fault, left: more.times ?? 1, when: more.when ?? (() => true) });
    },
    takeCall(method: string, args: Json): CallFault | undefined {
      const rule = calls.find((one) => one.left > 0 && [method, '*'].includes(one.method) && one.when(args));
      if (rule) rule.left -= 1;
      return rule?.fault;
    },
    /** The bot acknowledges, but Slack never hears it, so the event comes again. */
    dropAcks(times = 1, name?: string): void {
      ackDrops = { left: times, name };
    },
    takeAckDrop: (name: string) => take(ackDrops, name),
    /** Events that never reach the bot at all: Slack calls its delivery a best effort. */
    loseEvents(times = 1, name?: string): void {
      losses = { left: times, name };
    },
    takeLoss: (name: string) => take(losses, name),
    duplicateEvents(times = 1, name?: string): void {
      duplicates = { left: times, name };
    },
    takeDuplicate: (name: string) => take(duplicates, name),
    /** Holds the next `count` events back and then delivers them in the opposite order. */
    reorderEvents(count: number): void {
      held = { wanted: count, releases: [] };
    },
    /** True when the event was kept; it is released with its group. */
    hold(release: () => void): boolean {
      if (held.wanted === 0) return false;
      held.releases.push(release);
      if (held.releases.length < held.wanted) return true;
      const { releases } = held;
      held = { wanted: 0, releases: [] };
      for (const one of releases.reverse()) one();
      return true;
    },
    /** What is posted from now on shows up in history and replies only after `ms`, as after a replica's lag. */
    hideNewPosts(ms: number): void {
      hideMs = ms;
    },
    notePost(ts: string): void {
      if (hideMs > 0) hiddenUntil.set(ts, nowMs() + hideMs);
    },
    isVisible: (ts: string) => (hiddenUntil.get(ts) ?? 0) <= nowMs(),
    clear(): void {
      calls = [];
      for (const budget of [ackDrops, losses, duplicates]) budget.left = 0;
      for (const release of held.releases) release();
      held = { wanted: 0, releases: [] };
      hideMs = 0;
      hiddenUntil.clear();
    },
  };
}

function take(budget: Budget, name: string): boolean {
  if (budget.left <= 0 || (budget.name && budget.name !== name)) return false;
  budget.left -= 1;
  return true;
}

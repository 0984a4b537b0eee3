import type { Content } from './conversation/content.ts';
import { CountersignError, toError, VendorRefused } from './errors.ts';
import type { Logger } from './log.ts';
import type { Clock, Destination, Messenger } from './ports.ts';
import { createPump, type Pump } from './pump.ts';
import {
  claimOutbox,
  findByKey,
  findUnknown,
  markSent,
  markUnsent,
  nextOutboxDue,
  type OutboxRow,
  type Target,
} from './store/outbox.ts';
import type { Database, Db } from './store/schema.ts';

/** Slack accepts about one message a second and channel, and short bursts. */
const PACE = { perSecond: 1, burst: 4 };
/** A post becomes visible to `conversations.replies` a moment after it was accepted. */
const SETTLE_MS = 2_000;
const MAX_ATTEMPTS = 8;
const MAX_BACKOFF_MS = 60_000;
const CONCURRENCY = 8;

interface SenderDeps {
  db: Database;
  clock: Clock;
  log: Logger;
  messenger: Messenger;
  /** A row was given up: nobody will see it. */
  onDead: (db: Db, row: OutboxRow, reason: string) => Promise<void>;
}

/**
 * Sends what stands in the outbox: lanes side by side, one lane in order, at Slack's pace. When it is not known
 * whether a row arrived, Slack is asked before anything is sent again. Call `doubtUnsettled` before the start.
 */
export function createSender(deps: SenderDeps): Pump {
  const { db, clock } = deps;
  const pace = createPace(clock);
  const inFlight = new Set<string>();

  async function claim(): Promise<(() => Promise<void>) | undefined> {
    const busy = [...inFlight, ...pace.waitingLanes()];
    const doubtful = await findUnknown(db, clock.now(), busy);
    const row = doubtful ?? (await claimOutbox(db, clock.now(), busy));
    if (row === undefined) return undefined;
    if (doubtful === undefined) pace.take(row.lane);
    inFlight.add(row.lane);
    return () =>
      (doubtful ? reconcile(deps, row) : send(deps, row))
        .catch((error: unknown) => leaveInDoubt(deps, row, error))
        .finally(() => inFlight.delete(row.lane));
  }

  async function nextDue(): Promise<number | undefined> {
    const due = [await nextOutboxDue(db, clock.now()), pace.nextFree()].filter((at) => at !== undefined);
    return due.length === 0 ? undefined : Math.min(...due);
  }

  return createPump({ name: 'outbox', clock, log: deps.log, concurrency: CONCURRENCY, claim, nextDue });
}

async function send(deps: SenderDeps, row: OutboxRow): Promise<void> {
  const { db, clock } = deps;
  try {
    const destination = await resolve(deps, row);
    if (destination === undefined) return await giveUp(deps, row, 'the message it edits was never sent');
    const sent = await deps.messenger.send(destination, JSON.parse(row.content) as Content, row.key);
    await markSent(db, { id: row.id, now: clock.now(), channel: sent.channel, ts: sent.ts });
  } catch (error) {
    await settleFailure(deps, row, error);
  }
}

/** An edit goes to wherever the row it edits ended up. */
async function resolve(deps: SenderDeps, row: OutboxRow): Promise<Destination | undefined> {
  const target = JSON.parse(row.destination) as Target;
  if (target.to !== 'edit') return target;
  const edited = await findByKey(deps.db, target.of);
  if (!edited?.channel || !edited.ts) return undefined;
  return { to: 'message', channel: edited.channel, ts: edited.ts };
}

async function settleFailure(deps: SenderDeps, row: OutboxRow, error: unknown): Promise<void> {
  const reason = toError(error).message;
  const now = deps.clock.now();
  if (error instanceof VendorRefused && error.retry === 'later') {
    const notBefore = now + (error.retryAfterMs ?? backoffMs(row.attempts));
    return markUnsent(deps.db, { id: row.id, state: 'pending', notBefore, error: reason });
  }
  if (!mayPass(error) || row.attempts >= MAX_ATTEMPTS) return giveUp(deps, row, reason);
  await markUnsent(deps.db, { id: row.id, state: 'unknown', notBefore: now + SETTLE_MS, error: reason });
}

/** Looks whether a doubtful row arrived, and only then settles it or sends it again. */
async function reconcile(deps: SenderDeps, row: OutboxRow): Promise<void> {
  const { db, clock } = deps;
  try {
    const destination = await resolve(deps, row);
    const found = destination && (await deps.messenger.find(destination, row.key, Number(row.created_at)));
    if (found) return await markSent(db, { id: row.id, now: clock.now(), ...found });
    await markUnsent(db, { id: row.id, state: 'pending', notBefore: clock.now(), error: row.error ?? '' });
  } catch (error) {
    if (!mayPass(error)) {
      return giveUp(deps, row, `Whether it arrived cannot be found out: ${toError(error).message}`);
    }
    const retryAfterMs = error instanceof VendorRefused ? error.retryAfterMs : undefined;
    const notBefore = clock.now() + (retryAfterMs ?? backoffMs(row.attempts));
    await markUnsent(db, { id: row.id, state: 'unknown', notBefore, error: toError(error).message });
  }
}

/** Given up and told of in one transaction: a crash in between would leave somebody waiting who nobody knows of. */
async function giveUp(deps: SenderDeps, row: OutboxRow, reason: string): Promise<void> {
  deps.log.error('a message could not be delivered', { key: row.key, reason });
  const dead = { id: row.id, state: 'dead' as const, notBefore: deps.clock.now(), error: reason };
  try {
    await deps.db.transaction().execute(async (db) => {
      await markUnsent(db, dead);
      await deps.onDead(db, row, reason);
    });
  } catch (error) {
    deps.log.error('nobody could be told of it', { key: row.key, error: toError(error) });
    await markUnsent(deps.db, dead);
  }
}

/** What became of the row could not be written down, so Slack is asked later: a lane must not stay blocked. */
async function leaveInDoubt(deps: SenderDeps, row: OutboxRow, error: unknown): Promise<void> {
  deps.log.error('an outbox row could not be settled', { row: row.id, error: toError(error) });
  const notBefore = deps.clock.now() + SETTLE_MS;
  await markUnsent(deps.db, {
    id: row.id,
    state: 'unknown',
    notBefore,
    error: toError(error).message,
  }).catch((failure: unknown) =>
    deps.log.error('it is looked into at the next start', { row: row.id, error: toError(failure) }),
  );
}

function mayPass(error: unknown): boolean {
  return error instanceof CountersignError && error.retry === 'later';
}

function backoffMs(attempts: number): number {
  return Math.min(1_000 * 2 ** Math.max(0, attempts - 1), MAX_BACKOFF_MS);
}

/** A token bucket per lane. */
function createPace(clock: Clock) {
  const lanes = new Map<string, { tokens: number; at: number }>();
  /** Left out of the last look. One that has become free since then is due now, or nobody would come back to it. */
  let passedOver: { tokens: number; at: number }[] = [];
  const level = (lane: { tokens: number; at: number }) =>
    Math.min(PACE.burst, lane.tokens + ((clock.now() - lane.at) / 1_000) * PACE.perSecond);
  const freeAt = (lane: { tokens: number; at: number }) =>
    clock.now() + Math.ceil(((1 - level(lane)) / PACE.perSecond) * 1_000);

  return {
    take(name: string): void {
      const lane = lanes.get(name) ?? { tokens: PACE.burst, at: clock.now() };
      lanes.set(name, { tokens: level(lane) - 1, at: clock.now() });
    },
    waitingLanes(): string[] {
      for (const [name, lane] of lanes) if (level(lane) >= PACE.burst) lanes.delete(name);
      const waiting = [...lanes].filter(([, lane]) => level(lane) < 1);
      passedOver = waiting.map(([, lane]) => lane);
      return waiting.map(([name]) => name);
    },
    nextFree(): number | undefined {
      return passedOver.length === 0 ? undefined : Math.min(...passedOver.map(freeAt));
    },
  };
}

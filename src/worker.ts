import { CountersignError, InvariantError, StoreError, toError } from './errors.ts';
import type { Logger } from './log.ts';
import type { Clock } from './ports.ts';
import { createPump, type Pump } from './pump.ts';
import {
  buryInbox,
  claimInbox,
  finishInbox,
  type InboxItem,
  nextInboxDue,
  parkInbox,
  retryInbox,
} from './store/inbox.ts';
import type { Database, Db } from './store/schema.ts';

/** What a handler made of an item: changes to commit together with the item's end, or a wait. */
export type Handled = { commit: (db: Db) => Promise<void> } | { parkMs: number };

export interface Handler {
  handle(item: InboxItem): Promise<Handled>;
  /** What is to be told when the item is given up. Commits together with that. */
  giveUp?(db: Db, item: InboxItem, reason: string): Promise<void>;
}

interface WorkerDeps {
  db: Database;
  clock: Clock;
  newId: () => string;
  log: Logger;
  handlers: Readonly<Record<string, Handler>>;
  /** Something may stand in the outbox now. */
  onCommit: () => void;
}

/** Waits before the second, third and fourth try; together well inside the time a customer is made to wait. */
const RETRY_DELAYS_MS = [500, 2_000, 6_000];
const MAX_TRIES = RETRY_DELAYS_MS.length + 1;
/** When even the end of an item could not be written down. */
const END_AGAIN_MS = 6_000;
/** Answers mostly wait for the model and for Slack; more at once only queue up there. */
const CONCURRENCY = 8;

/** Works the inbox off: one item from claim to done, its effects and its end in one transaction. */
export function createWorker(deps: WorkerDeps): Pump {
  return createPump({
    name: 'inbox',
    clock: deps.clock,
    log: deps.log,
    concurrency: CONCURRENCY,
    nextDue: () => nextInboxDue(deps.db, deps.clock.now()),
    async claim() {
      const item = await claimInbox(deps.db, { token: deps.newId(), now: deps.clock.now() });
      return item && (() => runItem(deps, item));
    },
  });
}

async function runItem(deps: WorkerDeps, item: InboxItem): Promise<void> {
  try {
    await runOnce(deps, item);
  } catch (error) {
    deps.log.error('the end of an item could not be written down; it is tried again', {
      kind: item.kind,
      item: item.id,
      error: toError(error),
    });
    const again = { ...leaseOf(item), notBefore: deps.clock.now() + END_AGAIN_MS };
    await retryInbox(deps.db, { ...again, error: toError(error).message }).catch((failure: unknown) =>
      deps.log.error('an item could not be put back; it is taken up again at the next start', {
        error: toError(failure),
      }),
    );
  }
}

async function runOnce(deps: WorkerDeps, item: InboxItem): Promise<void> {
  // Nothing counts the tries of an item that ends the process each time, except the claim.
  if (item.attempts > MAX_TRIES) {
    const endless = `it was begun ${MAX_TRIES} times and never came to an end`;
    return giveUp(deps, item, new InvariantError(endless));
  }
  try {
    await work(deps, item);
  } catch (error) {
    await fail(deps, item, error);
  }
}

async function work(deps: WorkerDeps, item: InboxItem): Promise<void> {
  const { db, clock } = deps;
  const lease = leaseOf(item);
  const handled = await requireHandler(deps, item).handle(item);
  if ('parkMs' in handled) {
    await parkInbox(db, { ...lease, notBefore: clock.now() + handled.parkMs });
    return;
  }
  await db.transaction().execute(async (transaction) => {
    const stillOurs = await finishInbox(transaction, { ...lease, now: clock.now() });
    if (stillOurs) await handled.commit(transaction);
  });
  deps.onCommit();
}

async function fail(deps: WorkerDeps, item: InboxItem, error: unknown): Promise<void> {
  const { db, clock, log } = deps;
  const reason = toError(error).message;
  const delayMs = RETRY_DELAYS_MS[item.attempts - 1];
  if (error instanceof CountersignError && error.retry === 'later' && delayMs !== undefined) {
    log.warn('an item failed and is tried again', { kind: item.kind, item: item.id, reason });
    await retryInbox(db, { ...leaseOf(item), notBefore: clock.now() + delayMs, error: reason });
    return;
  }
  await giveUp(deps, item, toError(error));
}

async function giveUp(deps: WorkerDeps, item: InboxItem, error: Error): Promise<void> {
  const { db, clock, log } = deps;
  log.error('an item was given up', { kind: item.kind, item: item.id, error });
  const bury = (on: Db) => buryInbox(on, { ...leaseOf(item), now: clock.now(), error: error.message });
  try {
    await db.transaction().execute(async (transaction) => {
      if (await bury(transaction)) await deps.handlers[item.kind]?.giveUp?.(transaction, item, error.message);
    });
  } catch (failure) {
    if (failure instanceof StoreError) throw failure;
    // That nobody is told is bad; a lane that never moves again would be worse.
    log.error('nobody could be told that an item was given up', { item: item.id, error: toError(failure) });
    await bury(db);
  }
  deps.onCommit();
}

function requireHandler(deps: WorkerDeps, item: InboxItem): Handler {
  const handler = deps.handlers[item.kind];
  if (handler === undefined) throw new Error(`nothing handles inbox items of kind ${item.kind}`);
  return handler;
}

function leaseOf(item: InboxItem): { id: string; token: string } {
  return { id: item.id, token: item.lease_token ?? '' };
}

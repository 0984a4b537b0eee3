import { randomUUID } from 'node:crypto';
import { StoreError } from '../../errors.ts';
import type { Clock } from '../../ports.ts';
import { type Attempts, SCHEMA, type WeaviateConnection } from './connection.ts';

/**
 * Weaviate has no transactions, but making a class is agreed on by all nodes and fails when there is one of that
 * name. So whoever makes the class `<Name>_lock_<n>` holds the lock; its description says until when. One that has
 * run out is taken over by making n + 1, which again only one can.
 */
const LEASE_MS = 15_000;
/** Four renewals a lease: with these limits two may fail one after the other before it runs out. */
const RENEW_EVERY_MS = 3_000;
const RENEWAL: Attempts = { timeoutMs: 4_000, tries: 3 };

export interface IndexLock {
  /** Throws when another process has taken over, as after a pause longer than the lease. */
  requireHeld(): Promise<void>;
  release(): Promise<void>;
}

interface Lease {
  owner: string;
  until: number;
}

interface Held extends Lease {
  className: string;
  turn: number;
}

export async function takeLock(parts: {
  connection: WeaviateConnection;
  name: string;
  clock: Clock;
}): Promise<IndexLock> {
  const { connection, name, clock } = parts;
  const before = await readLocks(connection, name);
  const last = before.at(-1);
  if (last && last.until > clock.now()) throw isRunning(last.until - clock.now());
  const owner = randomUUID();
  const turn = (last?.turn ?? 0) + 1;
  const className = `${name}_lock_${turn}`;
  await createLock(connection, className, { owner, until: clock.now() + LEASE_MS });
  for (const old of before) await remove(connection, old.className);

  const ended = new AbortController();
  const mine = async (attempts = SCHEMA) => {
    const now = (await readLocks(connection, name, attempts)).at(-1);
    return now?.className === className && now.owner === owner;
  };
  const renewing = renew({ connection, clock, className, owner, mine, signal: ended.signal });
  return {
    async requireHeld() {
      if (await mine()) return;
      throw new StoreError(
        'This re-index was away for longer than its lock lasts, and another one took over; start it again',
      );
    },
    async release() {
      ended.abort();
      await renewing;
      // What cannot be removed runs out by itself.
      if (await mine().catch(() => false)) await remove(connection, className).catch(() => undefined);
    },
  };
}

function turnOf(name: string, className: string): number | undefined {
  const text = className.startsWith(`${name}_lock_`) ? className.slice(name.length + 6) : '';
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

async function readLocks(connection: WeaviateConnection, name: string, attempts = SCHEMA): Promise<Held[]> {
  const schema = await connection.use(attempts, (client) => client.schema.getter().do());
  return (schema.classes ?? [])
    .flatMap((one): Held[] => {
      const turn = turnOf(name, one.class ?? '');
      if (turn === undefined) return [];
      return [{ className: one.class ?? '', turn, ...readLease(one.description) }];
    })
    .sort((a, b) => a.turn - b.turn);
}

function readLease(text: string | undefined): Lease {
  const [, until = '0', owner = ''] = (text ?? '').match(/^held until (\d+) by (\S+)$/) ?? [];
  return { owner, until: Number(until) };
}

const describe = ({ owner, until }: Lease) => `held until ${until} by ${owner}`;

function lockClass(className: string, lease: Lease) {
  return {
    class: className,
    description: describe(lease),
    vectorizer: 'none',
    vectorIndexConfig: { skip: true },
    properties: [],
  };
}

async function createLock(connection: WeaviateConnection, className: string, lease: Lease): Promise<void> {
  // Not tried again: after a break the class may be there, and then it is refused as another's would be.
  const once = { ...SCHEMA, tries: 1 };
  try {
    await connection.use(once, (client) =>
      client.schema.classCreator().withClass(lockClass(className, lease)).do(),
    );
  } catch (error) {
    if (error instanceof Error && /exists already/.test(error.message)) throw isRunning(LEASE_MS, error);
    throw error;
  }
}

async function renew(parts: {
  connection: WeaviateConnection;
  clock: Clock;
  className: string;
  owner: string;
  mine: (attempts: Attempts) => Promise<boolean>;
  signal: AbortSignal;
}): Promise<void> {
  const { connection, clock, className, owner, mine, signal } = parts;
  while (!signal.aborted) {
    try {
      await clock.sleep(RENEW_EVERY_MS, signal);
      if (!(await mine(RENEWAL))) return;
      const lease = { owner, until: clock.now() + LEASE_MS };
      await connection.rest(RENEWAL, 'PUT', `/schema/${className}`, lockClass(className, lease));
    } catch {
      // A renewal that fails is tried at the next turn; `requireHeld` finds out whether it came too late.
    }
  }
}

async function remove(connection: WeaviateConnection, className: string): Promise<void> {
  await connection.use(SCHEMA, (client) => client.schema.classDeleter().withClassName(className).do());
}

function isRunning(leftMs: number, cause?: unknown): StoreError {
  const seconds = Math.max(1, Math.ceil(leftMs / 1000));
  return new StoreError(
    `Another re-index of this knowledge base is running; wait until it has ended (if it was killed, ${seconds} s)`,
    cause,
  );
}

import { type Selectable, sql, type UpdateObject } from 'kysely';
import type { Db, InboxTable, Schema } from './schema.ts';

/** What a listener makes of a delivery. `body` is plain data; the same delivery always gives the same item. */
export interface NewInboxItem {
  kind: string;
  key: string;
  subject?: string | undefined;
  lane: string;
  sortTs: string;
  body: unknown;
}

export type InboxItem = Selectable<InboxTable>;

/** Stores deliveries; one that is there already is left alone. Returns how many were new. */
export async function putInbox(
  db: Db,
  items: readonly NewInboxItem[],
  context: { newId: () => string; now: number },
): Promise<number> {
  const rows = items.map((item) => ({
    id: context.newId(),
    kind: item.kind,
    key: item.key,
    subject: item.subject ?? null,
    lane: item.lane,
    sort_ts: item.sortTs,
    body: JSON.stringify(item.body),
    state: 'ready' as const,
    attempts: 0,
    lease_token: null,
    not_before: context.now,
    received_at: context.now,
    done_at: null,
    error: null,
  }));
  const result = await db
    .insertInto('inbox')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0);
}

/**
 * Takes the next item whose lane is free: nothing of the lane is being worked on, and nothing earlier waits. The
 * attempt is counted before the work, so an item that kills the process is not tried for ever.
 */
export async function claimInbox(
  db: Db,
  lease: { token: string; now: number },
): Promise<InboxItem | undefined> {
  return db
    .updateTable('inbox')
    .set({ state: 'leased', lease_token: lease.token, attempts: sql`attempts + 1` })
    .where('id', '=', (where) =>
      where
        .selectFrom('inbox as candidate')
        .select('candidate.id')
        .where('candidate.state', '=', 'ready')
        .where('candidate.not_before', '<=', lease.now)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('inbox as other')
                .select('other.id')
                .whereRef('other.lane', '=', 'candidate.lane')
                .where('other.state', 'in', ['ready', 'leased'])
                // A lease also holds back what Slack delivered late, though its own time is earlier.
                .where(
                  sql<boolean>`(other.state = 'leased' or (other.sort_ts, other.id) < (candidate.sort_ts, candidate.id))`,
                ),
            ),
          ),
        )
        .orderBy('candidate.not_before')
        .orderBy('candidate.id')
        .limit(1),
    )
    .where('state', '=', 'ready')
    .returningAll()
    .executeTakeFirst();
}

/** Ends an item. False when the lease is no longer ours: whatever we did must then be rolled back. */
export async function finishInbox(
  db: Db,
  lease: { id: string; token: string; now: number },
): Promise<boolean> {
  return settle(db, lease, { state: 'done', done_at: lease.now, lease_token: null });
}

export async function retryInbox(
  db: Db,
  lease: { id: string; token: string; notBefore: number; error: string },
): Promise<boolean> {
  return settle(db, lease, {
    state: 'ready',
    lease_token: null,
    not_before: lease.notBefore,
    error: lease.error,
  });
}

/** Gives an item back uncounted: what it waits for has not happened yet, which is not its fault. */
export async function parkInbox(
  db: Db,
  lease: { id: string; token: string; notBefore: number },
): Promise<boolean> {
  return settle(db, lease, {
    state: 'ready',
    lease_token: null,
    not_before: lease.notBefore,
    attempts: sql`attempts - 1`,
  });
}

export async function buryInbox(
  db: Db,
  lease: { id: string; token: string; now: number; error: string },
): Promise<boolean> {
  return settle(db, lease, { state: 'dead', done_at: lease.now, lease_token: null, error: lease.error });
}

async function settle(
  db: Db,
  lease: { id: string; token: string },
  change: UpdateObject<Schema, 'inbox', 'inbox'>,
): Promise<boolean> {
  const result = await db
    .updateTable('inbox')
    .set(change)
    .where('id', '=', lease.id)
    .where('lease_token', '=', lease.token)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** With one process on the file, a lease found at start belongs to a process that is gone. */
export async function releaseLeases(db: Db): Promise<void> {
  await db
    .updateTable('inbox')
    .set({ state: 'ready', lease_token: null })
    .where('state', '=', 'leased')
    .execute();
}

/** When the next waiting item becomes due, or undefined when nothing waits. */
export async function nextInboxDue(db: Db, now: number): Promise<number | undefined> {
  const row = await db
    .selectFrom('inbox')
    .select((select) => select.fn.min('not_before').as('due'))
    .where('state', '=', 'ready')
    .where('not_before', '>', now)
    .executeTakeFirst();
  return row?.due === null || row?.due === undefined ? undefined : Number(row.due);
}

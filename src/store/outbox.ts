import { type Selectable, sql } from 'kysely';
import type { Content } from '../conversation/content.ts';
import type { Destination } from '../ports.ts';
import type { Db, OutboxTable } from './schema.ts';

export type OutboxRow = Selectable<OutboxTable>;

/** Where a row goes: a place, or the message that an earlier row became. */
export type Target = Destination | { to: 'edit'; of: string };

/**
 * Enqueues something to be shown, in the transaction that makes it true. The same key is enqueued once.
 * A pending edit of the same message is replaced: only its newest state matters.
 */
export async function enqueue(
  db: Db,
  entry: { key: string; target: Target; content: Content },
  context: { newId: () => string; now: number },
): Promise<void> {
  const content = JSON.stringify(entry.content);
  if (entry.target.to === 'edit' && (await replacePendingEdit(db, entry.target.of, content))) return;
  await db
    .insertInto('outbox')
    .values({
      id: context.newId(),
      key: entry.key,
      lane: laneOf(entry.target),
      destination: JSON.stringify(entry.target),
      content,
      edits: entry.target.to === 'edit' ? entry.target.of : null,
      state: 'pending',
      attempts: 0,
      not_before: context.now,
      created_at: context.now,
      sent_at: null,
      channel: null,
      ts: null,
      error: null,
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
}

async function replacePendingEdit(db: Db, of: string, content: string): Promise<boolean> {
  const result = await db
    .updateTable('outbox')
    .set({ content })
    .where('edits', '=', of)
    .where('state', '=', 'pending')
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Slack paces by channel, so that is what stands in line; the rest is private to one person or response. */
function laneOf(target: Target): string {
  switch (target.to) {
    case 'thread':
    case 'channel':
    case 'message':
    case 'person':
      return target.channel;
    case 'response':
      return `response:${target.url}`;
    case 'direct':
      return `direct:${target.user}`;
    case 'home':
      return `home:${target.user}`;
    case 'edit':
      return `edit:${target.of}`;
  }
}

/**
 * Marks the next due row as being sent, before anything is sent: a row found in this state after a crash may
 * have reached Slack. A lane with an unsettled row waits.
 */
export async function claimOutbox(
  db: Db,
  now: number,
  busyLanes: readonly string[],
): Promise<OutboxRow | undefined> {
  return db
    .updateTable('outbox')
    .set({ state: 'sending', attempts: sql`attempts + 1` })
    .where('id', '=', (where) => {
      const due = where
        .selectFrom('outbox as candidate')
        .select('candidate.id')
        .where('candidate.state', '=', 'pending')
        .where('candidate.not_before', '<=', now)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('outbox as earlier')
                .select('earlier.id')
                .whereRef('earlier.lane', '=', 'candidate.lane')
                .where('earlier.state', 'in', ['pending', 'sending', 'unknown'])
                .whereRef('earlier.id', '<', 'candidate.id'),
            ),
          ),
        )
        .where(({ or, eb, exists, selectFrom }) =>
          or([
            eb('candidate.edits', 'is', null),
            exists(
              selectFrom('outbox as edited')
                .select('edited.id')
                .whereRef('edited.key', '=', 'candidate.edits')
                .where('edited.state', 'in', ['sent', 'dead']),
            ),
          ]),
        )
        .orderBy('candidate.id')
        .limit(1);
      return busyLanes.length === 0 ? due : due.where('candidate.lane', 'not in', [...busyLanes]);
    })
    .where('state', '=', 'pending')
    .returningAll()
    .executeTakeFirst();
}

export async function markSent(
  db: Db,
  sent: { id: string; now: number; channel?: string | undefined; ts?: string | undefined },
): Promise<void> {
  await db
    .updateTable('outbox')
    .set({
      state: 'sent',
      sent_at: sent.now,
      channel: sent.channel ?? null,
      ts: sent.ts ?? null,
      error: null,
    })
    .where('id', '=', sent.id)
    .execute();
}

/** `pending` = did not happen, try again; `unknown` = may have happened, look first; `dead` = never. */
export async function markUnsent(
  db: Db,
  row: { id: string; state: 'pending' | 'unknown' | 'dead'; notBefore: number; error: string },
): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ state: row.state, not_before: row.notBefore, error: row.error })
    .where('id', '=', row.id)
    .execute();
}

/** At start: what was being sent when the process ended may have arrived. */
export async function doubtUnsettled(db: Db): Promise<void> {
  await db.updateTable('outbox').set({ state: 'unknown' }).where('state', '=', 'sending').execute();
}

/** The next row whose fate is unknown and due to be looked up. */
export async function findUnknown(
  db: Db,
  now: number,
  busyLanes: readonly string[],
): Promise<OutboxRow | undefined> {
  let query = db
    .selectFrom('outbox')
    .selectAll()
    .where('state', '=', 'unknown')
    .where('not_before', '<=', now);
  if (busyLanes.length > 0) query = query.where('lane', 'not in', [...busyLanes]);
  return query.orderBy('id').limit(1).executeTakeFirst();
}

export async function findByKey(db: Db, key: string): Promise<OutboxRow | undefined> {
  return db.selectFrom('outbox').selectAll().where('key', '=', key).executeTakeFirst();
}

/** The row that became this message, if the message is ours. */
export async function findByMessage(db: Db, channel: string, ts: string): Promise<OutboxRow | undefined> {
  return db
    .selectFrom('outbox')
    .selectAll()
    .where('channel', '=', channel)
    .where('ts', '=', ts)
    .where('edits', 'is', null)
    .executeTakeFirst();
}

/** Whether a message of ours may stand in this channel without us knowing its ts yet. */
export async function hasUnsettled(db: Db, channel: string): Promise<boolean> {
  const row = await db
    .selectFrom('outbox')
    .select('id')
    .where('lane', '=', channel)
    .where('state', 'in', ['sending', 'unknown'])
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** When the next waiting row becomes due, or undefined when nothing waits. */
export async function nextOutboxDue(db: Db, now: number): Promise<number | undefined> {
  const row = await db
    .selectFrom('outbox')
    .select((select) => select.fn.min('not_before').as('due'))
    .where('state', 'in', ['pending', 'unknown'])
    .where('not_before', '>', now)
    .executeTakeFirst();
  return row?.due === null || row?.due === undefined ? undefined : Number(row.due);
}

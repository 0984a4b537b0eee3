import type { Selectable } from 'kysely';
import type { Db, MessagesTable, ThreadsTable } from './schema.ts';

export type Thread = Selectable<ThreadsTable>;
export type Message = Selectable<MessagesTable>;

export interface ThreadKey {
  channel: string;
  threadTs: string;
}

export async function findThread(db: Db, key: ThreadKey): Promise<Thread | undefined> {
  return db
    .selectFrom('threads')
    .selectAll()
    .where('channel', '=', key.channel)
    .where('thread_ts', '=', key.threadTs)
    .executeTakeFirst();
}

export async function openThread(db: Db, key: ThreadKey, now: number): Promise<void> {
  await db
    .insertInto('threads')
    .values({
      channel: key.channel,
      thread_ts: key.threadTs,
      staff_spoke_at: null,
      handed_over_at: null,
      created_at: now,
    })
    .onConflict((conflict) => conflict.columns(['channel', 'thread_ts']).doNothing())
    .execute();
}

export async function updateThread(
  db: Db,
  key: ThreadKey,
  change: { staff_spoke_at?: number | null; handed_over_at?: number | null },
): Promise<void> {
  await db
    .updateTable('threads')
    .set(change)
    .where('channel', '=', key.channel)
    .where('thread_ts', '=', key.threadTs)
    .execute();
}

/** Keeps what was said, once per post. */
export async function recordMessage(db: Db, message: Message): Promise<void> {
  await db
    .insertInto('messages')
    .values(message)
    .onConflict((conflict) => conflict.columns(['channel', 'ts']).doNothing())
    .execute();
}

/** What was said there; its text is empty when its author deleted it. */
export async function findMessage(db: Db, at: { channel: string; ts: string }): Promise<Message | undefined> {
  return db
    .selectFrom('messages')
    .selectAll()
    .where('channel', '=', at.channel)
    .where('ts', '=', at.ts)
    .executeTakeFirst();
}

/** Who the author of messages was when last heard, in any channel; undefined = never heard. */
export async function findLastRole(db: Db, user: string): Promise<Message['role'] | undefined> {
  const row = await db
    .selectFrom('messages')
    .select('role')
    .where('user', '=', user)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.role;
}

/** The newest text of a post after its author edited or deleted it; an empty text erases it. */
export async function rewriteMessage(
  db: Db,
  at: { channel: string; ts: string },
  text: string,
): Promise<void> {
  await db
    .updateTable('messages')
    .set({ text })
    .where('channel', '=', at.channel)
    .where('ts', '=', at.ts)
    .execute();
}

/** The last messages of a thread before `beforeTs`, oldest first. */
export async function readThread(
  db: Db,
  key: ThreadKey,
  options: { beforeTs: string; limit: number },
): Promise<Message[]> {
  const newestFirst = await db
    .selectFrom('messages')
    .selectAll()
    .where('channel', '=', key.channel)
    .where('thread_ts', '=', key.threadTs)
    .where('ts', '<', options.beforeTs)
    .where('text', '!=', '')
    .orderBy('ts', 'desc')
    .limit(options.limit)
    .execute();
  return newestFirst.reverse();
}

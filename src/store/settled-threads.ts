import type { Db } from './schema.ts';
import type { Message, ThreadKey } from './threads.ts';

/** Threads in which staff said something between these times (ms), those of the newest words first. */
export async function listSettledThreads(
  db: Db,
  options: { from: number; to: number; limit: number },
): Promise<ThreadKey[]> {
  const rows = await db
    .selectFrom('messages')
    .select((select) => ['channel', 'thread_ts', select.fn.max('at').as('last_at')])
    .where('role', '=', 'staff')
    .where('text', '!=', '')
    .where('at', '>=', options.from)
    .where('at', '<=', options.to)
    .groupBy(['channel', 'thread_ts'])
    .orderBy('last_at', 'desc')
    .limit(options.limit)
    .execute();
  return rows.map((row) => ({ channel: row.channel, threadTs: row.thread_ts }));
}

/** What was said in a thread up to a time (ms), oldest first. */
export async function readSettledThread(
  db: Db,
  key: ThreadKey,
  options: { to: number; limit: number },
): Promise<Message[]> {
  return db
    .selectFrom('messages')
    .selectAll()
    .where('channel', '=', key.channel)
    .where('thread_ts', '=', key.threadTs)
    .where('text', '!=', '')
    .where('at', '<=', options.to)
    .orderBy('ts')
    .limit(options.limit)
    .execute();
}

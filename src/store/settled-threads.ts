import { sql } from 'kysely';
import type { Db } from './schema.ts';
import type { ThreadKey } from './threads.ts';

/** A thread in which a person of the staff spoke and that has been quiet since. */
export interface SettledThread extends ThreadKey {
  lastAt: number;
  /** Posts in it that still have a text, and their length; one deleted or edited makes it another. */
  posts: number;
  characters: number;
}

/** Newest first. */
export async function listSettledThreads(
  db: Db,
  options: { quietSince: number; notBefore: number; limit: number },
): Promise<SettledThread[]> {
  const rows = await db
    .selectFrom('messages')
    .select((select) => [
      'channel',
      'thread_ts',
      select.fn.max('at').as('last_at'),
      select.fn.countAll<number>().as('posts'),
      sql<number>`sum(length(text))`.as('characters'),
    ])
    .where('text', '!=', '')
    .groupBy(['channel', 'thread_ts'])
    .having((expression) => expression.fn.max('at'), '<=', options.quietSince)
    .having((expression) => expression.fn.max('at'), '>=', options.notBefore)
    // A thread is settled by a person, so one of its posts has to be a person's of the staff.
    .having(
      (expression) => expression.fn.max(expression.case().when('role', '=', 'staff').then(1).else(0).end()),
      '=',
      1,
    )
    .orderBy('last_at', 'desc')
    .limit(options.limit)
    .execute();
  return rows.map((row) => ({
    channel: row.channel,
    threadTs: row.thread_ts,
    lastAt: Number(row.last_at),
    posts: Number(row.posts),
    characters: Number(row.characters),
  }));
}

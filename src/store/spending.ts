import { sql } from 'kysely';
import type { Db } from './schema.ts';

/**
 * Sets money aside for a call. False when what is spent and set aside today leaves no room for it: one statement
 * decides, so that calls side by side cannot overdraw together.
 */
export async function reserveSpending(
  db: Db,
  call: { day: string; usd: number; limitUsd: number },
): Promise<boolean> {
  await db
    .insertInto('spending')
    .values({ day: call.day, reserved_usd: 0, spent_usd: 0 })
    .onConflict((conflict) => conflict.column('day').doNothing())
    .execute();
  const result = await db
    .updateTable('spending')
    .set({ reserved_usd: sql`reserved_usd + ${call.usd}` })
    .where('day', '=', call.day)
    .where(sql<boolean>`reserved_usd + spent_usd + ${call.usd} <= ${call.limitUsd}`)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Puts what a call really cost in the place of what was set aside for it. */
export async function settleSpending(
  db: Db,
  call: { day: string; reservedUsd: number; spentUsd: number },
): Promise<void> {
  await db
    .updateTable('spending')
    .set({
      reserved_usd: sql`reserved_usd - ${call.reservedUsd}`,
      spent_usd: sql`spent_usd + ${call.spentUsd}`,
    })
    .where('day', '=', call.day)
    .execute();
}

/** At start: what was set aside for calls that a dead process never finished counts as spent. */
export async function settleAbandoned(db: Db): Promise<void> {
  await db
    .updateTable('spending')
    .set({ spent_usd: sql`spent_usd + reserved_usd`, reserved_usd: 0 })
    .where('reserved_usd', '>', 0)
    .execute();
}

import type { Kysely } from 'kysely';

/** What the models have cost and may still cost, a row a day. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('spending')
    .addColumn('day', 'text', (c) => c.primaryKey())
    .addColumn('reserved_usd', 'double precision', (c) => c.notNull())
    .addColumn('spent_usd', 'double precision', (c) => c.notNull())
    .execute();
}

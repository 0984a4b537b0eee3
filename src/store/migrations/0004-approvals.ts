import { type Kysely, sql } from 'kysely';

/** Ballots and holds, the second person of a decision, and what became of an approved refund. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const columns = [
    sql`held_verdict text`,
    sql`held_until bigint`,
    // When the countdown on the card is shown anew.
    sql`shown_again_at bigint`,
    sql`claimed_until bigint not null default 0`,
    sql`version integer not null default 0`,
    sql`frozen text`,
    sql`account text`,
    sql`question_ts text`,
  ];
  for (const column of columns) await sql`alter table escalations add column ${column}`.execute(db);
  await sql`alter table decisions add column seconded_by text`.execute(db);
  await sql`alter table decisions add column digest text`.execute(db);
  await sql`create index escalations_due on escalations (state, created_at) where state in ('open', 'held')`.execute(
    db,
  );
  await sql`create index escalations_account on escalations (account, decided_at)`.execute(db);
  await db.schema
    .createTable('ballots')
    .addColumn('escalation_id', 'text', (c) => c.notNull().references('escalations.id'))
    .addColumn('place', 'integer', (c) => c.notNull())
    .addColumn('user', 'text', (c) => c.notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('verdict', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('ballots_pk', ['escalation_id', 'user', 'source'])
    .execute();
  await db.schema
    .createTable('payments')
    .addColumn('escalation_id', 'text', (c) => c.primaryKey().references('escalations.id'))
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('not_before', 'bigint', (c) => c.notNull())
    .addColumn('status', 'integer')
    .addColumn('answer', 'text')
    .addColumn('paid_by', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('done_at', 'bigint')
    .execute();
}

import { type Kysely, sql } from 'kysely';

/** What answers cited, a row a span, and the cards about those whose page says something else now. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('citations')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('answer_id', 'text', (c) => c.notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('url', 'text')
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('next', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('passage', 'text')
    .addColumn('start_at', 'integer')
    .addColumn('end_at', 'integer')
    .addColumn('page', 'text', (c) => c.notNull())
    .addColumn('checked', 'text')
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('citations_page').on('citations').columns(['page', 'state']).execute();
  await db.schema.createIndex('citations_answer').on('citations').column('answer_id').execute();
  await db.schema
    .createTable('recalls')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('answer_id', 'text', (c) => c.notNull())
    .addColumn('facts', 'text', (c) => c.notNull())
    .addColumn('digest', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('decided_at', 'bigint')
    .addColumn('decided_by', 'text')
    .execute();
  // What was cited stood there as JSON; nobody ever read it, and the decision holds it still.
  await db.schema.alterTable('answers').dropColumn('cited').execute();
  await sql`create unique index recalls_one_open on recalls (answer_id) where state = 'open'`.execute(db);
}

import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { StoreError } from '../../../src/errors.ts';
import { migrate } from '../../../src/store/migrate.ts';
import type { Database } from '../../../src/store/schema.ts';
import { openThread } from '../../../src/store/threads.ts';

export function describeMigrations(create: () => Promise<Database>): void {
  test('running them again changes nothing and keeps what is stored', async () => {
    const db = await create();
    await migrate(db);
    await openThread(db, { channel: 'C1', threadTs: '1.0' }, 5);
    await migrate(db);
    const rows = await db.selectFrom('threads').selectAll().execute();
    expect(rows.map(({ channel, thread_ts }) => [channel, thread_ts])).toEqual([['C1', '1.0']]);
  });

  test('a database that a newer version has changed is refused, with what to do', async () => {
    const db = await create();
    await migrate(db);
    await sql`insert into kysely_migration (name, timestamp) values ('9999-later', '2030-01-01')`.execute(db);
    const refusal = migrate(db);
    await expect(refusal).rejects.toThrow(StoreError);
    await expect(refusal).rejects.toThrow(/newer version/);
  });
}

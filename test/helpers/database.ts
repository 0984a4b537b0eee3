import { onTestFinished } from 'vitest';
import { createSqlite } from '../../src/adapters/sqlite.ts';
import { migrate } from '../../src/store/migrate.ts';
import type { Database } from '../../src/store/schema.ts';

/** An empty database of this version in memory, closed when the test ends. */
export async function openTestDatabase(): Promise<Database> {
  const db = createSqlite({ file: ':memory:' });
  onTestFinished(() => db.destroy());
  await migrate(db);
  return db;
}

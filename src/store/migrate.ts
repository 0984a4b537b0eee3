import { Migrator } from 'kysely';
import { StoreError } from '../errors.ts';
import * as start from './migrations/0001-start.ts';
import * as spending from './migrations/0002-spending.ts';
import * as citations from './migrations/0003-citations.ts';
import * as approvals from './migrations/0004-approvals.ts';
import type { Database } from './schema.ts';

/** Append only: a migration that has landed is never edited. */
const MIGRATIONS = {
  '0001-start': { up: start.up },
  '0002-spending': { up: spending.up },
  '0003-citations': { up: citations.up },
  '0004-approvals': { up: approvals.up },
};

/** Brings the database to this version. Refuses one that a newer version has already changed. */
export async function migrate(db: Database): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined)
    throw new StoreError(
      'The database could not be brought to this version. If a newer version of Countersign has used it, run that version; else restore the backup.',
      error,
    );
}

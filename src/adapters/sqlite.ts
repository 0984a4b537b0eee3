import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, SqliteDialect } from 'kysely';
import Sqlite from 'libsql';
import { InvariantError, StoreError } from '../errors.ts';
import type { Database, Schema } from '../store/schema.ts';

/** How long a writer waits for another process (a script beside the running bot) before it gives up. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Opens the embedded database. WAL lets scripts read while the bot writes; FULL makes a commit survive power
 * loss, which refund decisions need.
 */
export function createSqlite(options: { file: string }): Database {
  if (options.file !== ':memory:') mkdirSync(dirname(options.file), { recursive: true });
  const connection = openConnection(options.file);
  return new Kysely<Schema>({ dialect: new SqliteDialect({ database: guard(connection) }) });
}

function openConnection(file: string): Sqlite.Database {
  try {
    const connection = new Sqlite(file, { timeout: BUSY_TIMEOUT_MS });
    connection.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;');
    return connection;
  } catch (error) {
    throw new StoreError(`The database ${file} could not be opened; is DATA_DIR writable?`, error);
  }
}

type SqliteDatabase = Exclude<ConstructorParameters<typeof SqliteDialect>[0]['database'], () => unknown>;

/** What Kysely is given instead of the bare connection: checked bindings, our errors, immediate transactions. */
function guard(connection: Sqlite.Database): SqliteDatabase {
  return {
    close: () => connection.close(),
    prepare(text: string) {
      // A deferred transaction that reads and then writes fails at once when another process wrote in between.
      const statement = asStore(() => connection.prepare(text === 'begin' ? 'begin immediate' : text));
      const call = <T>(method: (parameters: unknown[]) => T) => {
        return (parameters: readonly unknown[]) => asStore(() => method(bind(parameters)));
      };
      return {
        reader: statement.reader,
        all: call((parameters) => statement.all(parameters) as unknown[]),
        run: call((parameters) => {
          const result = statement.run(parameters);
          return { changes: result.changes, lastInsertRowid: result.lastInsertRowid };
        }),
        iterate: call((parameters) => statement.iterate(parameters) as IterableIterator<unknown>),
      };
    },
  };
}

/** A boolean or an object reaching libsql aborts the whole process, so nothing passes here unchecked. */
function bind(parameters: readonly unknown[]): unknown[] {
  return parameters.map((value) => {
    if (value === null || typeof value === 'number' || typeof value === 'string') return value;
    if (typeof value === 'bigint' || Buffer.isBuffer(value)) return value;
    throw new InvariantError(`a ${typeof value} cannot be stored; convert it to number, string or null`);
  });
}

function asStore<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof InvariantError) throw error;
    throw new StoreError('The database refused a statement', error);
  }
}

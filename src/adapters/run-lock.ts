import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'libsql';
import { StoreError, toError } from '../errors.ts';

/**
 * A lock over all processes of a machine: throws while another one holds it. An open exclusive transaction dies with
 * its process, so a killed run never leaves a lock behind.
 */
export function createRunLock(file: string): () => Promise<() => void> {
  return async () => {
    const db = open(file);
    try {
      db.exec('begin exclusive');
    } catch (error) {
      db.close();
      throw describe(file, error);
    }
    return () => {
      db.exec('rollback');
      db.close();
    };
  };
}

/** Only a lock that somebody holds passes by itself. */
function describe(file: string, error: unknown): StoreError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : toError(error).message;
  if (/^SQLITE_(?:BUSY|LOCKED)/.test(code))
    return new StoreError(
      'Another re-index of this knowledge base is running; wait until it has ended',
      error,
    );
  return new StoreError(
    `${file} cannot be locked (${code}). It holds nothing but the lock: stop the bot, delete the file and run again; if that does not help, see whether DATA_DIR is writable`,
    error,
  );
}

function open(file: string): Sqlite.Database {
  try {
    mkdirSync(dirname(file), { recursive: true });
    return new Sqlite(file);
  } catch (error) {
    throw new StoreError(`${file} could not be opened; is DATA_DIR writable?`, error);
  }
}

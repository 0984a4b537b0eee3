import { existsSync } from 'node:fs';
import Sqlite from 'libsql';
import { CountersignError, StoreError, toError } from '../../errors.ts';
import type { IndexVersion } from '../../ports.ts';
import { indexFile, readPointer, readPointerStamp } from './files.ts';
import { createIndexReader, type IndexReader } from './reader.ts';
import { isCurrentFormat, rows } from './schema.ts';

export const REMEDY = 'run "npm run reindex -- --force" to build it anew';

export interface OpenVersion {
  db: Sqlite.Database;
  file: string;
  info: IndexVersion;
  /** Made by the first search: a re-index that only compares pages does not need it. */
  reader(): Promise<IndexReader>;
  close(): void;
}

/** Undefined when the file holds no index of this release: never built, damaged, or of another format. */
export function openVersion(file: string, version: string): OpenVersion | undefined {
  if (!existsSync(file)) return undefined;
  const db = connect(file);
  try {
    // The file is another process's as well, and nothing may ever change it.
    db.exec('pragma query_only = 1; pragma mmap_size = 268435456;');
    if (isCurrentFormat(db)) {
      const info = readInfo(db, version);
      let reader: Promise<IndexReader> | undefined;
      return {
        ...{ db, file, info },
        reader: () => {
          reader ??= createIndexReader(db, info);
          return reader;
        },
        close: () => db.close(),
      };
    }
  } catch (error) {
    // Damaged is as good as none: the next re-index replaces it.
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'SQLITE_NOTADB' && code !== 'SQLITE_CORRUPT') {
      db.close();
      throw asReadError(error, file);
    }
  }
  db.close();
  return undefined;
}

function connect(file: string): Sqlite.Database {
  try {
    return new Sqlite(file);
  } catch (error) {
    throw new StoreError(
      `${file} cannot be opened: ${toError(error).message}. Is another program at it?`,
      error,
    );
  }
}

/** Whether every page of the file can be read; takes a tenth of a second for a large one. */
export function isSound({ db }: OpenVersion): boolean {
  try {
    return rows(db, 'pragma quick_check(1)')[0]?.[0] === 'ok';
  } catch {
    return false;
  }
}

function readInfo(db: Sqlite.Database, version: string): IndexVersion {
  const meta = new Map(rows(db, 'select name, value from meta').map(([name, value]) => [name, value]));
  const embedder = meta.get('embedder');
  return {
    version,
    pages: Number(meta.get('pages')),
    passages: Number(meta.get('passages')),
    builtAt: Number(meta.get('built_at')),
    embedder: embedder ? (JSON.parse(String(embedder)) as IndexVersion['embedder']) : undefined,
  };
}

interface Shared {
  open: OpenVersion;
  users: number;
  isRetired: boolean;
}

/** Keeps the active version open and follows the pointer, whoever moves it. */
export function followActive(folder: string) {
  let stamp: string | undefined;
  let current: Shared | undefined;
  const retire = () => {
    if (current) {
      current.isRetired = true;
      if (current.users === 0) current.open.close();
    }
    current = undefined;
  };
  const follow = () => {
    const now = readPointerStamp(folder);
    if (now === stamp) return;
    const pointer = readPointer(folder);
    const open = pointer && openVersion(indexFile(folder, pointer.current), pointer.current);
    retire();
    current = open && { open, users: 0, isRetired: false };
    // Last, so that a version which could not be opened just now is tried again with the next question.
    stamp = now;
  };

  return {
    /** The version serving when it is called stays open until the work is done, also when another takes over. */
    async use<T>(work: (open: OpenVersion | undefined) => T | Promise<T>): Promise<T> {
      follow();
      const shared = current;
      if (!shared) return work(undefined);
      shared.users += 1;
      try {
        return await work(shared.open);
      } catch (error) {
        throw asReadError(error, folder);
      } finally {
        shared.users -= 1;
        if (shared.isRetired && shared.users === 0) shared.open.close();
      }
    },
    async close() {
      retire();
    },
  };
}

function asReadError(error: unknown, place: string): unknown {
  if (error instanceof CountersignError || !(error instanceof Error && 'code' in error)) return error;
  return new StoreError(`The knowledge index in ${place} cannot be read; ${REMEDY}`, error);
}

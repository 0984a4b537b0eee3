import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import Sqlite from 'libsql';
import { ulid } from 'ulid';
import { CountersignError, InvariantError, StoreError } from '../errors.ts';
import type { Clock, IndexBuild, IndexChange, KnowledgeIndex } from '../ports.ts';
import { buildIndexFile } from './sqlite-index-build.ts';
import {
  buildFile,
  indexFile,
  lockFolder,
  readPointer,
  readPointerStamp,
  removeLeftOvers,
  switchTo,
} from './sqlite-index-files.ts';
import { createIndexReader, findCandidates, type IndexReader } from './sqlite-index-query.ts';
import { firstValue, isCurrentFormat, rows } from './sqlite-index-schema.ts';
import { createStems } from './sqlite-index-stems.ts';

const REMEDY = 'run "npm run reindex -- --force" to build it anew';

/**
 * The knowledge index as SQLite files in one folder, one file per version and a pointer to the one that serves.
 * Searches in any number of processes notice a switch at once; a version is never changed after it was built.
 */
export function createSqliteIndex(options: { folder: string; clock: Clock }): KnowledgeIndex {
  const { folder, clock } = options;
  const reader = createReader(folder);
  const stems = createStems();

  return {
    async active() {
      const open = reader.open();
      if (!open) return undefined;
      return reader.ask(({ db, version }) => {
        const meta = new Map(
          rows(db, 'select name, value from meta').map(([name, value]) => [name, Number(value)]),
        );
        const value = (name: string) => meta.get(name) ?? 0;
        return { version, pages: value('pages'), passages: value('passages'), builtAt: value('built_at') };
      }, open);
    },
    async pages() {
      const open = reader.open();
      if (!open) return [];
      return reader.ask(({ db }) => {
        const found = rows(db, 'select source, hash, stamp from page order by source');
        return found.map((row) => ({ source: String(row[0]), hash: String(row[1]), stamp: String(row[2]) }));
      }, open);
    },
    async candidates(query) {
      const open = reader.open();
      if (!open) throw new StoreError('There is no knowledge index yet; run "npm run reindex" to build it');
      return reader.ask((open) => findCandidates(open.reader(), stems, query), open);
    },
    async build(changes, onProgress) {
      await mkdir(folder, { recursive: true });
      const unlock = lockFolder(folder);
      try {
        await removeLeftOvers(folder);
        const version = ulid(clock.now());
        const base = readBase(reader, changes);
        const plan = { ...changes, file: buildFile(folder, version), base, builtAt: clock.now(), onProgress };
        const passages = await buildIndexFile(plan);
        return createBuild({ folder, version, passages, unlock });
      } catch (error) {
        await removeLeftOvers(folder).catch(() => undefined);
        unlock();
        throw asStoreError(
          error,
          `The knowledge index in ${folder} could not be built; is there space on the disk?`,
        );
      }
    },
    async close() {
      reader.close();
      stems.close();
    },
  };
}

interface OpenVersion {
  db: Sqlite.Database;
  version: string;
  /** Made by the first search: a re-index that only compares pages does not need it. */
  reader(): IndexReader;
}

/** Keeps the active version open and follows the pointer, whoever moves it. */
function createReader(folder: string) {
  let stamp: string | undefined;
  let opened: OpenVersion | undefined;
  const close = () => {
    opened?.db.close();
    opened = undefined;
  };

  return {
    /** Undefined when nothing serves: never built, or built by another release in a format of its own. */
    open(): OpenVersion | undefined {
      const now = readPointerStamp(folder);
      if (now === stamp) return opened;
      close();
      stamp = now;
      const pointer = readPointer(folder);
      opened = pointer && openVersion(folder, pointer.current);
      return opened;
    },
    ask<T>(work: (open: OpenVersion) => T, open: OpenVersion): T {
      try {
        return work(open);
      } catch (error) {
        throw asStoreError(error, `The knowledge index in ${folder} cannot be read; ${REMEDY}`);
      }
    },
    close,
  };
}

function openVersion(folder: string, version: string): OpenVersion | undefined {
  const file = indexFile(folder, version);
  if (!existsSync(file)) return undefined;
  const db = new Sqlite(file);
  try {
    // The file is another process's as well, and nothing may ever change it.
    db.exec('pragma query_only = 1; pragma mmap_size = 268435456;');
    if (isCurrentFormat(db)) {
      let made: IndexReader | undefined;
      const reader = () => {
        made ??= createIndexReader(db);
        return made;
      };
      return { db, version, reader };
    }
  } catch (error) {
    // Damaged is as good as none: the next re-index replaces it.
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'SQLITE_NOTADB' && code !== 'SQLITE_CORRUPT') {
      db.close();
      throw asStoreError(error, `${file} cannot be opened; ${REMEDY}`);
    }
  }
  db.close();
  return undefined;
}

/** The file a build starts from; none when every page of it is replaced anyway, or when it cannot be read. */
function readBase(
  reader: ReturnType<typeof createReader>,
  changes: { upserts: IndexChange[]; removals: string[] },
): string | undefined {
  const open = reader.open();
  if (!open) return undefined;
  const touched = new Set([...changes.upserts.map(({ page }) => page.source), ...changes.removals]);
  try {
    const isKept = rows(open.db, 'select source from page').some(([source]) => !touched.has(String(source)));
    return isKept
      ? String(firstValue(open.db, `select file from pragma_database_list where name = 'main'`))
      : undefined;
  } catch {
    return undefined;
  }
}

function createBuild(parts: {
  folder: string;
  version: string;
  passages: number;
  unlock: () => void;
}): IndexBuild {
  const { folder, version, passages, unlock } = parts;
  let isDone = false;
  const once = async (work: () => Promise<void>) => {
    if (isDone) throw new InvariantError(`build ${version} of the index was already activated or discarded`);
    isDone = true;
    try {
      await work();
    } catch (error) {
      throw asStoreError(error, `Version ${version} of the knowledge index could not take over`);
    } finally {
      unlock();
    }
  };
  return {
    version,
    passages,
    activate: () =>
      once(async () => {
        await switchTo(folder, version);
        await removeLeftOvers(folder);
      }),
    discard: () => once(() => rm(buildFile(folder, version), { force: true })),
  };
}

/** What SQLite or the file system refused; a mistake of ours stays what it is. */
function asStoreError(error: unknown, message: string): unknown {
  if (error instanceof CountersignError) return error;
  return error instanceof Error && 'code' in error ? new StoreError(message, error) : error;
}

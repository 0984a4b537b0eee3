import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { CountersignError, InvariantError, StoreError } from '../../errors.ts';
import type { Clock, IndexBuild, IndexChanges, IndexVersion, KnowledgeIndex } from '../../ports.ts';
import { createRunLock } from '../run-lock.ts';
import { buildIndexFile } from './build.ts';
import { buildFile, goBack, indexFile, readPointer, removeLeftOvers, switchTo } from './files.ts';
import { followActive, isSound, type OpenVersion, openVersion, REMEDY } from './open.ts';
import { findCandidates, readPassagesOf } from './query.ts';
import { rows } from './schema.ts';

/**
 * The knowledge index as SQLite files in one folder, one file per version and a pointer to the one that serves.
 * Searches in any number of processes notice a switch at once; a version is never changed after it was built.
 */
export function createSqliteIndex(options: { folder: string; clock: Clock }): KnowledgeIndex {
  const { folder, clock } = options;
  const active = followActive(folder);
  /** One build at a time over all processes. */
  const lock = createRunLock(join(folder, 'lock.sqlite'));

  return {
    active: () => active.use((open) => open?.info),
    async previous() {
      const version = readPointer(folder)?.previous;
      return version === undefined ? undefined : readInfo(folder, version);
    },
    pages: () =>
      active.use((open) => {
        if (!open) return [];
        const found = rows(open.db, 'select source, hash, stamp from page order by source');
        return found.map((row) => ({ source: String(row[0]), hash: String(row[1]), stamp: String(row[2]) }));
      }),
    passagesOf: (sources) => active.use((open) => (open ? readPassagesOf(open, sources) : [])),
    candidates: (query) =>
      active.use(async (open) => {
        if (!open) throw new StoreError('There is no knowledge index yet; run "npm run reindex" to build it');
        return findCandidates(await open.reader(), query);
      }),
    async build(changes, onProgress) {
      const unlock = await lock();
      try {
        await removeLeftOvers(folder);
        const version = ulid(clock.now());
        const base = await active.use((open) => findBase(open, changes));
        const file = buildFile(folder, version);
        await buildIndexFile({ ...changes, file, base, builtAt: clock.now(), onProgress });
        return createBuild({ folder, version, unlock });
      } catch (error) {
        await removeLeftOvers(folder).catch(() => undefined);
        unlock();
        throw asStoreError(
          error,
          `The knowledge index in ${folder} could not be built; is there space on the disk?`,
        );
      }
    },
    async rollback() {
      const unlock = await lock();
      try {
        const version = readPointer(folder)?.previous;
        if (version === undefined)
          throw new StoreError('There is no former version of the knowledge index to go back to');
        const open = openVersion(indexFile(folder, version), version);
        const isWhole = open !== undefined && isSound(open);
        open?.close();
        if (!isWhole) {
          throw new StoreError(
            `The former version ${version} of the knowledge index is damaged, so the present one serves on; ${REMEDY}`,
          );
        }
        await goBack(folder);
        return open.info;
      } finally {
        unlock();
      }
    },
    close: () => active.close(),
  };
}

function readInfo(folder: string, version: string): IndexVersion | undefined {
  const open = openVersion(indexFile(folder, version), version);
  open?.close();
  return open?.info;
}

/** The file a build starts from; none when every page of it is replaced, or when its vectors are others. */
function findBase(open: OpenVersion | undefined, changes: IndexChanges): string | undefined {
  if (!open) return undefined;
  const touched = new Set([...changes.upserts.map(({ page }) => page.source), ...changes.removals]);
  let kept: string[];
  try {
    kept = rows(open.db, 'select source from page')
      .map(([source]) => String(source))
      .filter((source) => !touched.has(source));
  } catch {
    return undefined;
  }
  if (kept.length === 0) return undefined;
  const { embedder } = open.info;
  if (embedder?.id !== changes.embedder?.id || embedder?.dimensions !== changes.embedder?.dimensions) {
    throw new InvariantError(
      `the vectors of ${embedder?.id ?? 'no embedder'} and of ${changes.embedder?.id ?? 'no embedder'} cannot stand in one index; ${kept.length} pages were not replaced`,
    );
  }
  return open.file;
}

function createBuild(parts: { folder: string; version: string; unlock: () => void }): IndexBuild {
  const { folder, version, unlock } = parts;
  const file = buildFile(folder, version);
  const open = openVersion(file, version);
  if (!open) throw new InvariantError(`build ${version} of the index cannot be read back`);
  let isDone = false;
  const once = async (work: () => Promise<void>) => {
    if (isDone) throw new InvariantError(`build ${version} of the index was already activated or discarded`);
    isDone = true;
    open.close();
    try {
      await work();
    } catch (error) {
      throw asStoreError(error, `Version ${version} of the knowledge index could not take over`);
    } finally {
      unlock();
    }
  };
  return {
    ...open.info,
    candidates: async (query) => findCandidates(await open.reader(), query),
    activate: () =>
      once(async () => {
        await switchTo(folder, version);
        await removeLeftOvers(folder);
      }),
    discard: () => once(() => rm(file, { force: true })),
  };
}

/** What SQLite or the file system refused; a mistake of ours stays what it is. */
function asStoreError(error: unknown, message: string): unknown {
  if (error instanceof CountersignError) return error;
  return error instanceof Error && 'code' in error ? new StoreError(message, error) : error;
}

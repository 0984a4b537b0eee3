import { ulid } from 'ulid';
import { InvariantError, StoreError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import type { Clock, IndexBuild, IndexChanges, IndexVersion, KnowledgeIndex } from '../../ports.ts';
import { buildVersion, removeVersions } from './build.ts';
import { createWeaviateConnection, type WeaviateConnection } from './connection.ts';
import { type IndexLock, takeLock } from './lock.ts';
import { createAliasPointer, createObjectPointer, type IndexPointer } from './pointer.ts';
import { probeServer } from './probe.ts';
import { findCandidates } from './query.ts';
import { readPages, readPassagesOf } from './read.ts';
import { INDEX_NAME } from './schema.ts';
import { type OpenVersion, openVersion, readVersion } from './version.ts';

export interface WeaviateIndexOptions {
  url: string;
  apiKey?: string | undefined;
  /** What all classes of this index begin with; one server holds any number of indexes. */
  name: string;
  clock: Clock;
  log: Logger;
  /** Used for requests to the server instead of the global one. */
  fetch?: typeof fetch | undefined;
}

interface Parts {
  connection: WeaviateConnection;
  pointer: IndexPointer;
  name: string;
  clock: Clock;
  log: Logger;
}

/** A switch between two looks is rare, two of them in one search do not happen. */
const LOOKS = 3;

/**
 * The knowledge index on a Weaviate server: classes of its own for every version, and an alias on the one that
 * serves. Nothing is sent before the first use.
 */
export function createWeaviateIndex(options: WeaviateIndexOptions): KnowledgeIndex {
  const { name, clock, log } = options;
  if (!INDEX_NAME.test(name)) throw new InvariantError(`"${name}" is no name for classes of Weaviate`);
  const connection = createWeaviateConnection({ ...options, apiKey: options.apiKey });
  const ready = once(async (): Promise<Parts> => {
    const { hasAliases } = await probeServer(connection, log);
    const pointer = hasAliases ? createAliasPointer(connection, name) : createObjectPointer(connection, name);
    return { connection, pointer, name, clock, log };
  });
  const active = followActive(connection, name, async () => (await ready()).pointer.current());

  return {
    active: () => active.use(async (open) => open?.info),
    async previous() {
      const { pointer } = await ready();
      const { previous } = await pointer.read();
      return previous === undefined ? undefined : (await readVersion(connection, name, previous))?.info;
    },
    pages: () => active.use(async (open) => (open ? readPages(connection, open) : [])),
    passagesOf: (sources) =>
      active.use(async (open) => (open ? readPassagesOf(connection, open, sources) : [])),
    candidates: (query) =>
      active.use(async (open) => {
        if (!open) throw new StoreError('There is no knowledge index yet; run "npm run reindex" to build it');
        return findCandidates(connection, open, query);
      }),
    async build(changes, onProgress) {
      const parts = await ready();
      return startBuild(parts, changes, onProgress);
    },
    rollback: async () => rollBack(await ready()),
    close: async () => connection.close(),
  };
}

/** Asks once; a failure is not kept, so that a server that was down at the start is asked again. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= work().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

/** Keeps the active version open and follows the pointer, whoever moves it. */
function followActive(
  connection: WeaviateConnection,
  name: string,
  current: () => Promise<string | undefined>,
) {
  let opened: OpenVersion | undefined;
  const follow = async (version: string | undefined) => {
    if (version !== opened?.info.version) {
      opened = version === undefined ? undefined : await openVersion(connection, name, version);
    }
    return opened;
  };
  return {
    /**
     * Looks where the pointer stands while the work is done already; only when it has moved the work is done again,
     * and what came out, or failed because the version was removed meanwhile, does not count.
     */
    async use<T>(work: (open: OpenVersion | undefined) => Promise<T>): Promise<T> {
      let open = opened ?? (await follow(await current()));
      for (let look = 1; ; look += 1) {
        const [version, outcome] = await Promise.all([current(), settle(work(open))]);
        if (version === open?.info.version || look >= LOOKS) return outcome();
        open = await follow(version);
        // A version that is of another release, or not complete, stays none however often it is looked at.
        if (open === undefined) return work(undefined);
      }
    },
  };
}

/** The result or the error, to be taken later. */
async function settle<T>(work: Promise<T>): Promise<() => T> {
  try {
    const result = await work;
    return () => result;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

async function startBuild(
  parts: Parts,
  changes: IndexChanges,
  onProgress: ((done: number, total: number) => void) | undefined,
): Promise<IndexBuild> {
  const { connection, pointer, name, clock } = parts;
  const lock = await takeLock(parts);
  const version = ulid(clock.now());
  try {
    const { current, previous } = await pointer.read();
    await removeVersions(connection, name, (one) => one !== current && one !== previous);
    const active = current === undefined ? undefined : await openVersion(connection, name, current);
    const base = await findBase(connection, active, changes);
    await buildVersion(connection, clock, {
      ...changes,
      name,
      version,
      base,
      builtAt: clock.now(),
      onProgress,
    });
    const open = await openVersion(connection, name, version);
    if (!open) throw new InvariantError(`build ${version} of the index cannot be read back`);
    return createBuild(parts, open, lock);
  } catch (error) {
    await removeVersions(connection, name, (one) => one === version).catch(() => undefined);
    await lock.release();
    throw error;
  }
}

/** The version a build starts from; none when every page of it is replaced. */
async function findBase(
  connection: WeaviateConnection,
  active: OpenVersion | undefined,
  changes: IndexChanges,
): Promise<OpenVersion | undefined> {
  if (!active) return undefined;
  const touched = new Set([...changes.upserts.map(({ page }) => page.source), ...changes.removals]);
  const kept = (await readPages(connection, active)).filter(({ source }) => !touched.has(source));
  if (kept.length === 0) return undefined;
  const { embedder: before } = active.info;
  const { embedder } = changes;
  if (before?.id !== embedder?.id || before?.dimensions !== embedder?.dimensions) {
    const names = `${before?.id ?? 'no embedder'} and of ${embedder?.id ?? 'no embedder'}`;
    throw new InvariantError(
      `the vectors of ${names} cannot stand in one index; ${kept.length} pages were not replaced`,
    );
  }
  return active;
}

function createBuild(parts: Parts, open: OpenVersion, lock: IndexLock): IndexBuild {
  const { connection, pointer, name, log } = parts;
  const { version } = open.info;
  let isDone = false;
  const finish = async (work: () => Promise<void>) => {
    if (isDone) throw new InvariantError(`build ${version} of the index was already activated or discarded`);
    isDone = true;
    try {
      await work();
    } finally {
      await lock.release();
    }
  };
  return {
    ...open.info,
    candidates: (query) => findCandidates(connection, open, query),
    activate: () =>
      finish(async () => {
        await lock.requireHeld();
        await pointer.switchTo(version);
        const { current, previous } = await pointer.read();
        // It serves already; what is left over goes with the next build.
        await removeVersions(connection, name, (one) => one !== current && one !== previous).catch((error) =>
          log.warn('Older versions of the knowledge index are still on the Weaviate server', { error }),
        );
      }),
    discard: () => finish(() => removeVersions(connection, name, (one) => one === version)),
  };
}

async function rollBack(parts: Parts): Promise<IndexVersion> {
  const { connection, pointer, name } = parts;
  const lock = await takeLock(parts);
  try {
    const { previous } = await pointer.read();
    const found = previous === undefined ? undefined : await readVersion(connection, name, previous);
    if (!found) throw new StoreError('There is no former version of the knowledge index to go back to');
    await lock.requireHeld();
    await pointer.switchTo(found.info.version);
    return found.info;
  } finally {
    await lock.release();
  }
}

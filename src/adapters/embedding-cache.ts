import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'libsql';
import { toError, VendorUnreachable } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Clock, Embedder } from '../ports.ts';
import { toUnitVector } from './unit-vector.ts';

export interface EmbeddingCache {
  /** The vectors known for these texts by this model, undefined where none is. */
  find(embedderId: string, texts: string[]): (Float32Array | undefined)[];
  save(embedderId: string, entries: { text: string; vector: Float32Array }[]): void;
  /** Forgets what was not used since (ms); returns how many. */
  prune(usedSince: number): number;
  close(): void;
}

/** Another process (a script beside the bot) writes for milliseconds; the event loop must not wait for longer. */
const BUSY_TIMEOUT_MS = 200;
/** When an entry was used is known to a day: written more often, every look-up would be a write. */
const USED_EVERY_MS = 86_400_000;
/** Texts between two looks at everything else; about 2 ms of look-ups, and what is lost when the process dies. */
const SLICE = 64;

/**
 * Keeps vectors in a file, so that a re-index computes those of changed passages only. Nothing is lost with it: a
 * damaged file is deleted and begun anew, and where it cannot be written at all, vectors are computed every time.
 */
export function createEmbeddingCache(options: { file: string; clock: Clock; log?: Logger }): EmbeddingCache {
  const { file, clock, log } = options;
  let db: Sqlite.Database | undefined = open(file);

  /** Runs on the file, on a new one when it is damaged, or not at all. */
  const attempt = <T>(work: (db: Sqlite.Database) => T, otherwise: T): T => {
    if (db === undefined) return otherwise;
    try {
      return work(db);
    } catch (error) {
      log?.warn('The cache of vectors failed; they are computed instead', { file, error: toError(error) });
      if (isDamaged(error)) {
        db.close();
        db = openAnew(file);
      }
      return otherwise;
    }
  };

  return {
    find: (id, texts) =>
      attempt((db) => readVectors(db, id, texts, clock.now()), new Array(texts.length).fill(undefined)),
    save: (id, entries) => attempt((db) => writeVectors(db, id, entries, clock.now()), undefined),
    prune: (usedSince) =>
      attempt((db) => db.prepare('delete from vector where used_at < ?').run([usedSince]).changes, 0),
    close() {
      db?.close();
      db = undefined;
    },
  };
}

/**
 * The embedder with its passages looked up first. Questions are seldom asked twice in the same words. What a text
 * costs is unknown where somebody else computes it.
 */
export function withCache(
  embedder: Embedder,
  cache: EmbeddingCache,
  costPerTextUsd: number | null = null,
): Embedder {
  const embedSlice = async (texts: string[], signal: AbortSignal | undefined) => {
    const found = cache.find(embedder.id, texts);
    const missing = [...new Set(texts.filter((_, i) => found[i] === undefined))];
    if (missing.length === 0) return found as Float32Array[];
    const made = await embedder.embed(missing, 'passage', signal);
    const entries = missing.flatMap((text, i) => {
      const vector = made[i];
      return vector === undefined ? [] : [{ text, vector }];
    });
    cache.save(embedder.id, entries);
    const byText = new Map(entries.map(({ text, vector }) => [text, vector]));
    return texts.flatMap((text, i) => found[i] ?? byText.get(text) ?? []);
  };

  return {
    id: embedder.id,
    async embed(texts, purpose, signal) {
      if (purpose === 'query') return embedder.embed(texts, purpose, signal);
      const vectors: Float32Array[] = [];
      for (let at = 0; at < texts.length; at += SLICE) {
        if (signal?.aborted) throw new VendorUnreachable('The embedding model', 'the time for it was over');
        vectors.push(...(await embedSlice(texts.slice(at, at + SLICE), signal)));
        await new Promise((resolve) => setImmediate(resolve));
      }
      return vectors;
    },
    async estimate(texts) {
      let needed = 0;
      for (let at = 0; at < texts.length; at += SLICE) {
        const found = cache.find(embedder.id, texts.slice(at, at + SLICE));
        needed += found.filter((vector) => vector === undefined).length;
        await new Promise((resolve) => setImmediate(resolve));
      }
      const costUsd = costPerTextUsd === null ? null : needed * costPerTextUsd;
      return { needed, costUsd: needed === 0 ? 0 : costUsd };
    },
    async close() {
      await embedder.close();
      cache.close();
    },
  };
}

function readVectors(db: Sqlite.Database, id: string, texts: string[], now: number) {
  const select = db.prepare('select used_at, data from vector where model = ? and hash = ?').raw();
  const touch = db.prepare('update vector set used_at = ? where model = ? and hash = ?');
  return texts.map((text) => {
    const hash = hashOf(text);
    const [row] = select.all([id, hash]) as [number, Buffer][];
    if (row === undefined) return undefined;
    if (now - row[0] > USED_EVERY_MS) touch.run([now, id, hash]);
    return toVector(row[1]);
  });
}

function writeVectors(
  db: Sqlite.Database,
  id: string,
  entries: { text: string; vector: Float32Array }[],
  now: number,
): undefined {
  const insert = db.prepare('insert or replace into vector (model, hash, used_at, data) values (?, ?, ?, ?)');
  db.exec('begin immediate');
  try {
    for (const { text, vector } of entries) {
      // In one array, and nothing but texts, numbers and Buffers: libsql aborts the process on anything else.
      insert.run([id, hashOf(text), now, Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength)]);
    }
    db.exec('commit');
  } catch (error) {
    if (db.inTransaction) db.exec('rollback');
    throw error;
  }
}

/** Copied, because the bytes of a row need not begin where a number may. Half a vector counts as none. */
function toVector(data: unknown): Float32Array | undefined {
  if (!Buffer.isBuffer(data) || data.length === 0 || data.length % 4 !== 0) return undefined;
  return toUnitVector(new Float32Array(new Uint8Array(data).buffer));
}

function open(file: string): Sqlite.Database | undefined {
  try {
    mkdirSync(dirname(file), { recursive: true });
    return connect(file);
  } catch (error) {
    return isDamaged(error) ? openAnew(file) : undefined;
  }
}

function openAnew(file: string): Sqlite.Database | undefined {
  try {
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
    return connect(file);
  } catch {
    return undefined;
  }
}

function connect(file: string): Sqlite.Database {
  const db = new Sqlite(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    db.exec(`
      pragma journal_mode = wal;
      pragma synchronous = normal;
      create table if not exists vector (
        model text not null, hash text not null, used_at integer not null, data blob not null,
        primary key (model, hash)
      );
      create index if not exists vector_by_use on vector (used_at);
    `);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function isDamaged(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return ['SQLITE_NOTADB', 'SQLITE_CORRUPT', 'SQLITE_ERROR'].includes(code);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

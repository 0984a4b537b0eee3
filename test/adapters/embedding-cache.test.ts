import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'libsql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEmbeddingCache, withCache } from '../../src/adapters/embedding-cache.ts';
import { createLogger } from '../../src/log.ts';
import type { Embedder } from '../../src/ports.ts';
import { createTestClock, type TestClock } from '../helpers/test-clock.ts';

const DAY_MS = 86_400_000;

let folder: string;
let file: string;
let clock: TestClock;
let asked: string[];
let logged: string;
let opened: { close(): unknown }[];

/** Counts what is computed; a vector stands for the length of its text. */
function countingEmbedder(id = 'local:test@1'): Embedder {
  return {
    id,
    async embed(texts, purpose) {
      asked.push(...texts.map((text) => `${purpose} ${text}`));
      return texts.map((text) => {
        const length = Math.hypot(text.length, 1);
        return Float32Array.of(text.length / length, 1 / length);
      });
    },
    async close() {},
  };
}

function open(id?: string): Embedder {
  const write = (line: string) => {
    logged += line;
  };
  const log = createLogger({ level: 'info', write });
  const embedder = withCache(countingEmbedder(id), createEmbeddingCache({ file, clock, log }));
  opened.push(embedder);
  return embedder;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-cache-'));
  file = join(folder, 'deep', 'embeddings.sqlite');
  clock = createTestClock();
  asked = [];
  logged = '';
  opened = [];
});
afterEach(async () => {
  for (const one of opened) await one.close();
  rmSync(folder, { recursive: true, force: true });
});

function writeOther(path: string): void {
  const db = new Sqlite(path);
  db.exec('create table vector (something text)');
  db.close();
}

describe('a cache of vectors', () => {
  test('computes a passage once, in this process and the next', async () => {
    const first = await open().embed(['a', 'bb', 'a'], 'passage');
    expect(asked).toEqual(['passage a', 'passage bb']);
    const again = await open().embed(['bb', 'ccc', 'a'], 'passage');
    expect(asked).toEqual(['passage a', 'passage bb', 'passage ccc']);
    expect(first.map((vector) => [...vector])).toEqual(
      [again[2], again[0], again[2]].map((v) => [...(v ?? [])]),
    );
  });

  test('keeps the vectors of each model apart, and no question', async () => {
    await open('local:one@1').embed(['a'], 'passage');
    await open('local:two@1').embed(['a'], 'passage');
    await open('local:one@1').embed(['q'], 'query');
    await open('local:one@1').embed(['q'], 'query');
    expect(asked).toEqual(['passage a', 'passage a', 'query q', 'query q']);
  });

  test('keeps what was done when a later part fails', async () => {
    const texts = Array.from({ length: 150 }, (_, i) => `text ${i}`);
    const cache = createEmbeddingCache({ file, clock });
    opened.push(cache);
    const counting = countingEmbedder();
    let calls = 0;
    const failing: Embedder = {
      ...counting,
      embed: (...args) => (++calls === 3 ? Promise.reject(new Error('down')) : counting.embed(...args)),
    };
    await expect(withCache(failing, cache).embed(texts, 'passage')).rejects.toThrow('down');
    asked = [];
    expect(await open().embed(texts, 'passage')).toHaveLength(150);
    expect(asked).toHaveLength(150 - 128);
  });

  test('writes nothing when everything is known and was used today', async () => {
    await open().embed(['a', 'bb'], 'passage');
    await opened.pop()?.close();
    const before = statSync(file).mtimeMs;
    const embedder = open();
    const look = new Sqlite(file);
    const version = () => (look.prepare('pragma data_version').raw().all([]) as number[][])[0]?.[0];
    const seen = version();
    await embedder.embed(['a', 'bb'], 'passage');
    expect(version()).toBe(seen);
    clock.advance(2 * DAY_MS);
    await embedder.embed(['a', 'bb'], 'passage');
    expect(version()).not.toBe(seen);
    look.close();
    expect(statSync(file).mtimeMs).toBeGreaterThanOrEqual(before);
  });

  test('forgets what nobody used for long, and nothing else', async () => {
    const cache = createEmbeddingCache({ file, clock });
    opened.push(cache);
    const embedder = withCache(countingEmbedder(), cache);
    await embedder.embed(['old', 'kept'], 'passage');
    clock.advance(10 * DAY_MS);
    await embedder.embed(['kept'], 'passage');
    expect(cache.prune(clock.now() - 5 * DAY_MS)).toBe(1);
    asked = [];
    await embedder.embed(['old', 'kept'], 'passage');
    expect(asked).toEqual(['passage old']);
  });

  test('serves two processes at once', async () => {
    const [one, two] = [open(), open()];
    const texts = Array.from({ length: 200 }, (_, i) => `text ${i}`);
    const both = await Promise.all([one.embed(texts, 'passage'), two.embed(texts.toReversed(), 'passage')]);
    expect(both[0]).toEqual(both[1].toReversed());
    expect(logged).toBe('');
  });

  test('works on while another process holds the file for long', async () => {
    const embedder = open();
    await embedder.embed(['a'], 'passage');
    const other = new Sqlite(file);
    other.exec('begin immediate');
    expect(await embedder.embed(['a', 'new'], 'passage')).toHaveLength(2);
    expect(asked).toEqual(['passage a', 'passage new']);
    other.exec('rollback');
    other.close();
    expect(logged).toMatch(/computed instead/);
  });

  test.each<[string, () => void]>([
    ['is no database', () => writeFileSync(file, 'x'.repeat(10_000))],
    ['is of another kind', () => writeOther(file)],
  ])('begins anew when the file %s', async (_what, damage) => {
    mkdirSync(join(folder, 'deep'));
    damage();
    await open().embed(['a'], 'passage');
    await open().embed(['b'], 'passage');
    asked = [];
    await open().embed(['b'], 'passage');
    expect(asked).toEqual([]);
  });

  test('begins anew when the file is damaged while it is open', async () => {
    const embedder = open();
    await embedder.embed(['a'], 'passage');
    await opened.pop()?.close();
    const db = new Sqlite(file);
    db.exec('drop table vector; create table vector (model text, hash text)');
    db.close();
    const later = open();
    expect(await later.embed(['a'], 'passage')).toHaveLength(1);
    expect(await later.embed(['b'], 'passage')).toHaveLength(1);
    asked = [];
    await later.embed(['b'], 'passage');
    expect(asked).toEqual([]);
  });

  test('computes a vector again whose bytes are no vector', async () => {
    await open().embed(['a'], 'passage');
    const db = new Sqlite(file);
    db.prepare('update vector set data = ?').run([Buffer.from([1, 2, 3])]);
    db.close();
    asked = [];
    expect((await open().embed(['a'], 'passage'))[0]).toHaveLength(2);
    expect(asked).toEqual(['passage a']);
  });

  test('is no obstacle where it cannot be written at all', async () => {
    mkdirSync(file, { recursive: true });
    expect(await open().embed(['a'], 'passage')).toHaveLength(1);
    expect(await open().embed(['a'], 'passage')).toHaveLength(1);
  });
});

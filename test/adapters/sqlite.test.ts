import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import Sqlite from 'libsql';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createSqlite } from '../../src/adapters/sqlite.ts';
import { InvariantError, StoreError } from '../../src/errors.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openThread } from '../../src/store/threads.ts';

function createFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-sqlite-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'state', 'countersign.sqlite');
}

async function openFile(file = createFile()) {
  const db = createSqlite({ file });
  onTestFinished(() => db.destroy());
  await migrate(db);
  return { db, file };
}

/** Another program on the same file, too impatient to wait for a lock. */
function openOther(file: string) {
  const other = new Sqlite(file, { timeout: 20 });
  onTestFinished(() => void other.close());
  return other;
}

describe('what is bound', () => {
  test.each([
    ['a boolean', true],
    ['undefined', undefined],
    ['an object', { a: 1 }],
    ['a list', [1]],
    ['a date', new Date(0)],
    ['a symbol', Symbol('s')],
    ['bytes that are no Buffer', new Uint8Array([1])],
  ])('%s is refused with an error of ours, and the process lives', async (_title, value) => {
    const { db } = await openFile();
    await expect(sql`select ${value} as value`.execute(db)).rejects.toThrow(InvariantError);
    await expect(sql`update inbox set error = ${value}`.execute(db)).rejects.toThrow(InvariantError);
    expect((await sql<{ one: number }>`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
  });

  test.each([
    ['a number', 1.5],
    ['a text', 'é😀'],
    ['null', null],
    ['bytes', Buffer.from([0, 255])],
  ])('%s comes out as it went in', async (_title, value) => {
    const { db } = await openFile();
    const { rows } = await sql<{ value: unknown }>`select ${value} as value`.execute(db);
    const [row] = rows;
    expect(Buffer.isBuffer(value) ? Buffer.from(row?.value as Uint8Array) : row?.value).toEqual(value);
  });

  test('a whole number larger than a double is kept exactly', async () => {
    const { db } = await openFile();
    const big = 9_007_199_254_740_993n;
    const { rows } = await sql<{ value: string }>`select cast(${big} as text) as value`.execute(db);
    expect(rows).toEqual([{ value: '9007199254740993' }]);
  });
});

describe('a database file', () => {
  test('is made with its folder, in write-ahead mode, safe against power loss, with foreign keys', async () => {
    const { db } = await openFile();
    const read = async (name: string) => {
      const { rows } = await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(db);
      return Object.values(rows[0] ?? {})[0];
    };
    expect(await read('journal_mode')).toBe('wal');
    expect(await read('synchronous')).toBe(2);
    expect(await read('foreign_keys')).toBe(1);
  });

  test('keeps what was stored when it is opened again', async () => {
    const file = createFile();
    const first = createSqlite({ file });
    await migrate(first);
    await openThread(first, { channel: 'C1', threadTs: '1.0' }, 5);
    await first.destroy();
    const { db } = await openFile(file);
    expect(await db.selectFrom('threads').select('channel').execute()).toEqual([{ channel: 'C1' }]);
  });

  test('that cannot be opened is told by its name', () => {
    const file = createFile();
    const folder = join(file, '..', '..');
    writeFileSync(join(folder, 'state'), 'a file where a folder should be');
    expect(() => createSqlite({ file: folder })).toThrow(StoreError);
    expect(() => createSqlite({ file: folder })).toThrow(/DATA_DIR/);
  });

  test('a statement it refuses is a store error, to be tried again', async () => {
    const { db } = await openFile();
    const refused = sql`select * from no_such_table`.execute(db);
    await expect(refused).rejects.toMatchObject({ name: 'StoreError', retry: 'later' });
  });

  test('a decision about nothing is refused by the foreign key', async () => {
    const { db } = await openFile();
    const decision = {
      escalation_id: 'none',
      verdict: 'denied',
      decided_by: 'U',
      via: 'button',
      decided_at: 1,
    } as const;
    await expect(db.insertInto('decisions').values(decision).execute()).rejects.toThrow(StoreError);
  });
});

describe('two programs on one file', () => {
  test('nobody writes between the reading and the writing of a transaction', async () => {
    const { db, file } = await openFile();
    const other = openOther(file);
    const write = () => other.exec("insert into job_runs (job, slot, started_at) values ('a', 'b', 1)");
    await db.transaction().execute(async (transaction) => {
      await transaction.selectFrom('job_runs').selectAll().execute();
      expect(write).toThrow(/locked|busy/i);
    });
    write();
    expect(await db.selectFrom('job_runs').select('job').execute()).toEqual([{ job: 'a' }]);
  });

  test('the other one reads while a transaction writes, and sees what is committed alone', async () => {
    const { db, file } = await openFile();
    const other = openOther(file);
    const count = () => (other.prepare('select count(*) as n from threads').get() as { n: number }).n;
    await db.transaction().execute(async (transaction) => {
      await openThread(transaction, { channel: 'C1', threadTs: '1.0' }, 5);
      expect(count()).toBe(0);
    });
    expect(count()).toBe(1);
  });

  test('a transaction that fails leaves nothing and holds nothing', async () => {
    const { db, file } = await openFile();
    const failing = db.transaction().execute(async (transaction) => {
      await openThread(transaction, { channel: 'C1', threadTs: '1.0' }, 5);
      throw new Error('undone');
    });
    await expect(failing).rejects.toThrow('undone');
    openOther(file).exec("insert into job_runs (job, slot, started_at) values ('a', 'b', 1)");
    expect(await db.selectFrom('threads').selectAll().execute()).toEqual([]);
  });
});

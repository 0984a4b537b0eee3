import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { appendAudit, findBreak } from '../../../src/store/audit.ts';
import { canonicalJson } from '../../../src/store/canonical-json.ts';
import type { Database } from '../../../src/store/schema.ts';
import { storableText } from '../../helpers/any-text.ts';

const ROWS = 8;

async function fill(db: Database): Promise<void> {
  for (let number = 1; number <= ROWS; number++) {
    const entry = {
      actor: `U${number}`,
      action: 'refund.approved',
      subject: `E${number}`,
      detail: { number, ok: true },
    };
    await appendAudit(db, entry, 1_000 + number);
  }
}

const change = (db: Database, column: string, value: string | number, seq: number) =>
  sql`update audit set ${sql.ref(column)} = ${value} where seq = ${seq}`.execute(db);

/** One byte of a text or a number, changed to another one. */
function altered(value: string | number, at: number): string | number {
  if (typeof value === 'number') return value + 1 + (at % 7);
  const index = at % value.length;
  const other = value[index] === 'a' ? 'b' : 'a';
  return value.slice(0, index) + other + value.slice(index + 1);
}

/** Gives a row the hash that follows from its content, as a forger who knows the recipe would. */
async function forgeHash(db: Database, seq: number, prevHash?: string): Promise<string> {
  const stored = await db.selectFrom('audit').selectAll().where('seq', '=', seq).executeTakeFirstOrThrow();
  const { hash: _, ...row } = {
    ...stored,
    seq,
    at: Number(stored.at),
    prev_hash: prevHash ?? stored.prev_hash,
  };
  const hash = createHash('sha256').update(canonicalJson(row)).digest('hex');
  await change(db, 'prev_hash', row.prev_hash, seq);
  await change(db, 'hash', hash, seq);
  return hash;
}

export function describeAudit(open: () => Promise<Database>): void {
  test('an untouched book has no break, an empty one neither', async () => {
    const db = await open();
    expect(await findBreak(db)).toBeUndefined();
    await fill(db);
    expect(await findBreak(db)).toBeUndefined();
  });

  test('a book of any content has no break', async () => {
    const db = await open();
    const detail = fc.dictionary(
      storableText,
      fc.oneof(storableText, fc.integer(), fc.boolean(), fc.constant(null)),
    );
    const entry = fc.record({ actor: storableText, action: storableText, subject: storableText, detail });
    await fc.assert(
      fc.asyncProperty(entry, async (one) => {
        await appendAudit(db, one, 5);
        expect(await findBreak(db)).toBeUndefined();
      }),
      { numRuns: 30 },
    );
  });

  test.each(['at', 'actor', 'action', 'subject', 'detail', 'prev_hash', 'hash'])(
    'a change of %s breaks the chain at exactly that row, and putting it back mends it',
    async (column) => {
      const db = await open();
      await fill(db);
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: ROWS }), fc.nat(200), async (seq, at) => {
          const row = await db
            .selectFrom('audit')
            .selectAll()
            .where('seq', '=', seq)
            .executeTakeFirstOrThrow();
          const before = column === 'at' ? Number(row.at) : row[column as 'actor'];
          await change(db, column, altered(before, at), seq);
          expect(await findBreak(db)).toBe(seq);
          await change(db, column, before, seq);
          expect(await findBreak(db)).toBeUndefined();
        }),
        { numRuns: 20 },
      );
    },
  );

  test.each([1, 4, ROWS - 1])('row %i taken out shows at the next one', async (seq) => {
    const db = await open();
    await fill(db);
    await db.deleteFrom('audit').where('seq', '=', seq).execute();
    expect(await findBreak(db)).toBe(seq + 1);
  });

  test('a row taken out shows also when the rest is numbered anew', async () => {
    const db = await open();
    await fill(db);
    await db.deleteFrom('audit').where('seq', '=', 3).execute();
    for (let seq = 4; seq <= ROWS; seq++) await change(db, 'seq', seq - 1, seq);
    expect(await findBreak(db)).toBe(3);
  });

  test('two rows in each other’s place show', async () => {
    const db = await open();
    await fill(db);
    await change(db, 'seq', 99, 2);
    await change(db, 'seq', 2, 5);
    await change(db, 'seq', 5, 99);
    expect(await findBreak(db)).toBe(2);
  });

  test('a row put in shows', async () => {
    const db = await open();
    await fill(db);
    const last = await db.selectFrom('audit').selectAll().where('seq', '=', ROWS).executeTakeFirstOrThrow();
    await db
      .insertInto('audit')
      .values({ ...last, seq: ROWS + 1, prev_hash: last.hash })
      .execute();
    expect(await findBreak(db)).toBe(ROWS + 1);
  });

  test('a row forged together with its hash shows at the next one', async () => {
    const db = await open();
    await fill(db);
    await change(db, 'actor', 'U0FORGER', 3);
    await forgeHash(db, 3);
    expect(await findBreak(db)).toBe(4);
  });

  test('a row taken out and the rest sewn together shows by the gap in the numbers', async () => {
    const db = await open();
    await fill(db);
    await db.deleteFrom('audit').where('seq', '=', 3).execute();
    const before = await db.selectFrom('audit').select('hash').where('seq', '=', 2).executeTakeFirstOrThrow();
    let previous = before.hash;
    for (let seq = 4; seq <= ROWS; seq++) previous = await forgeHash(db, seq, previous);
    expect(await findBreak(db)).toBe(4);
  });

  test('an entry that is rolled back leaves no gap', async () => {
    const db = await open();
    await fill(db);
    const failing = db.transaction().execute(async (transaction) => {
      await appendAudit(transaction, { actor: 'a', action: 'b', subject: 'c', detail: {} }, 1);
      throw new Error('undone');
    });
    await expect(failing).rejects.toThrow('undone');
    await appendAudit(db, { actor: 'a', action: 'b', subject: 'c', detail: {} }, 2);
    expect(await findBreak(db)).toBeUndefined();
  });

  test('entries written at the same time stand in one chain', async () => {
    const db = await open();
    const entry = { actor: 'a', action: 'b', subject: 'c', detail: {} };
    await Promise.all(
      Array.from({ length: 10 }, () =>
        db.transaction().execute((transaction) => appendAudit(transaction, entry, 1)),
      ),
    );
    expect(await findBreak(db)).toBeUndefined();
    expect(await db.selectFrom('audit').select('seq').execute()).toHaveLength(10);
  });
}

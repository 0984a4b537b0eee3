import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import type { Db } from './schema.ts';

export interface AuditEntry {
  /** User id, or `countersign` for what the product did by itself. */
  actor: string;
  /** Such as `refund.approved` or `approval.refused`. */
  action: string;
  subject: string;
  detail: Record<string, unknown>;
}

const BEFORE_THE_FIRST = '0'.repeat(64);

/**
 * Appends a row to the hash chain. Call it inside the transaction that does what it tells of: SQLite lets one
 * writer in at a time, so nobody else can take the same place in the chain.
 */
export async function appendAudit(db: Db, entry: AuditEntry, now: number): Promise<void> {
  const last = await db
    .selectFrom('audit')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  const row = {
    seq: Number(last?.seq ?? 0) + 1,
    at: now,
    actor: entry.actor,
    action: entry.action,
    subject: entry.subject,
    detail: canonicalJson(entry.detail),
    prev_hash: last?.hash ?? BEFORE_THE_FIRST,
  };
  await db
    .insertInto('audit')
    .values({ ...row, hash: hashOf(row) })
    .execute();
}

/** The first row whose hash does not follow from its content and the row before, or undefined when all do. */
export async function findBreak(db: Db): Promise<number | undefined> {
  let expectedSeq = 1;
  let previous = BEFORE_THE_FIRST;
  for (const row of await db.selectFrom('audit').selectAll().orderBy('seq').execute()) {
    const { hash, ...content } = { ...row, seq: Number(row.seq), at: Number(row.at) };
    if (content.seq !== expectedSeq || content.prev_hash !== previous || hashOf(content) !== hash) {
      return content.seq;
    }
    expectedSeq += 1;
    previous = hash;
  }
  return undefined;
}

function hashOf(row: Record<string, string | number>): string {
  return createHash('sha256').update(canonicalJson(row)).digest('hex');
}

import type { Selectable } from 'kysely';
import type { Amount } from '../escalation/amount.ts';
import type { CustomerRecord } from '../pipeline/types.ts';
import type { Db, DecisionsTable, EscalationsTable } from './schema.ts';

/** What a manager decides on. All of it comes from records, except `words`, which are the customer's. */
export interface RefundFacts {
  customerName: string;
  record: CustomerRecord | undefined;
  words: string;
  /** The words read as if they wanted to steer the bot. */
  steering?: boolean | undefined;
  threadUrl: string | undefined;
  /** As far as the words name exactly one; nobody else says how much it is. */
  amount?: Amount | undefined;
  policy: { title: string; url: string | undefined; quote: string } | undefined;
}

export interface Escalation {
  id: string;
  channel: string;
  threadTs: string;
  customer: string;
  facts: RefundFacts;
  digest: string;
  state: EscalationsTable['state'];
  createdAt: number;
  /** The customer as a whole; refunds of one account are added up. */
  account?: string | undefined;
  /** The message that asks for the refund. */
  questionTs?: string | undefined;
}

/** Opens an escalation. False when the thread has an open one already: it is the same matter. */
export async function openEscalation(db: Db, escalation: Escalation): Promise<boolean> {
  const result = await db
    .insertInto('escalations')
    .values({
      id: escalation.id,
      kind: 'refund',
      channel: escalation.channel,
      thread_ts: escalation.threadTs,
      customer: escalation.customer,
      facts: JSON.stringify(escalation.facts),
      digest: escalation.digest,
      state: 'open',
      account: escalation.account ?? null,
      question_ts: escalation.questionTs ?? null,
      created_at: escalation.createdAt,
      decided_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0) === 1;
}

export async function findEscalation(db: Db, id: string): Promise<Escalation | undefined> {
  const row = await db.selectFrom('escalations').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toEscalation(row);
}

export async function listOpenEscalations(db: Db, limit: number): Promise<Escalation[]> {
  const rows = await db
    .selectFrom('escalations')
    .selectAll()
    .where('state', 'in', ['open', 'held'])
    .orderBy('created_at')
    .limit(limit)
    .execute();
  return rows.map(toEscalation);
}

export async function hasOpenEscalation(
  db: Db,
  thread: { channel: string; threadTs: string },
): Promise<boolean> {
  const row = await db
    .selectFrom('escalations')
    .select('id')
    .where('channel', '=', thread.channel)
    .where('thread_ts', '=', thread.threadTs)
    .where('state', 'in', ['open', 'held'])
    .executeTakeFirst();
  return row !== undefined;
}

/** The open request that this message is. */
export async function findOpenByQuestion(
  db: Db,
  at: { channel: string; ts: string },
): Promise<Escalation | undefined> {
  const row = await db
    .selectFrom('escalations')
    .selectAll()
    .where('channel', '=', at.channel)
    .where('question_ts', '=', at.ts)
    .where('state', 'in', ['open', 'held'])
    .executeTakeFirst();
  return row && toEscalation(row);
}

/** Amounts of the refunds that were approved to an account since then; undefined where nobody named one. */
export async function listApprovedAmounts(
  db: Db,
  account: string,
  since: number,
): Promise<(Amount | undefined)[]> {
  const rows = await db
    .selectFrom('escalations')
    .select('facts')
    .where('account', '=', account)
    .where('state', '=', 'approved')
    .where('decided_at', '>', since)
    .execute();
  return rows.map(({ facts }) => (JSON.parse(facts) as RefundFacts).amount);
}

/**
 * Writes the decision. False when it is not open any more: the guarded update lets one vote through, and the
 * primary key of `decisions` holds whatever happens. Call it inside a transaction.
 */
export async function decideEscalation(
  db: Db,
  decision: {
    escalationId: string;
    verdict: 'approved' | 'denied';
    by: string;
    via: 'reaction' | 'button';
    now: number;
    secondedBy?: string | undefined;
    digest?: string | undefined;
  },
): Promise<boolean> {
  const moved = await db
    .updateTable('escalations')
    .set({ state: decision.verdict, decided_at: decision.now })
    .where('id', '=', decision.escalationId)
    .where('state', 'in', ['open', 'held'])
    .executeTakeFirst();
  if (moved.numUpdatedRows !== 1n) return false;
  await db
    .insertInto('decisions')
    .values({
      escalation_id: decision.escalationId,
      verdict: decision.verdict,
      decided_by: decision.by,
      via: decision.via,
      decided_at: decision.now,
      seconded_by: decision.secondedBy ?? null,
      digest: decision.digest ?? null,
    })
    .execute();
  return true;
}

export async function findDecision(
  db: Db,
  escalationId: string,
): Promise<Selectable<DecisionsTable> | undefined> {
  return db.selectFrom('decisions').selectAll().where('escalation_id', '=', escalationId).executeTakeFirst();
}

/** Ends it without a decision. False when it is not open any more. */
export async function endEscalation(db: Db, id: string, state: 'superseded' | 'expired'): Promise<boolean> {
  const moved = await db
    .updateTable('escalations')
    .set({ state })
    .where('id', '=', id)
    .where('state', 'in', ['open', 'held'])
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
}

export function toEscalation(row: Selectable<EscalationsTable>): Escalation {
  return {
    id: row.id,
    channel: row.channel,
    threadTs: row.thread_ts,
    customer: row.customer,
    facts: JSON.parse(row.facts) as RefundFacts,
    digest: row.digest,
    state: row.state,
    createdAt: Number(row.created_at),
    account: row.account ?? undefined,
    questionTs: row.question_ts ?? undefined,
  };
}

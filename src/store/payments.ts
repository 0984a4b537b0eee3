import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Db, PaymentsTable } from './schema.ts';

export type Payment = Selectable<PaymentsTable>;

/** Opens the payment of an approved refund, in the transaction that approves it. */
export async function recordPayment(
  db: Db,
  payment: { escalationId: string; state: 'due' | 'by_hand'; now: number },
): Promise<void> {
  await db
    .insertInto('payments')
    .values({
      escalation_id: payment.escalationId,
      state: payment.state,
      attempts: 0,
      not_before: payment.now,
      status: null,
      answer: null,
      paid_by: null,
      created_at: payment.now,
      done_at: null,
    })
    .execute();
}

/** Claims a payment that is due. The attempt is counted first; a claim that nobody ends runs out by itself. */
export async function claimDuePayment(
  db: Db,
  at: { now: number; claimMs: number },
): Promise<Payment | undefined> {
  return db
    .updateTable('payments')
    .set({ not_before: at.now + at.claimMs, attempts: sql`attempts + 1` })
    .where('escalation_id', '=', (where) =>
      where
        .selectFrom('payments as due')
        .select('due.escalation_id')
        .where('due.state', '=', 'due')
        .where('due.not_before', '<=', at.now)
        .orderBy('due.not_before')
        .limit(1),
    )
    .returningAll()
    .executeTakeFirst();
}

/** Moves a payment on. False when somebody else did so before. */
export async function settlePayment(
  db: Db,
  settled: {
    escalationId: string;
    from: Payment['state'];
    to: Payment['state'];
    now: number;
    status?: number | undefined;
    answer?: string | undefined;
    paidBy?: string | undefined;
  },
): Promise<boolean> {
  const { status, answer, paidBy } = settled;
  const moved = await db
    .updateTable('payments')
    .set({
      state: settled.to,
      done_at: settled.now,
      ...(status === undefined ? {} : { status }),
      ...(answer === undefined ? {} : { answer }),
      ...(paidBy === undefined ? {} : { paid_by: paidBy }),
    })
    .where('escalation_id', '=', settled.escalationId)
    .where('state', '=', settled.from)
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
}

export async function postponePayment(
  db: Db,
  later: { escalationId: string; notBefore: number; answer: string },
): Promise<void> {
  await db
    .updateTable('payments')
    .set({ not_before: later.notBefore, answer: later.answer })
    .where('escalation_id', '=', later.escalationId)
    .where('state', '=', 'due')
    .execute();
}

export async function nextPaymentDue(db: Db): Promise<number | undefined> {
  const row = await db
    .selectFrom('payments')
    .select((select) => select.fn.min('not_before').as('due'))
    .where('state', '=', 'due')
    .executeTakeFirst();
  return row?.due === null || row?.due === undefined ? undefined : Number(row.due);
}

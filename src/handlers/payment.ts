import type { CardPayment } from '../conversation/content.ts';
import { CountersignError, InvariantError, toError } from '../errors.ts';
import type { RefundOrder } from '../ports.ts';
import { appendAudit } from '../store/audit.ts';
import { type Escalation, findDecision, findEscalation } from '../store/escalations.ts';
import {
  claimDuePayment,
  nextPaymentDue,
  type Payment,
  postponePayment,
  recordPayment,
  settlePayment,
} from '../store/payments.ts';
import type { Db } from '../store/schema.ts';
import { editCard } from './approval-card.ts';
import type { Desk } from './desk.ts';
import { tellStaff } from './staff.ts';

/** Longer than the webhook may take to answer. */
const CLAIM_MS = 60_000;
/** With the waits in between, about a day: a billing system may be down over night. */
const MAX_ATTEMPTS = 30;
const MAX_BACKOFF_MS = 3_600_000;

/** What is to happen after an approval: the webhook is told, or people pay. */
export async function openPayment(desk: Desk, db: Db, escalation: Escalation): Promise<CardPayment> {
  const state = desk.refunds === undefined ? 'by_hand' : 'due';
  await recordPayment(db, { escalationId: escalation.id, state, now: desk.clock.now() });
  return { name: state };
}

/** Orders what was approved, again and again until it is taken or refused for good. */
export function createDuePayments(desk: Desk, onDone: () => void) {
  return {
    async claim(): Promise<(() => Promise<void>) | undefined> {
      const payment = await claimDuePayment(desk.db, { now: desk.clock.now(), claimMs: CLAIM_MS });
      return payment && (() => pay(desk, payment).then(onDone));
    },
    nextDue: () => nextPaymentDue(desk.db),
  };
}

async function pay(desk: Desk, payment: Payment): Promise<void> {
  const escalationId = payment.escalation_id;
  try {
    const escalation = await findEscalation(desk.db, escalationId);
    if (escalation === undefined) throw new InvariantError('a payment without its request');
    await order(desk, escalation, payment);
  } catch (error) {
    const reason = toError(error).message;
    desk.log.warn('what became of a refund could not be written down; it is ordered again', {
      escalationId,
      reason,
    });
    await postpone(desk, payment, reason).catch((failure: unknown) =>
      desk.log.error('it is ordered again when its claim has run out', {
        escalationId,
        error: toError(failure),
      }),
    );
  }
}

async function order(desk: Desk, escalation: Escalation, payment: Payment): Promise<void> {
  // The setting was taken away after the approval.
  if (desk.refunds === undefined)
    return leaveToPeople(desk, escalation, 'REFUND_WEBHOOK_URL is not set any more');
  const refund = await readOrder(desk.db, escalation);
  let taken: { status: number; answer: string };
  try {
    taken = await desk.refunds.pay(refund);
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    const isOver = error.retry === 'never' || Number(payment.attempts) >= MAX_ATTEMPTS;
    if (isOver) return leaveToPeople(desk, escalation, error.message);
    desk.log.warn('the refund webhook did not take an order; it is tried again', { reason: error.message });
    return postpone(desk, payment, error.message);
  }
  await settle(desk, escalation, { to: 'accepted', ...taken });
}

function postpone(
  desk: Desk,
  { escalation_id: escalationId, attempts }: Payment,
  answer: string,
): Promise<void> {
  const waitMs = Math.min(1_000 * 2 ** (Number(attempts) - 1), MAX_BACKOFF_MS);
  return postponePayment(desk.db, { escalationId, notBefore: desk.clock.now() + waitMs, answer });
}

function leaveToPeople(desk: Desk, escalation: Escalation, answer: string): Promise<void> {
  desk.log.error('a refund could not be ordered; people have to pay it', {
    escalation: escalation.id,
    reason: answer,
  });
  return settle(desk, escalation, { to: 'by_hand', answer });
}

async function settle(
  desk: Desk,
  escalation: Escalation,
  result: { to: 'accepted' | 'by_hand'; status?: number; answer: string },
): Promise<void> {
  const { id, facts } = escalation;
  const now = desk.clock.now();
  await desk.db.transaction().execute(async (db) => {
    if (!(await settlePayment(db, { escalationId: id, from: 'due', now, ...result }))) return;
    const isAccepted = result.to === 'accepted';
    const action = isAccepted ? 'refund.ordered' : 'refund.order_failed';
    const detail = { status: result.status, answer: result.answer };
    await appendAudit(db, { actor: 'countersign', action, subject: id, detail }, now);
    const payment: CardPayment = isAccepted
      ? { name: 'accepted', at: now }
      : { name: 'by_hand', why: result.answer };
    await showPayment(desk, db, escalation, payment);
    if (isAccepted) return;
    const text = `The approved refund of ${facts.customerName} could not be ordered, so it has to be paid by hand. Look first whether it was paid all the same, then confirm it on the card. ${result.answer} ${facts.threadUrl ?? ''}`;
    await tellStaff(desk, `payment:${id}`, text.trimEnd(), db);
  });
}

/** The card of an approved refund, with what became of the money. */
export async function showPayment(
  desk: Desk,
  db: Db,
  escalation: Escalation,
  payment: CardPayment,
): Promise<void> {
  const decision = await findDecision(db, escalation.id);
  if (decision === undefined) throw new InvariantError('a payment without its decision');
  const names = { by: decision.decided_by, secondedBy: decision.seconded_by ?? undefined };
  await editCard(desk, db, escalation, {
    name: 'approved',
    ...names,
    at: Number(decision.decided_at),
    payment,
  });
}

async function readOrder(db: Db, escalation: Escalation): Promise<RefundOrder> {
  const decision = await findDecision(db, escalation.id);
  if (decision === undefined) throw new InvariantError('a payment without its decision');
  const { facts, customer, account } = escalation;
  return {
    id: escalation.id,
    decidedAt: Number(decision.decided_at),
    approvedBy: [decision.decided_by, decision.seconded_by].filter((user) => user !== null),
    customer: { user: customer, name: facts.record?.name ?? facts.customerName, account: account ?? null },
    amount: facts.amount ?? null,
    channel: escalation.channel,
    thread: escalation.threadTs,
    threadUrl: facts.threadUrl ?? null,
    words: facts.words,
    digest: escalation.digest,
  };
}

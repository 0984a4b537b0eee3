import type { TwoNeeded } from '../escalation/amount.ts';
import type { ApprovalEffect, ApprovalState, Ballot } from '../escalation/approval.ts';
import { type Freeze, REFUSAL_TEXT, type RefusalReason } from '../escalation/policy.ts';
import { decisionLine, EXPIRED_LINE } from '../escalation/refund.ts';
import { markFrozen } from '../store/approvals.ts';
import { appendAudit } from '../store/audit.ts';
import type { Escalation } from '../store/escalations.ts';
import { enqueue } from '../store/outbox.ts';
import type { Db } from '../store/schema.ts';
import { updateThread } from '../store/threads.ts';
import { editCard } from './approval-card.ts';
import type { Desk } from './desk.ts';
import { tellFrozen } from './frozen.ts';
import { openPayment } from './payment.ts';
import type { Checked } from './permissions.ts';
import { tellStaff } from './staff.ts';

export interface Matter {
  desk: Desk;
  db: Db;
  escalation: Escalation;
  two: TwoNeeded | undefined;
  checked: Checked;
}

type Of<E extends ApprovalEffect['effect']> = ApprovalEffect & { effect: E };

/** Tells and books one effect of a step: all of it commits with the step or not at all. */
export async function tellEffect(
  matter: Matter,
  effect: ApprovalEffect,
  all: readonly ApprovalEffect[],
): Promise<void> {
  const isSettled = all.some((one) => one.effect === 'decided');
  switch (effect.effect) {
    case 'refused':
      return refuse(matter, effect.ballot, effect.reason, 'approval.refused', REFUSAL_TEXT[effect.reason]);
    case 'struck': {
      const text = `Your vote does not count any more. ${REFUSAL_TEXT[effect.reason]}`;
      return refuse(matter, effect.ballot, effect.reason, 'approval.struck', text);
    }
    case 'stands':
      return tellTooLate(matter, effect.ballot, effect.state, 'nothing changed');
    case 'unchanged':
      return tellTooLate(matter, effect.ballot, effect.state, 'taking your vote back changes nothing');
    case 'contradicts':
      return tellContradiction(matter, effect.user);
    case 'counted':
      return isSettled ? undefined : audit(matter, effect.ballot, 'approval.voted');
    case 'withdrawn':
      return audit(matter, effect.ballot, 'approval.withdrawn');
    case 'decided':
      return tellDecision(matter, effect);
    case 'expired':
      return tellExpiry(matter);
    case 'superseded':
      return tellSuperseded(matter, effect);
  }
}

/** One new message in the customer's thread, the card edited, the books written. */
async function tellDecision(
  { desk, db, escalation, checked }: Matter,
  decided: Of<'decided'>,
): Promise<void> {
  const now = desk.clock.now();
  const { verdict, by } = decided;
  const [first, second] = by as [Ballot, Ballot?];
  // The line says that a colleague goes on from here, so the bot must not answer in their place.
  await updateThread(db, escalation, { handed_over_at: now });
  await sayInThread(desk, db, escalation, `decision:${escalation.id}`, decisionLine(verdict));
  const payment = verdict === 'approved' ? await openPayment(desk, db, escalation) : undefined;
  const names = { by: first.user, secondedBy: second?.user };
  await editCard(desk, db, escalation, { name: verdict, ...names, at: now, payment });
  const via = first.source === 'button' ? 'button' : 'reaction';
  const detail = {
    via,
    digest: escalation.digest,
    team: checked.people.get(first.user)?.teamId,
    ...(second === undefined ? {} : { seconded: second.user }),
  };
  await appendAudit(
    db,
    { actor: first.user, action: `refund.${verdict}`, subject: escalation.id, detail },
    now,
  );
}

async function refuse(
  matter: Matter,
  ballot: Ballot,
  reason: RefusalReason,
  action: string,
  text: string,
): Promise<void> {
  const { desk, db, escalation } = matter;
  await audit(matter, ballot, action, { reason });
  await tellPrivately(matter, ballot.user, reason, text);
  if (!isFreeze(reason)) return;
  await markFrozen(db, escalation.id, reason);
  await tellFrozen(desk, db, reason);
}

function isFreeze(reason: RefusalReason): reason is Freeze {
  return reason === 'channel_public' || reason === 'channel_shared';
}

/** Too late is not wrong, but the person must not believe that it counted. */
async function tellTooLate(
  matter: Matter,
  ballot: Ballot,
  state: ApprovalState,
  what: string,
): Promise<void> {
  await audit(matter, ballot, 'approval.too_late', { stands: state });
  await tellPrivately(matter, ballot.user, `late:${what}`, `This was already ${state}; ${what}.`);
}

async function tellContradiction(matter: Matter, user: string): Promise<void> {
  const { desk, db, escalation } = matter;
  const entry = { actor: user, action: 'approval.contradicted', subject: escalation.id, detail: {} };
  await appendAudit(db, entry, desk.clock.now());
  const text = 'You approve and deny at the same time, so neither counts. Take one of them back.';
  await tellPrivately(matter, user, 'contradiction', text);
}

/** Nobody decided in time. The customer must not wait for ever, and somebody has to speak to them. */
async function tellExpiry({ desk, db, escalation }: Matter): Promise<void> {
  const now = desk.clock.now();
  const { id, facts } = escalation;
  await updateThread(db, escalation, { handed_over_at: now });
  await sayInThread(desk, db, escalation, `expired:${id}`, EXPIRED_LINE);
  await editCard(desk, db, escalation, { name: 'expired', at: now });
  const text = `Nobody decided in time on the refund request of ${facts.customerName}, so it has expired. Please speak to the customer. ${facts.threadUrl ?? ''}`;
  await tellStaff(desk, `expired-staff:${id}`, text.trimEnd(), db);
  const detail = { digest: escalation.digest };
  await appendAudit(db, { actor: 'countersign', action: 'refund.expired', subject: id, detail }, now);
}

async function tellSuperseded({ desk, db, escalation }: Matter, { why }: Of<'superseded'>): Promise<void> {
  await editCard(desk, db, escalation, { name: 'superseded', why });
  const detail = { digest: escalation.digest, why };
  const entry = { actor: 'countersign', action: 'refund.superseded', subject: escalation.id, detail };
  await appendAudit(db, entry, desk.clock.now());
  if (why !== 'altered') return;
  const text = `The record of a refund request was changed outside of me, so nobody can decide on it any more (${escalation.id}). Please find out who has access to the database. ${escalation.facts.threadUrl ?? ''}`;
  await tellStaff(desk, `altered:${escalation.id}`, text.trimEnd(), db);
}

function sayInThread(desk: Desk, db: Db, escalation: Escalation, key: string, text: string): Promise<void> {
  const { channel, threadTs } = escalation;
  const target = { to: 'thread' as const, channel, threadTs };
  const stamp = { newId: desk.newId, now: desk.clock.now() };
  return enqueue(db, { key, target, content: { kind: 'line', text } }, stamp);
}

function audit(
  { desk, db, escalation, checked }: Matter,
  ballot: Ballot,
  action: string,
  more: Record<string, unknown> = {},
): Promise<void> {
  const detail = {
    via: ballot.source === 'button' ? 'button' : 'reaction',
    vote: ballot.verdict,
    team: checked.people.get(ballot.user)?.teamId,
    ...more,
  };
  return appendAudit(db, { actor: ballot.user, action, subject: escalation.id, detail }, desk.clock.now());
}

/** Once per request, person and reason: who tries again knows it already. */
async function tellPrivately(matter: Matter, user: string, what: string, text: string): Promise<void> {
  const { desk, db, escalation, checked } = matter;
  const person = checked.people.get(user);
  // Nobody reads what an app is told in private, and Slack refuses to deliver it.
  if (person === undefined || person.isBot) return;
  await enqueue(
    db,
    {
      key: `told:${escalation.id}:${user}:${what}`,
      target: { to: 'person', channel: desk.settings.managerChannel, user },
      content: { kind: 'line', text },
    },
    { newId: desk.newId, now: desk.clock.now() },
  );
}

import type { ButtonPressed } from '../conversation/events.ts';
import { REFUSAL_TEXT } from '../escalation/policy.ts';
import { escalationOfCardKey } from '../escalation/refund.ts';
import type { Person } from '../ports.ts';
import { appendAudit } from '../store/audit.ts';
import { type Escalation, findEscalation } from '../store/escalations.ts';
import { enqueue, findByMessage } from '../store/outbox.ts';
import { settlePayment } from '../store/payments.ts';
import type { Db } from '../store/schema.ts';
import type { Handled, Handler } from '../worker.ts';
import type { Desk } from './desk.ts';
import { showPayment } from './payment.ts';
import { checkPeople } from './permissions.ts';

const ignore: Handled = { commit: async () => undefined };

/** Somebody says that they have paid an approved refund by hand. Whoever may decide may say so. */
export function createPaidButtonHandler(desk: Desk): Handler {
  return {
    async handle(item) {
      const { message, user } = JSON.parse(item.body) as ButtonPressed;
      if (message?.channel !== desk.settings.managerChannel) return ignore;
      const row = await findByMessage(desk.db, message.channel, message.ts);
      const escalation = await findEscalation(desk.db, escalationOfCardKey(row?.key ?? '') ?? '');
      if (escalation === undefined) return ignore;
      const { permissions, people } = await checkPeople(desk, escalation.customer, [user]);
      const permission = permissions.get(user);
      if (permission?.allowed) return { commit: (db) => confirm(desk, db, escalation, user) };
      const reason = permission?.reason ?? 'unknown';
      return { commit: (db) => refuse(desk, db, { escalation, user, person: people.get(user), reason }) };
    },
  };
}

async function confirm(desk: Desk, db: Db, escalation: Escalation, user: string): Promise<void> {
  const now = desk.clock.now();
  const { id } = escalation;
  const paid = { escalationId: id, from: 'by_hand', to: 'paid', now, paidBy: user } as const;
  if (!(await settlePayment(db, paid))) return;
  await showPayment(desk, db, escalation, { name: 'paid', by: user, at: now });
  await appendAudit(db, { actor: user, action: 'refund.paid', subject: id, detail: {} }, now);
}

async function refuse(
  desk: Desk,
  db: Db,
  tried: {
    escalation: Escalation;
    user: string;
    person: Person | undefined;
    reason: keyof typeof REFUSAL_TEXT;
  },
): Promise<void> {
  const { escalation, user, person, reason } = tried;
  const now = desk.clock.now();
  const detail = { via: 'button', confirms: 'paid', reason, team: person?.teamId };
  await appendAudit(db, { actor: user, action: 'approval.refused', subject: escalation.id, detail }, now);
  if (person === undefined || person.isBot) return;
  await enqueue(
    db,
    {
      key: `told:${escalation.id}:${user}:paid:${reason}`,
      target: { to: 'person', channel: desk.settings.managerChannel, user },
      content: { kind: 'line', text: REFUSAL_TEXT[reason] },
    },
    { newId: desk.newId, now },
  );
}

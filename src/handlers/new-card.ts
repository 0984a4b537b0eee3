import type { Freeze } from '../escalation/policy.ts';
import { cardKey, cardOf } from '../escalation/refund.ts';
import { markFrozen } from '../store/approvals.ts';
import { appendAudit } from '../store/audit.ts';
import type { Escalation } from '../store/escalations.ts';
import { enqueue } from '../store/outbox.ts';
import type { Db } from '../store/schema.ts';
import { readWhyTwo } from './approval-step.ts';
import type { Desk } from './desk.ts';
import { tellFrozen } from './frozen.ts';

/** The card of a request that was just opened, and its first line in the books. */
export async function showNewCard(
  desk: Desk,
  db: Db,
  escalation: Escalation,
  frozen: Freeze | undefined,
): Promise<void> {
  const now = desk.clock.now();
  const two = await readWhyTwo(desk, db, escalation);
  await enqueue(
    db,
    {
      key: cardKey(escalation),
      target: { to: 'channel', channel: desk.settings.managerChannel },
      content: { kind: 'refund-card', ...cardOf(escalation, { name: 'open' }, { two, frozen }) },
    },
    { newId: desk.newId, now },
  );
  const { channel, threadTs: thread, customer, digest, id } = escalation;
  const detail = { channel, thread, customer, digest };
  await appendAudit(db, { actor: 'countersign', action: 'refund.opened', subject: id, detail }, now);
  if (frozen === undefined) return;
  await markFrozen(db, id, frozen);
  await tellFrozen(desk, db, frozen);
}

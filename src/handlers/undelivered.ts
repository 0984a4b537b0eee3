import { escalationOfCardKey, UNDELIVERED_LINE } from '../escalation/refund.ts';
import { appendAudit } from '../store/audit.ts';
import { type Escalation, endEscalation, findEscalation } from '../store/escalations.ts';
import { enqueue, type OutboxRow, type Target } from '../store/outbox.ts';
import type { Db } from '../store/schema.ts';
import type { Desk } from './desk.ts';
import { tellStaff } from './staff.ts';

/** Slack will not take a message. Staff are told what a customer or colleague did not get to see, and why. */
export async function tellUndelivered(desk: Desk, db: Db, row: OutboxRow, reason: string): Promise<void> {
  const escalation = await findEscalation(db, escalationOfCardKey(row.key) ?? '');
  if (escalation !== undefined) return tellUndecidable(desk, db, escalation, reason);
  const target = JSON.parse(row.destination) as Target;
  const place = describe(target);
  // A private note that found no reader is not worth a second one, and the staff channel cannot tell of itself.
  if (place === undefined || ('channel' in target && target.channel === desk.settings.staffChannel)) return;
  const text = `I could not deliver a message ${place}, so somebody may be waiting for it. ${reason}. ${remedy(reason)}`;
  await tellStaff(desk, `undelivered:${row.id}`, text, db);
}

/** Without its card nobody can decide, and an open escalation would keep the bot out of the thread for ever. */
async function tellUndecidable(desk: Desk, db: Db, escalation: Escalation, reason: string): Promise<void> {
  const { managerChannel } = desk.settings;
  if (!(await endEscalation(db, escalation.id, 'superseded'))) return;
  await tellCustomer(desk, db, escalation);
  await tellOtherStaff(desk, db, escalation, reason);
  const detail = { channel: managerChannel, reason, digest: escalation.digest };
  const entry = { actor: 'countersign', action: 'refund.undelivered', subject: escalation.id, detail };
  await appendAudit(db, entry, desk.clock.now());
  desk.log.error('a refund request reached nobody; the customer was told to ask a person directly', {
    escalation: escalation.id,
    thread: escalation.facts.threadUrl ?? `${escalation.channel} ${escalation.threadTs}`,
    reason,
    remedy: managerRemedy(managerChannel, reason),
  });
}

function tellCustomer(desk: Desk, db: Db, { id, channel, threadTs }: Escalation): Promise<void> {
  return enqueue(
    db,
    {
      key: `undecided:${id}`,
      target: { to: 'thread', channel, threadTs },
      content: { kind: 'line', text: UNDELIVERED_LINE },
    },
    { newId: desk.newId, now: desk.clock.now() },
  );
}

async function tellOtherStaff(desk: Desk, db: Db, escalation: Escalation, reason: string): Promise<void> {
  const { managerChannel, staffChannel } = desk.settings;
  if (staffChannel === managerChannel) return;
  const { channel, facts, id } = escalation;
  const text = `A refund request of ${facts.customerName} in ${channel} could not be shown in ${managerChannel}, so nobody can decide on it, and I asked the customer to turn to their contact. ${reason}. ${managerRemedy(managerChannel, reason)} ${facts.threadUrl ?? ''}`;
  await tellStaff(desk, `undecided-staff:${id}`, text.trimEnd(), db);
}

function managerRemedy(managerChannel: string, reason: string): string {
  if (/is_archived/.test(reason)) return 'The channel is archived: set MANAGER_CHANNEL to another one.';
  return `Invite the bot to MANAGER_CHANNEL (${managerChannel}), then run "npm run check" to see that it may post there.`;
}

function describe(target: Target): string | undefined {
  switch (target.to) {
    case 'thread':
    case 'channel':
      return `in ${target.channel}`;
    case 'direct':
      return `to ${target.user}`;
    default:
      return undefined;
  }
}

function remedy(reason: string): string {
  if (/not_in_channel|channel_not_found/.test(reason)) return 'Invite me to that channel.';
  if (/is_archived/.test(reason)) return 'The channel is archived.';
  if (/token|auth|scope/.test(reason)) return 'Run "npm run check" to see what is wrong with my access.';
  return 'The log has the details.';
}

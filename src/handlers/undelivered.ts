import type { OutboxRow, Target } from '../store/outbox.ts';
import type { Desk } from './desk.ts';
import { tellStaff } from './staff.ts';

/** Slack will not take a message. Staff are told what a customer or colleague did not get to see, and why. */
export async function tellUndelivered(desk: Desk, row: OutboxRow, reason: string): Promise<void> {
  const target = JSON.parse(row.destination) as Target;
  const place = describe(target);
  // A private note that found no reader is not worth a second one, and the staff channel cannot tell of itself.
  if (place === undefined || ('channel' in target && target.channel === desk.settings.staffChannel)) return;
  const text = `I could not deliver a message ${place}, so somebody may be waiting for it. ${reason}. ${remedy(reason)}`;
  await tellStaff(desk, `undelivered:${row.id}`, text);
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

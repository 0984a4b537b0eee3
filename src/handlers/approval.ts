import type { ButtonPressed, Reacted } from '../conversation/events.ts';
import type { ApprovalEvent } from '../escalation/approval.ts';
import { verdictOfEmoji } from '../escalation/emoji.ts';
import { escalationOfCardKey } from '../escalation/refund.ts';
import { findApproval } from '../store/approvals.ts';
import { findByMessage, hasUnsettled } from '../store/outbox.ts';
import type { Handled, Handler } from '../worker.ts';
import { advance } from './approval-step.ts';
import type { Desk } from './desk.ts';
import { checkPeople } from './permissions.ts';

/** The reaction came before Slack's answer told us the card's ts: look again soon. */
const CARD_UNSETTLED_MS = 500;
const ignore: Handled = { commit: async () => undefined };

/** ✅ and ❌ on a card. Removing one takes the vote back as long as nothing is decided. */
export function createReactionHandler(desk: Desk): Handler {
  return {
    async handle(item) {
      const { channel, ts, user, emoji: source, removed } = JSON.parse(item.body) as Reacted;
      const verdict = verdictOfEmoji(source);
      if (verdict === undefined) return ignore;
      const event: ApprovalEvent = removed
        ? { kind: 'withdraw', user, source }
        : { kind: 'cast', ballot: { user, source, verdict } };
      return count(desk, { channel, ts }, { user, event });
    },
  };
}

/** The buttons Approve and Deny, and the one that takes a press of them back. */
export function createApprovalButtonHandler(desk: Desk): Handler {
  return {
    async handle(item) {
      const { action, message, user, value } = JSON.parse(item.body) as ButtonPressed;
      if (message === undefined) return ignore;
      const source = 'button';
      if (action === 'refund.undo') {
        return count(desk, message, { user, value, event: { kind: 'withdraw', user, source } });
      }
      const verdict = action === 'refund.approve' ? 'approved' : 'denied';
      return count(desk, message, {
        user,
        value,
        event: { kind: 'cast', ballot: { user, source, verdict } },
      });
    },
  };
}

async function count(
  desk: Desk,
  card: { channel: string; ts: string },
  wish: { user: string; event: ApprovalEvent; value?: string },
): Promise<Handled> {
  if (card.channel !== desk.settings.managerChannel) return ignore;
  const row = await findByMessage(desk.db, card.channel, card.ts);
  if (row === undefined) {
    return (await hasUnsettled(desk.db, card.channel)) ? { parkMs: CARD_UNSETTLED_MS } : ignore;
  }
  const stored = await findApproval(desk.db, escalationOfCardKey(row.key) ?? '');
  if (stored === undefined || !isAbout(wish.value, stored.escalation)) return ignore;
  const { escalation, approval } = stored;
  const voters = approval.ballots.map((ballot) => ballot.user);
  const checked = await checkPeople(desk, escalation.customer, [wish.user, ...voters]);
  const move = { id: escalation.id, events: [wish.event], checked };
  return { commit: (db) => advance(desk, db, move) };
}

/** A button names the request it was shown for; a reaction has nothing but its message. */
function isAbout(value: string | undefined, { id, digest }: { id: string; digest: string }): boolean {
  return value === undefined || value === id || value === `${id}:${digest}`;
}

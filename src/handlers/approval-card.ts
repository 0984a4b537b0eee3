import type { RefundCard } from '../conversation/content.ts';
import type { TwoNeeded } from '../escalation/amount.ts';
import { type Approval, lead } from '../escalation/approval.ts';
import type { Freeze } from '../escalation/policy.ts';
import { cardKey, cardOf } from '../escalation/refund.ts';
import { findApproval } from '../store/approvals.ts';
import type { Escalation } from '../store/escalations.ts';
import { enqueue } from '../store/outbox.ts';
import type { Db } from '../store/schema.ts';
import type { Desk } from './desk.ts';

/** Often enough to see that time runs, seldom enough for Slack, which takes about fifty edits a minute. */
const MIN_TICK_MS = 10_000;
/** A countdown that says "1 second" arrives when it is over. */
const LAST_TICK_MS = 3_000;

/** When the countdown is shown again: every ten seconds, in a long hold after a third of what is left. */
export function showAgainAt({ held }: Approval, now: number): number | undefined {
  if (held === undefined) return undefined;
  const at = now + Math.max(MIN_TICK_MS, Math.round((held.until - now) / 3));
  return at < held.until - LAST_TICK_MS ? at : undefined;
}

interface Shown {
  desk: Desk;
  db: Db;
  escalation: Escalation;
  two: TwoNeeded | undefined;
}

/** Shows an undecided approval as it stands now. */
export async function showCard({ desk, db, escalation, two }: Shown, approval: Approval): Promise<void> {
  const stored = await findApproval(db, escalation.id);
  const frozen = stored?.frozen as Freeze | undefined;
  const state = stateOf(approval, two === undefined ? 1 : 2, desk.clock.now());
  await editCard(desk, db, escalation, state, { two, frozen });
}

export async function editCard(
  desk: Desk,
  db: Db,
  escalation: Escalation,
  state: RefundCard['state'],
  more: Pick<RefundCard, 'two' | 'frozen'> = {},
): Promise<void> {
  const id = desk.newId();
  await enqueue(
    db,
    {
      key: `${cardKey(escalation)}:${id}`,
      target: { to: 'edit', of: cardKey(escalation) },
      content: { kind: 'refund-card', ...cardOf(escalation, state, more) },
    },
    { newId: () => id, now: desk.clock.now() },
  );
}

function stateOf({ ballots, held }: Approval, needed: 1 | 2, now: number): RefundCard['state'] {
  const leading = held && lead(ballots, needed);
  if (held === undefined || leading === undefined) {
    const first = lead(ballots, 1);
    return {
      name: 'open',
      approvedBy: first?.verdict === 'approved' ? first.by.map(({ user }) => user) : [],
    };
  }
  const [first, second] = leading.by;
  return {
    name: 'held',
    verdict: held.verdict,
    by: first?.user ?? '',
    secondedBy: second?.user,
    until: held.until,
    leftMs: Math.max(0, held.until - now),
  };
}

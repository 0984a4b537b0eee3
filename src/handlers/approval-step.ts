import { InvariantError } from '../errors.ts';
import { ADDED_UP_MS, type TwoNeeded, whyTwo } from '../escalation/amount.ts';
import {
  type Approval,
  type ApprovalEffect,
  type ApprovalEvent,
  type Ballot,
  takeStep,
} from '../escalation/approval.ts';
import { isIntact } from '../escalation/refund.ts';
import { findApproval, markFrozen, type StoredApproval, saveApproval } from '../store/approvals.ts';
import {
  decideEscalation,
  type Escalation,
  endEscalation,
  listApprovedAmounts,
} from '../store/escalations.ts';
import type { Db } from '../store/schema.ts';
import { showAgainAt, showCard } from './approval-card.ts';
import { tellEffect } from './approval-effects.ts';
import type { Desk } from './desk.ts';
import type { Checked } from './permissions.ts';

export interface Move {
  id: string;
  events: readonly ApprovalEvent[];
  checked: Checked;
  /** Shows the card anew also when nothing but the time has changed. */
  isTick?: boolean;
}

const ALTERED = { kind: 'supersede', why: 'altered' } as const;

/** Takes an approval through events and does everything that follows from them, all in the given transaction. */
export async function advance(desk: Desk, db: Db, move: Move): Promise<void> {
  const stored = await findApproval(db, move.id);
  if (stored === undefined) return;
  const { escalation } = stored;
  const two = await readWhyTwo(desk, db, escalation);
  const { approval, effects } = await takeSteps(desk, stored, move, two);
  if (isUndecided(stored.approval)) await write(desk, db, stored, approval, effects);
  const matter = { desk, db, escalation, two, checked: move.checked };
  for (const effect of effects) await tellEffect(matter, effect, effects);
  // Whoever's vote counts was looked up in a channel where it may.
  if (effects.some(({ effect }) => effect === 'counted')) await markFrozen(db, move.id, undefined);
  const isChanged = approval !== stored.approval || effects.length > 0 || move.isTick === true;
  if (isUndecided(approval) && isChanged) await showCard(matter, approval);
}

async function takeSteps(
  desk: Desk,
  stored: StoredApproval,
  move: Move,
  two: TwoNeeded | undefined,
): Promise<{ approval: Approval; effects: ApprovalEffect[] }> {
  const { escalation } = stored;
  const { holdMs, expiryMs } = desk.settings.approvals;
  const facts = {
    now: desk.clock.now(),
    holdMs,
    expiresAt: escalation.createdAt + expiryMs,
    needed: two === undefined ? (1 as const) : (2 as const),
    permissions: move.checked.permissions,
  };
  let { approval } = stored;
  const effects: ApprovalEffect[] = [];
  // What was shown must be what is decided on, to the letter.
  const events = isIntact(escalation) ? move.events : [ALTERED];
  for (const event of events) {
    const step = takeStep(approval, event, facts);
    approval = step.approval;
    effects.push(...step.effects);
  }
  return { approval, effects };
}

async function write(
  desk: Desk,
  db: Db,
  { escalation, version }: StoredApproval,
  approval: Approval,
  effects: readonly ApprovalEffect[],
): Promise<void> {
  const now = desk.clock.now();
  await saveApproval(db, { id: escalation.id, version, approval, shownAgainAt: showAgainAt(approval, now) });
  const decided = effects.find((one) => one.effect === 'decided');
  const isWritten =
    decided !== undefined
      ? await decideEscalation(db, { ...toDecision(escalation, decided), now })
      : approval.state !== 'expired' && approval.state !== 'superseded'
        ? true
        : await endEscalation(db, escalation.id, approval.state);
  if (!isWritten) throw new InvariantError('An approval that was undecided could not be settled');
}

function toDecision(escalation: Escalation, decided: ApprovalEffect & { effect: 'decided' }) {
  const [first, second] = decided.by as [Ballot, Ballot?];
  return {
    escalationId: escalation.id,
    verdict: decided.verdict,
    by: first.user,
    secondedBy: second?.user,
    via: viaOf(first),
    digest: escalation.digest,
  };
}

function viaOf({ source }: Ballot): 'reaction' | 'button' {
  return source === 'button' ? 'button' : 'reaction';
}

export async function readWhyTwo(
  desk: Desk,
  db: Db,
  { account, facts }: Pick<Escalation, 'account' | 'facts'>,
): Promise<TwoNeeded | undefined> {
  const { twoApproversAbove: limit } = desk.settings.approvals;
  if (limit === undefined) return undefined;
  const since = desk.clock.now() - ADDED_UP_MS;
  const approved = account === undefined ? [undefined] : await listApprovedAmounts(db, account, since);
  return whyTwo(facts.amount, approved, limit);
}

function isUndecided({ state }: Pick<Approval, 'state'>): boolean {
  return state === 'open' || state === 'held';
}

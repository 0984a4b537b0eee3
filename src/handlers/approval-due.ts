import { toError } from '../errors.ts';
import type { ApprovalEvent, Ballot } from '../escalation/approval.ts';
import { verdictOfEmoji } from '../escalation/emoji.ts';
import { cardKey } from '../escalation/refund.ts';
import {
  claimDueApproval,
  findApproval,
  nextApprovalDue,
  releaseApproval,
  type StoredApproval,
} from '../store/approvals.ts';
import type { Escalation } from '../store/escalations.ts';
import { findByKey } from '../store/outbox.ts';
import { advance } from './approval-step.ts';
import type { Desk } from './desk.ts';
import { type Checked, checkPeople, NOBODY } from './permissions.ts';

/** Longer than all of Slack's answers together may take; after a crash the work waits no longer than this. */
const CLAIM_MS = 60_000;
/** When Slack could not be asked: until it can, nothing is decided. */
const AGAIN_MS = 5_000;

/** What has become due by itself: holds that end, countdowns that move, requests that grow too old. */
export function createDueApprovals(desk: Desk, onDone: () => void) {
  const { expiryMs } = desk.settings.approvals;
  return {
    async claim(): Promise<(() => Promise<void>) | undefined> {
      const now = desk.clock.now();
      const id = await claimDueApproval(desk.db, { now, openSince: now - expiryMs, claimMs: CLAIM_MS });
      return id === undefined ? undefined : () => workOff(desk, id).then(onDone);
    },
    nextDue: () => nextApprovalDue(desk.db, expiryMs),
  };
}

async function workOff(desk: Desk, id: string): Promise<void> {
  try {
    const stored = await findApproval(desk.db, id);
    if (stored === undefined) return;
    const { event, checked } = await lookAgain(desk, stored);
    const move = { id, events: [event], checked, isTick: true };
    await desk.db.transaction().execute((db) => advance(desk, db, move));
  } catch (error) {
    const reason = toError(error).message;
    desk.log.warn('an approval that is due could not be worked off; it is tried again', { id, reason });
    await releaseApproval(desk.db, id, desk.clock.now() + AGAIN_MS).catch((failure: unknown) =>
      desk.log.error('it is tried again when its claim has run out', { id, error: toError(failure) }),
    );
  }
}

/** The last look before a decision: which reactions stand on the card, and who everybody is by now. */
async function lookAgain(
  desk: Desk,
  { escalation, approval }: StoredApproval,
): Promise<{ event: ApprovalEvent; checked: Checked }> {
  if (approval.held === undefined || desk.clock.now() < approval.held.until) {
    return { event: { kind: 'due' }, checked: NOBODY };
  }
  const live = await readLiveBallots(desk, escalation);
  const isLive = (ballot: Ballot) =>
    ballot.source === 'button' ||
    live.some((one) => one.user === ballot.user && one.source === ballot.source);
  const gone = approval.ballots.filter((ballot) => !isLive(ballot));
  // A denial whose event is still on its way counts as well: the customer cannot be told twice.
  const added = live.filter(
    (one) =>
      one.verdict === 'denied' &&
      !approval.ballots.some(({ user, source }) => one.user === user && one.source === source),
  );
  const voters = [...approval.ballots, ...added].map(({ user }) => user);
  const checked = await checkPeople(desk, escalation.customer, voters);
  return { event: { kind: 'due', gone, added }, checked };
}

async function readLiveBallots(desk: Desk, escalation: Escalation): Promise<Ballot[]> {
  const card = await findByKey(desk.db, cardKey(escalation));
  if (!card?.channel || !card.ts) return [];
  const reactions = await desk.directory.reactions(card.channel, card.ts);
  return reactions.flatMap(({ emoji, users }) => {
    const verdict = verdictOfEmoji(emoji);
    return verdict === undefined ? [] : users.map((user) => ({ user, source: emoji, verdict }));
  });
}

import type { Permission, RefusalReason } from './policy.ts';

export type Verdict = 'approved' | 'denied';
export type ApprovalState = 'open' | 'held' | Verdict | 'expired' | 'superseded';

/** `altered` = the record is not what its fingerprint was taken of. */
export type SupersededBecause = 'changed' | 'withdrawn' | 'altered';

/** Somebody's standing wish. Each source (an emoji's name, or `button`) is given and taken back by itself. */
export interface Ballot {
  user: string;
  source: string;
  verdict: Verdict;
}

export interface Approval {
  state: ApprovalState;
  /** In the order in which they were cast. */
  ballots: readonly Ballot[];
  /** Only while `held`: what the ballots come to, and when it counts. */
  held: { verdict: Verdict; until: number } | undefined;
}

export type ApprovalEvent =
  | { kind: 'cast'; ballot: Ballot }
  | { kind: 'withdraw'; user: string; source: string }
  /** Time has passed: a hold may have ended, or the request may have grown too old. */
  | Due
  | { kind: 'supersede'; why: SupersededBecause };

interface Due {
  kind: 'due';
  /** What Slack shows by now: votes that are gone, and votes whose event has not come yet. */
  gone?: readonly Pick<Ballot, 'user' | 'source'>[];
  added?: readonly Ballot[];
}

/** What is the case at the moment of the event. */
export interface ApprovalFacts {
  now: number;
  /** 0 = decided at once. */
  holdMs: number;
  expiresAt: number;
  needed: 1 | 2;
  /** Of everybody looked up just now; whoever is not in it has not been looked up. */
  permissions: ReadonlyMap<string, Permission>;
}

export type ApprovalEffect =
  | { effect: 'refused'; ballot: Ballot; reason: RefusalReason }
  /** The ballot was counted, and at the moment of the decision its person could not decide any more. */
  | { effect: 'struck'; ballot: Ballot; reason: RefusalReason }
  /** Settled before; nothing changes. */
  | { effect: 'stands'; ballot: Ballot; state: ApprovalState }
  | { effect: 'unchanged'; ballot: Ballot; state: ApprovalState }
  /** The person approves and denies at once, so neither counts. */
  | { effect: 'contradicts'; user: string }
  | { effect: 'counted'; ballot: Ballot }
  | { effect: 'withdrawn'; ballot: Ballot }
  | { effect: 'decided'; verdict: Verdict; by: readonly Ballot[] }
  | { effect: 'expired' }
  | { effect: 'superseded'; why: SupersededBecause };

export interface ApprovalStep {
  approval: Approval;
  effects: ApprovalEffect[];
}

/**
 * What an event does to an approval. Pure: people and channel were looked up before, and that a decision is written
 * once is the database's doing too. Every doubt leaves it undecided.
 */
export function takeStep(approval: Approval, event: ApprovalEvent, facts: ApprovalFacts): ApprovalStep {
  if (approval.state !== 'open' && approval.state !== 'held') return afterTheEnd(approval, event, facts);
  switch (event.kind) {
    case 'cast':
      return cast(approval, event.ballot, facts);
    case 'withdraw':
      return withdraw(approval, event, facts);
    case 'due':
      return workOff(approval, event, facts);
    case 'supersede':
      return settle(approval, 'superseded', [{ effect: 'superseded', why: event.why }]);
  }
}

function afterTheEnd(approval: Approval, event: ApprovalEvent, facts: ApprovalFacts): ApprovalStep {
  const { state, ballots } = approval;
  const nothing = { approval, effects: [] };
  if (event.kind === 'cast') {
    const { ballot } = event;
    const refusal = refusalOf(ballot.user, facts);
    if (refusal !== undefined) return { approval, effects: [{ effect: 'refused', ballot, reason: refusal }] };
    const agrees = ballot.verdict === state && ballots.some(({ user }) => user === ballot.user);
    return agrees ? nothing : { approval, effects: [{ effect: 'stands', ballot, state }] };
  }
  if (event.kind !== 'withdraw' || facts.holdMs === 0) return nothing;
  const ballot = ballots.find((one) => isFrom(one, event));
  return ballot === undefined ? nothing : { approval, effects: [{ effect: 'unchanged', ballot, state }] };
}

function cast(approval: Approval, ballot: Ballot, facts: ApprovalFacts): ApprovalStep {
  const refusal = refusalOf(ballot.user, facts);
  if (refusal !== undefined) return { approval, effects: [{ effect: 'refused', ballot, reason: refusal }] };
  if (approval.ballots.some((one) => isFrom(one, ballot) && one.verdict === ballot.verdict)) {
    return { approval, effects: [] };
  }
  const ballots = [...approval.ballots.filter((one) => !isFrom(one, ballot)), ballot];
  const told: ApprovalEffect = isContradictory(ballots, ballot.user)
    ? { effect: 'contradicts', user: ballot.user }
    : { effect: 'counted', ballot };
  return count(approval, ballots, facts, [told]);
}

function withdraw(
  approval: Approval,
  event: Pick<Ballot, 'user' | 'source'>,
  facts: ApprovalFacts,
): ApprovalStep {
  const ballot = approval.ballots.find((one) => isFrom(one, event));
  if (ballot === undefined) return { approval, effects: [] };
  const ballots = approval.ballots.filter((one) => one !== ballot);
  return count(approval, ballots, facts, [{ effect: 'withdrawn', ballot }]);
}

function workOff(approval: Approval, { gone = [], added = [] }: Due, facts: ApprovalFacts): ApprovalStep {
  if (approval.state === 'open' && facts.now >= facts.expiresAt) {
    return settle(approval, 'expired', [{ effect: 'expired' }]);
  }
  if (approval.held === undefined || facts.now < approval.held.until) return { approval, effects: [] };
  // All at once: counted one after the other, a vote that is gone could decide before its turn came.
  const lost = approval.ballots.filter((ballot) => gone.some((one) => isFrom(ballot, one)));
  const won = added.filter(
    (ballot) =>
      facts.permissions.get(ballot.user)?.allowed && !approval.ballots.some((one) => isFrom(one, ballot)),
  );
  const ballots = [...approval.ballots.filter((ballot) => !lost.includes(ballot)), ...won];
  const told: ApprovalEffect[] = [
    ...lost.map((ballot) => ({ effect: 'withdrawn' as const, ballot })),
    ...won.map((ballot) => ({ effect: 'counted' as const, ballot })),
  ];
  return count(approval, ballots, facts, told, true);
}

/**
 * What the ballots come to now. The hold goes on as long as that stays the same, and begins anew when it changes. It
 * ends in the last look alone, for which Slack was asked what stands on the card.
 */
function count(
  approval: Approval,
  ballots: readonly Ballot[],
  facts: ApprovalFacts,
  effects: ApprovalEffect[],
  isLastLook = false,
): ApprovalStep {
  const leading = lead(ballots, facts.needed);
  if (leading === undefined) return { approval: { state: 'open', ballots, held: undefined }, effects };
  const { verdict } = leading;
  const until = approval.held?.verdict === verdict ? approval.held.until : facts.now + facts.holdMs;
  const held: Approval = { state: 'held', ballots, held: { verdict, until } };
  const isTime = facts.now >= until && (isLastLook || facts.holdMs === 0);
  return isTime ? decide(held, leading, facts, effects) : { approval: held, effects };
}

/** The last look at everybody whose ballot counts: who may not decide any more is struck, and it is counted again. */
function decide(
  held: Approval,
  leading: Leading,
  facts: ApprovalFacts,
  effects: ApprovalEffect[],
): ApprovalStep {
  const struck = held.ballots.flatMap((ballot): (ApprovalEffect & { effect: 'struck' })[] => {
    const permission = facts.permissions.get(ballot.user);
    if (permission === undefined || permission.allowed) return [];
    return [{ effect: 'struck', ballot, reason: permission.reason }];
  });
  if (struck.length > 0) {
    const gone = new Set(struck.map(({ ballot }) => ballot));
    const ballots = held.ballots.filter((ballot) => !gone.has(ballot));
    return count(held, ballots, facts, [...effects, ...struck], true);
  }
  // Somebody voted after the others were looked up: it stays due, and is looked into again.
  if (held.ballots.some(({ user }) => !facts.permissions.has(user))) return { approval: held, effects };
  return settle(held, leading.verdict, [...effects, { effect: 'decided', ...leading }]);
}

function settle(
  { ballots }: Approval,
  state: Verdict | 'expired' | 'superseded',
  effects: ApprovalEffect[],
): ApprovalStep {
  return { approval: { state, ballots, held: undefined }, effects };
}

interface Leading {
  verdict: Verdict;
  by: readonly Ballot[];
}

/** One denial outweighs any number of approvals. Who says both says nothing. */
export function lead(ballots: readonly Ballot[], needed: 1 | 2): Leading | undefined {
  const clear = ballots.filter(
    (ballot, index) =>
      !isContradictory(ballots, ballot.user) &&
      ballots.findIndex(({ user }) => user === ballot.user) === index,
  );
  const denial = clear.find(({ verdict }) => verdict === 'denied');
  if (denial !== undefined) return { verdict: 'denied', by: [denial] };
  return clear.length < needed ? undefined : { verdict: 'approved', by: clear.slice(0, needed) };
}

function isContradictory(ballots: readonly Ballot[], user: string): boolean {
  return new Set(ballots.filter((one) => one.user === user).map(({ verdict }) => verdict)).size > 1;
}

function isFrom(ballot: Ballot, { user, source }: Pick<Ballot, 'user' | 'source'>): boolean {
  return ballot.user === user && ballot.source === source;
}

function refusalOf(user: string, { permissions }: ApprovalFacts): RefusalReason | undefined {
  const permission = permissions.get(user);
  if (permission === undefined) return 'unknown';
  return permission.allowed ? undefined : permission.reason;
}

import type { Verdict } from '../../src/escalation/approval.ts';

export interface ModelVote {
  user: string;
  source: string;
  verdict: Verdict;
}

/** What approvals are meant to be, written down a second time as plainly as possible, to hold the real ones against. */
export function createApprovalModel(options: { holdMs: number; isAllowed: (user: string) => boolean }) {
  const votes = new Map<string, ModelVote>();
  let leading: { verdict: Verdict; since: number } | undefined;
  let decision: { verdict: Verdict; by: string[]; at: number } | undefined;
  let over: 'expired' | 'superseded' | undefined;

  const isOver = () => decision !== undefined || over !== undefined;

  function tally(needed: number): { verdict: Verdict; by: string[] } | undefined {
    const users = [...new Set([...votes.values()].map(({ user }) => user))];
    const says = (user: string, verdict: Verdict) =>
      [...votes.values()].some((vote) => vote.user === user && vote.verdict === verdict);
    const deniers = users.filter((user) => says(user, 'denied') && !says(user, 'approved'));
    const approvers = users.filter((user) => says(user, 'approved') && !says(user, 'denied'));
    if (deniers.length > 0) return { verdict: 'denied', by: deniers.slice(0, 1) };
    return approvers.length >= needed ? { verdict: 'approved', by: approvers.slice(0, needed) } : undefined;
  }

  function look(now: number, needed: number, isBell: boolean): void {
    const result = tally(needed);
    if (result?.verdict !== leading?.verdict) leading = result && { verdict: result.verdict, since: now };
    if (result === undefined || leading === undefined || now < leading.since + options.holdMs) return;
    if (!isBell && options.holdMs > 0) return;
    const refused = [...votes].filter(([, { user }]) => !options.isAllowed(user));
    for (const [key] of refused) votes.delete(key);
    if (refused.length > 0) look(now, needed, true);
    else decision = { ...result, at: now };
  }

  return {
    cast(vote: ModelVote, now: number, needed: number): void {
      const key = `${vote.user} ${vote.source}`;
      if (isOver() || !options.isAllowed(vote.user) || votes.get(key)?.verdict === vote.verdict) return;
      votes.delete(key);
      votes.set(key, vote);
      look(now, needed, false);
    },
    withdraw(vote: Pick<ModelVote, 'user' | 'source'>, now: number, needed: number): void {
      if (!isOver() && votes.delete(`${vote.user} ${vote.source}`)) look(now, needed, false);
    },
    /** `gone`: taken back without a word of Slack's. */
    bell(now: number, needed: number, expiresAt: number, gone: (vote: ModelVote) => boolean): void {
      if (isOver()) return;
      if (leading === undefined && now >= expiresAt) over = 'expired';
      if (leading === undefined || now < leading.since + options.holdMs) return;
      for (const [key, vote] of votes) if (gone(vote)) votes.delete(key);
      look(now, needed, true);
    },
    supersede(): void {
      if (!isOver()) over = 'superseded';
    },
    end: () => ({ state: over ?? decision?.verdict ?? (leading === undefined ? 'open' : 'held'), decision }),
  };
}

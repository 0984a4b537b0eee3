import { StoreError } from '../errors.ts';
import type { Approval } from '../escalation/approval.ts';
import { type Escalation, toEscalation } from './escalations.ts';
import type { Db } from './schema.ts';

export interface StoredApproval {
  escalation: Escalation;
  approval: Approval;
  /** Why the card says that nothing can be decided. */
  frozen: string | undefined;
  version: number;
}

export async function findApproval(db: Db, id: string): Promise<StoredApproval | undefined> {
  const row = await db.selectFrom('escalations').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) return undefined;
  const ballots = await db
    .selectFrom('ballots')
    .select(['user', 'source', 'verdict'])
    .where('escalation_id', '=', id)
    .orderBy('place')
    .execute();
  const held =
    row.state === 'held' && row.held_verdict !== null && row.held_until !== null
      ? { verdict: row.held_verdict, until: Number(row.held_until) }
      : undefined;
  return {
    escalation: toEscalation(row),
    approval: { state: row.state, ballots, held },
    frozen: row.frozen ?? undefined,
    version: Number(row.version),
  };
}

/**
 * Writes what a step made of an approval that is still undecided. Throws when somebody changed it since it was read:
 * the step has to be taken again on what is there now. A decision itself is written by `decideEscalation`.
 */
export async function saveApproval(
  db: Db,
  change: { id: string; version: number; approval: Approval; shownAgainAt: number | undefined },
): Promise<void> {
  const { id, version, approval } = change;
  const moved = await db
    .updateTable('escalations')
    .set({
      ...(isUndecided(approval) ? { state: approval.state } : {}),
      held_verdict: approval.held?.verdict ?? null,
      held_until: approval.held?.until ?? null,
      shown_again_at: change.shownAgainAt ?? null,
      claimed_until: 0,
      version: version + 1,
    })
    .where('id', '=', id)
    .where('version', '=', version)
    .where('state', 'in', ['open', 'held'])
    .executeTakeFirst();
  if (moved.numUpdatedRows !== 1n) throw new StoreError('An approval was changed by somebody else meanwhile');
  await db.deleteFrom('ballots').where('escalation_id', '=', id).execute();
  const rows = approval.ballots.map((ballot, place) => ({ escalation_id: id, place, ...ballot }));
  if (rows.length > 0) await db.insertInto('ballots').values(rows).execute();
}

/** Notes what the card says about the channel. False when it says so already. */
export async function markFrozen(db: Db, id: string, frozen: string | undefined): Promise<boolean> {
  const query = db
    .updateTable('escalations')
    .set({ frozen: frozen ?? null })
    .where('id', '=', id)
    .where('state', 'in', ['open', 'held']);
  const differs =
    frozen === undefined
      ? query.where('frozen', 'is not', null)
      : query.where(({ or, eb }) => or([eb('frozen', 'is', null), eb('frozen', '!=', frozen)]));
  return (await differs.executeTakeFirst()).numUpdatedRows === 1n;
}

/**
 * Claims an approval about which something is due: its hold has ended, its countdown has moved, or it has grown too
 * old. A claim that nobody ends, because its process died, runs out by itself.
 */
export async function claimDueApproval(
  db: Db,
  at: { now: number; openSince: number; claimMs: number },
): Promise<string | undefined> {
  const row = await db
    .updateTable('escalations')
    .set({ claimed_until: at.now + at.claimMs })
    .where('id', '=', (where) =>
      where
        .selectFrom('escalations as due')
        .select('due.id')
        .where('due.claimed_until', '<=', at.now)
        .where(({ or, and, eb }) =>
          or([
            and([eb('due.state', '=', 'held'), eb('due.held_until', '<=', at.now)]),
            and([eb('due.state', '=', 'held'), eb('due.shown_again_at', '<=', at.now)]),
            and([eb('due.state', '=', 'open'), eb('due.created_at', '<=', at.openSince)]),
          ]),
        )
        .orderBy('due.id')
        .limit(1),
    )
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

/** Lets go of a claim, to be taken again at `until`. */
export async function releaseApproval(db: Db, id: string, until: number): Promise<void> {
  await db.updateTable('escalations').set({ claimed_until: until }).where('id', '=', id).execute();
}

/** With one process on the file, a claim found at start belongs to a process that is gone. */
export async function releaseApprovals(db: Db): Promise<void> {
  await db.updateTable('escalations').set({ claimed_until: 0 }).where('claimed_until', '>', 0).execute();
}

/** When something is due about any approval; undefined when none is undecided. They are few at any time. */
export async function nextApprovalDue(db: Db, expiryMs: number): Promise<number | undefined> {
  const rows = await db
    .selectFrom('escalations')
    .select(['state', 'created_at', 'held_until', 'shown_again_at', 'claimed_until'])
    .where('state', 'in', ['open', 'held'])
    .execute();
  const dues = rows.map((row) => {
    const held = [row.held_until, row.shown_again_at].filter((at) => at !== null).map(Number);
    const due = row.state === 'held' ? Math.min(...held) : Number(row.created_at) + expiryMs;
    return Math.max(due, Number(row.claimed_until));
  });
  return dues.length === 0 ? undefined : Math.min(...dues);
}

function isUndecided(approval: Approval): approval is Approval & { state: 'open' | 'held' } {
  return approval.state === 'open' || approval.state === 'held';
}

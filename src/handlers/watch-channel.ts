import { markFrozen } from '../store/approvals.ts';
import { listOpenEscalations } from '../store/escalations.ts';
import { advance } from './approval-step.ts';
import type { Desk } from './desk.ts';
import { lookAtChannel, tellFrozen } from './frozen.ts';
import { NOBODY } from './permissions.ts';

/** More undecided requests than anybody has; their cards are put right when somebody votes. */
const MAX_CARDS = 200;

/** Holds the cards to what the channel is now, and tells staff when nothing can be decided in it. */
export async function watchChannel(desk: Desk): Promise<string> {
  const known = await lookAtChannel(desk);
  if (known === undefined) return 'Slack did not say what the approval channel is';
  const { freeze } = known;
  await desk.db.transaction().execute(async (db) => {
    for (const { id } of await listOpenEscalations(db, MAX_CARDS)) {
      if (await markFrozen(db, id, freeze))
        await advance(desk, db, { id, events: [], checked: NOBODY, isTick: true });
    }
    if (freeze !== undefined) await tellFrozen(desk, db, freeze);
  });
  return freeze === undefined ? 'the approval channel is private' : `approvals are frozen: ${freeze}`;
}

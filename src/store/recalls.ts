import { createHash } from 'node:crypto';
import type { PageChange, RecallCard } from '../conversation/content.ts';
import type { Citation } from '../pipeline/types.ts';
import { canonicalJson } from './canonical-json.ts';
import type { Db, RecallsTable } from './schema.ts';

/** What a card about an outdated answer says, and which citations it is about. */
export interface RecallFacts extends Omit<RecallCard, 'recallId' | 'state'> {
  channel: string;
  threadTs: string;
  questionTs: string;
  citations: string[];
  /** What the answer rests on once staff have decided: the new words. */
  newCites: Citation[];
}

export interface Recall {
  id: string;
  answerId: string;
  facts: RecallFacts;
  /** SHA-256 over what changed: the same digest is the same matter. */
  digest: string;
  state: RecallsTable['state'];
  decidedBy: string | undefined;
}

/** Equal for the same change of the same pages. */
export function digestChanges(changes: readonly PageChange[]): string {
  return createHash('sha256').update(canonicalJson(changes)).digest('hex');
}

/** Opens a recall. False when the answer has an open one: that has to be closed first. */
export async function openRecall(
  db: Db,
  recall: Pick<Recall, 'id' | 'answerId' | 'facts' | 'digest'>,
  now: number,
): Promise<boolean> {
  const result = await db
    .insertInto('recalls')
    .values({
      id: recall.id,
      answer_id: recall.answerId,
      facts: JSON.stringify(recall.facts),
      digest: recall.digest,
      state: 'open',
      created_at: now,
      decided_at: null,
      decided_by: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0) === 1;
}

export async function findRecall(db: Db, id: string): Promise<Recall | undefined> {
  const row = await db.selectFrom('recalls').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toRecall(row);
}

export async function findOpenRecall(db: Db, answerId: string): Promise<Recall | undefined> {
  const row = await db
    .selectFrom('recalls')
    .selectAll()
    .where('answer_id', '=', answerId)
    .where('state', '=', 'open')
    .executeTakeFirst();
  return row && toRecall(row);
}

/** Ends it, once. False when it is not open any more. */
export async function closeRecall(
  db: Db,
  closed: { id: string; state: Exclude<RecallsTable['state'], 'open'>; by?: string | undefined; now: number },
): Promise<boolean> {
  const moved = await db
    .updateTable('recalls')
    .set({ state: closed.state, decided_at: closed.now, decided_by: closed.by ?? null })
    .where('id', '=', closed.id)
    .where('state', '=', 'open')
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
}

function toRecall(row: {
  id: string;
  answer_id: string;
  facts: string;
  digest: string;
  state: RecallsTable['state'];
  decided_by: string | null;
}): Recall {
  return {
    id: row.id,
    answerId: row.answer_id,
    facts: JSON.parse(row.facts) as RecallFacts,
    digest: row.digest,
    state: row.state,
    decidedBy: row.decided_by ?? undefined,
  };
}

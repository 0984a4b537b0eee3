import type { CitedSpan } from '../pipeline/recall/cited-span.ts';
import type { Decision } from '../pipeline/types.ts';
import { recordCitations } from './citations.ts';
import type { Db } from './schema.ts';

/** Keeps what was decided for a question and what it cited, word for word as it was then. Once per question. */
export async function recordAnswer(
  db: Db,
  answer: {
    id: string;
    channel: string;
    threadTs: string;
    questionTs: string;
    decision: Decision;
    cited: readonly CitedSpan[];
    now: number;
  },
): Promise<void> {
  const kept = await db
    .insertInto('answers')
    .values({
      id: answer.id,
      channel: answer.channel,
      thread_ts: answer.threadTs,
      question_ts: answer.questionTs,
      outcome: answer.decision.outcome,
      decision: JSON.stringify(answer.decision),
      model: answer.decision.model,
      prompt_hash: answer.decision.promptHash,
      index_version: answer.decision.indexVersion,
      cost_usd: answer.decision.costUsd,
      created_at: answer.now,
    })
    .onConflict((conflict) => conflict.columns(['channel', 'question_ts']).doNothing())
    .executeTakeFirst();
  if (Number(kept.numInsertedOrUpdatedRows ?? 0) === 0) return;
  await recordCitations(db, answer.id, answer.cited, { by: answer.id, now: answer.now });
}

/** An answer as far as it matters to whoever has to correct it. */
export interface GivenAnswer {
  id: string;
  channel: string;
  threadTs: string;
  questionTs: string;
}

export async function findAnswer(db: Db, id: string): Promise<GivenAnswer | undefined> {
  const row = await db
    .selectFrom('answers')
    .select(['id', 'channel', 'thread_ts', 'question_ts'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row && { id: row.id, channel: row.channel, threadTs: row.thread_ts, questionTs: row.question_ts };
}

export async function countOutcomes(db: Db, since: number): Promise<Record<string, number>> {
  const rows = await db
    .selectFrom('answers')
    .select((select) => ['outcome', select.fn.countAll<number>().as('count')])
    .where('created_at', '>=', since)
    .groupBy('outcome')
    .execute();
  return Object.fromEntries(rows.map((row) => [row.outcome, Number(row.count)]));
}

/** Clarifying questions put to the customer in this thread so far. */
export async function countClarifications(
  db: Db,
  thread: { channel: string; threadTs: string },
): Promise<number> {
  const row = await db
    .selectFrom('answers')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('channel', '=', thread.channel)
    .where('thread_ts', '=', thread.threadTs)
    .where('outcome', '=', 'clarify')
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

import type { Decision } from '../pipeline/types.ts';
import type { Db } from './schema.ts';

/** Keeps what was decided for a question and what it cited, word for word as it was then. */
export async function recordAnswer(
  db: Db,
  answer: {
    id: string;
    channel: string;
    threadTs: string;
    questionTs: string;
    decision: Decision;
    now: number;
  },
): Promise<void> {
  await db
    .insertInto('answers')
    .values({
      id: answer.id,
      channel: answer.channel,
      thread_ts: answer.threadTs,
      question_ts: answer.questionTs,
      outcome: answer.decision.outcome,
      decision: JSON.stringify(answer.decision),
      cited: JSON.stringify(answer.decision.segments.flatMap((segment) => segment.cites)),
      model: answer.decision.model,
      prompt_hash: answer.decision.promptHash,
      index_version: answer.decision.indexVersion,
      cost_usd: answer.decision.costUsd,
      created_at: answer.now,
    })
    .onConflict((conflict) => conflict.columns(['channel', 'question_ts']).doNothing())
    .execute();
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

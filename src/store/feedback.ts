import type { Db } from './schema.ts';

/** One opinion per person and answer; the last one counts. */
export async function recordFeedback(
  db: Db,
  feedback: { answerId: string; user: string; helpful: boolean; now: number },
): Promise<void> {
  const opinion = { helpful: feedback.helpful ? 1 : 0, at: feedback.now };
  await db
    .insertInto('feedback')
    .values({ answer_id: feedback.answerId, user: feedback.user, ...opinion })
    .onConflict((conflict) => conflict.columns(['answer_id', 'user']).doUpdateSet(opinion))
    .execute();
}

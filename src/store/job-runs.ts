import type { Db } from './schema.ts';

/** Claims a scheduled slot. False when it has been claimed before, by whichever process. */
export async function claimSlot(db: Db, run: { job: string; slot: string; now: number }): Promise<boolean> {
  const result = await db
    .insertInto('job_runs')
    .values({ job: run.job, slot: run.slot, started_at: run.now, finished_at: null, result: null })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0) === 1;
}

export async function finishSlot(
  db: Db,
  run: { job: string; slot: string; now: number; result: string },
): Promise<void> {
  await db
    .updateTable('job_runs')
    .set({ finished_at: run.now, result: run.result })
    .where('job', '=', run.job)
    .where('slot', '=', run.slot)
    .execute();
}

import { expect, test } from 'vitest';
import { claimSlot, finishSlot } from '../../../src/store/job-runs.ts';
import type { Database } from '../../../src/store/schema.ts';

const SLOT = { job: 'reindex', slot: '2026-01-05T03:00:00.000Z', now: 1 };

export function describeJobRuns(open: () => Promise<Database>): void {
  test('a slot is claimed once, however many ask at the same time', async () => {
    const db = await open();
    const claims = await Promise.all(Array.from({ length: 5 }, () => claimSlot(db, SLOT)));
    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  test('a finished slot stays claimed, another slot and another job are free', async () => {
    const db = await open();
    await claimSlot(db, SLOT);
    await finishSlot(db, { ...SLOT, now: 2, result: '3 pages' });
    expect(await claimSlot(db, SLOT)).toBe(false);
    expect(await claimSlot(db, { ...SLOT, slot: '2026-01-06T03:00:00.000Z' })).toBe(true);
    expect(await claimSlot(db, { ...SLOT, job: 'digest' })).toBe(true);
  });

  test('the result is written to its own run', async () => {
    const db = await open();
    await claimSlot(db, SLOT);
    await claimSlot(db, { ...SLOT, job: 'digest' });
    await finishSlot(db, { ...SLOT, now: 2, result: '3 pages' });
    const rows = await db.selectFrom('job_runs').select(['job', 'result']).orderBy('job').execute();
    expect(rows).toEqual([
      { job: 'digest', result: null },
      { job: 'reindex', result: '3 pages' },
    ]);
  });
}

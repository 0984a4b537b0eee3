import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createSchedule, type Job } from '../src/schedule.ts';
import type { Database } from '../src/store/schema.ts';
import { createFakeClock } from './helpers/clock.ts';
import { openTestDatabase } from './helpers/database.ts';
import { createLogbook } from './helpers/logbook.ts';

/** Half past two at night, UTC. */
const START = Date.UTC(2026, 0, 5, 2, 30);
const HOUR_MS = 3_600_000;

function startSchedule(db: Database, job: Partial<Job> & Pick<Job, 'run'>, timezone = 'UTC') {
  const log = createLogbook();
  const clock = { now: () => Date.now(), sleep: async () => undefined };
  const jobs = [{ name: 'reindex', cron: '0 3 * * *', ...job }];
  const schedule = createSchedule({ db, clock, log, timezone, jobs });
  schedule.start();
  onTestFinished(() => schedule.stop());
  return { schedule, log };
}

const runsOf = (db: Database) =>
  db.selectFrom('job_runs').select(['job', 'slot', 'result']).orderBy('slot').execute();

describe('a job', () => {
  test('runs at its time, once a day, and its result is kept', async () => {
    const clock = createFakeClock(START);
    const db = await openTestDatabase();
    const times: number[] = [];
    startSchedule(db, {
      run: async () => {
        times.push(clock.elapsed());
        return '3 pages';
      },
    });
    await clock.advance(49 * HOUR_MS);
    expect(times.map((at) => Math.round(at / 1_000))).toEqual([1_800, 1_800 + 86_400, 1_800 + 2 * 86_400]);
    expect(await runsOf(db)).toEqual([
      { job: 'reindex', slot: '2026-01-05T03:00:00.000Z', result: '3 pages' },
      { job: 'reindex', slot: '2026-01-06T03:00:00.000Z', result: '3 pages' },
      { job: 'reindex', slot: '2026-01-07T03:00:00.000Z', result: '3 pages' },
    ]);
  });

  test('goes by the clock of its time zone', async () => {
    const clock = createFakeClock(START);
    const db = await openTestDatabase();
    startSchedule(db, { run: async () => 'done' }, 'Europe/Berlin');
    await clock.advance(24 * HOUR_MS);
    expect((await runsOf(db)).map(({ slot }) => slot)).toEqual(['2026-01-06T02:00:00.000Z']);
  });

  test('runs once though two instances hear the bell', async () => {
    const clock = createFakeClock(START);
    const db = await openTestDatabase();
    const run = vi.fn(async () => 'done');
    startSchedule(db, { run });
    startSchedule(db, { run });
    await clock.advance(HOUR_MS);
    expect(run).toHaveBeenCalledTimes(1);
    expect(await runsOf(db)).toHaveLength(1);
  });

  test('that fails is told, written down, and runs again at its next time', async () => {
    const clock = createFakeClock(START);
    const db = await openTestDatabase();
    const run = vi.fn(async () => 'done').mockRejectedValueOnce(new Error('the disk is full'));
    const { log } = startSchedule(db, { run });
    await clock.advance(25 * HOUR_MS);
    expect((await runsOf(db)).map(({ result }) => result)).toEqual(['failed: the disk is full', 'done']);
    expect(log.of('error')).toEqual(['a scheduled job failed; it runs again at its next time']);
  });

  test('rings no more after the stop', async () => {
    const clock = createFakeClock(START);
    const db = await openTestDatabase();
    const run = vi.fn(async () => 'done');
    const { schedule } = startSchedule(db, { run });
    await schedule.stop();
    await clock.advance(48 * HOUR_MS);
    expect(run).not.toHaveBeenCalled();
  });

  test('may be set to seconds', async () => {
    const clock = createFakeClock(START);
    const db = await openTestDatabase();
    startSchedule(db, { cron: '*/20 * * * * *', run: async () => 'done' });
    await clock.advance(61_000);
    expect(await runsOf(db)).toHaveLength(3);
  });
});

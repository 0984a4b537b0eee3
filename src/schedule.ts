import cron from 'node-cron';
import { toError } from './errors.ts';
import type { Logger } from './log.ts';
import type { Clock } from './ports.ts';
import { claimSlot, finishSlot } from './store/job-runs.ts';
import type { Database } from './store/schema.ts';

export interface Job {
  name: string;
  /** Five cron fields, or six with seconds. */
  cron: string;
  /** Does the work and says in one line what came of it. */
  run: () => Promise<string>;
}

export interface Schedule {
  start(): void;
  stop(): Promise<void>;
}

/** Rings the bell; that a slot runs once, however many instances hear it, is the database's doing. */
export function createSchedule(deps: {
  db: Database;
  clock: Clock;
  log: Logger;
  timezone: string;
  jobs: readonly Job[];
}): Schedule {
  let tasks: ReturnType<typeof cron.schedule>[] = [];
  return {
    start() {
      tasks = deps.jobs.map((job) =>
        cron.schedule(job.cron, (context) => runOnce(deps, job, context.date.getTime()), {
          timezone: deps.timezone,
          name: job.name,
        }),
      );
    },
    async stop() {
      await Promise.all(tasks.map((task) => task.destroy()));
    },
  };
}

async function runOnce(deps: Parameters<typeof createSchedule>[0], job: Job, dueAt: number): Promise<void> {
  const { db, clock, log } = deps;
  const slot = new Date(dueAt - (dueAt % 1_000)).toISOString();
  try {
    if (!(await claimSlot(db, { job: job.name, slot, now: clock.now() }))) return;
    const result = await job.run();
    await finishSlot(db, { job: job.name, slot, now: clock.now(), result });
    log.info('a scheduled job has run', { job: job.name, result });
  } catch (error) {
    const reason = toError(error).message;
    log.error('a scheduled job failed; it runs again at its next time', {
      job: job.name,
      error: toError(error),
    });
    await finishSlot(db, { job: job.name, slot, now: clock.now(), result: `failed: ${reason}` }).catch(
      () => undefined,
    );
  }
}

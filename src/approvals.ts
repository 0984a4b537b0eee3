import { toError } from './errors.ts';
import { createDueApprovals } from './handlers/approval-due.ts';
import type { Desk } from './handlers/desk.ts';
import { createDuePayments } from './handlers/payment.ts';
import { remind } from './handlers/reminder.ts';
import { watchChannel } from './handlers/watch-channel.ts';
import { createPump, type Pump } from './pump.ts';
import type { Job } from './schedule.ts';

const CONCURRENCY = 4;

/** Everything about approvals that happens without an event of Slack's: what falls due, and what is looked at by the clock. */
export function createApprovals(desk: Desk, wakeSender: () => void): Pump & { jobs: Job[] } {
  const { clock, log } = desk;
  let watched: Promise<void> | undefined;
  const wake = () => {
    for (const pump of pumps) pump.wake();
    wakeSender();
  };
  const parts = { clock, log, concurrency: CONCURRENCY };
  const pumps = [
    createPump({ name: 'approvals', ...parts, ...createDueApprovals(desk, wake) }),
    createPump({ name: 'payments', ...parts, ...createDuePayments(desk, wake) }),
  ];
  return {
    // Times are fixed: in the time zone of the schedule, a morning and every hour.
    jobs: [
      { name: 'approval-reminder', cron: '0 9 * * *', run: () => remind(desk).finally(wakeSender) },
      { name: 'approval-channel', cron: '0 * * * *', run: () => watchChannel(desk).finally(wakeSender) },
    ],
    wake,
    start() {
      for (const pump of pumps) pump.start();
      watched = watchAtStart(desk).finally(wakeSender);
    },
    async stop(timeoutMs) {
      await Promise.all([watched, ...pumps.map((pump) => pump.stop(timeoutMs))]);
    },
  };
}

async function watchAtStart(desk: Desk): Promise<void> {
  try {
    await watchChannel(desk);
  } catch (error) {
    desk.log.error(
      'it could not be found out whether the approval channel is private; it is looked at hourly',
      {
        error: toError(error),
      },
    );
  }
}

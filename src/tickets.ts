import type { Tickets } from './knowledge/ticket-source.ts';
import type { Clock } from './ports.ts';
import type { Database } from './store/schema.ts';
import { listSettledThreads } from './store/settled-threads.ts';
import { readThread } from './store/threads.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** A thread in which nobody spoke for a day is over. */
const QUIET_MS = DAY_MS;
/** What was right a year ago is in the documentation by now, or wrong. */
const KEPT_MS = 365 * DAY_MS;
/** The newest; a desk with more has them in a system of its own. */
const MAX_TICKETS = 2_000;
const MAX_POSTS = 50;
/** Greater than every timestamp of Slack. */
const END = '9999999999.999999';

/** The conversations on record that staff settled. */
export function createTickets(db: Database, clock: Clock): Tickets {
  return {
    list: () =>
      listSettledThreads(db, {
        quietSince: clock.now() - QUIET_MS,
        notBefore: clock.now() - KEPT_MS,
        limit: MAX_TICKETS,
      }),
    read: (ticket) => readThread(db, ticket, { beforeTs: END, limit: MAX_POSTS }),
  };
}

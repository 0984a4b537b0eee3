import type { Tickets } from './knowledge/ticket-source.ts';
import type { Clock } from './ports.ts';
import type { Database } from './store/schema.ts';
import { listSettledThreads, readSettledThread } from './store/settled-threads.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** What staff said a day ago stands; what they said just now they may still put right. */
const SETTLED_MS = DAY_MS;
/** What was right a year ago is in the documentation by now, or wrong. */
const KEPT_MS = 365 * DAY_MS;
/** The newest; a desk with more has them in a system of its own. */
const MAX_TICKETS = 2_000;
const MAX_POSTS = 50;

/** The conversations on record in which staff answered. */
export function createTickets(db: Database, clock: Clock): Tickets {
  const settled = () => clock.now() - SETTLED_MS;
  return {
    list: () => listSettledThreads(db, { from: clock.now() - KEPT_MS, to: settled(), limit: MAX_TICKETS }),
    read: (ticket) => readSettledThread(db, ticket, { to: settled(), limit: MAX_POSTS }),
  };
}

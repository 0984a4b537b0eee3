import type { Budget } from './pipeline/ladder.ts';
import type { Clock } from './ports.ts';
import type { Database } from './store/schema.ts';
import { reserveSpending, settleSpending } from './store/spending.ts';

/** The day's money for models, kept in the database so that a restart does not start it anew. A day is one of UTC. */
export function createDailyBudget(db: Database, clock: Clock, limitUsd: number): Budget {
  const today = () => new Date(clock.now()).toISOString().slice(0, 10);
  return {
    reserve: (usd) => reserveSpending(db, { day: today(), usd, limitUsd }),
    settle: (reservedUsd, spentUsd) => settleSpending(db, { day: today(), reservedUsd, spentUsd }),
  };
}

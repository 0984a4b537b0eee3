import type { Budget } from './pipeline/ladder.ts';
import type { Clock } from './ports.ts';
import type { Database } from './store/schema.ts';
import { reserveSpending, settleSpending } from './store/spending.ts';

/** The day's money for models, kept in the database so that a restart does not start it anew. A day is one of UTC. */
export function createDailyBudget(db: Database, clock: Clock, limitUsd: number): Budget {
  const today = () => new Date(clock.now()).toISOString().slice(0, 10);
  // A call that runs over midnight is settled on the day it was reserved for.
  const open: { day: string; usd: number }[] = [];
  return {
    async reserve(usd) {
      const day = today();
      const reserved = await reserveSpending(db, { day, usd, limitUsd });
      if (reserved) open.push({ day, usd });
      return reserved;
    },
    async settle(reservedUsd, spentUsd) {
      const at = open.findIndex(({ usd }) => usd === reservedUsd);
      const [reservation] = at < 0 ? [] : open.splice(at, 1);
      await settleSpending(db, { day: reservation?.day ?? today(), reservedUsd, spentUsd });
    },
  };
}

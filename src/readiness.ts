import { sql } from 'kysely';
import type { KnowledgeIndex } from './ports.ts';
import type { Database } from './store/schema.ts';
import type { Readiness } from './web.ts';

/** Ready means: the database answers, an index serves, and Slack can deliver. */
export function createReadiness(parts: {
  db: Database;
  index: KnowledgeIndex;
  isConnected: () => boolean;
}): () => Promise<Readiness> {
  return async () => {
    await sql`select 1`.execute(parts.db);
    const waitingFor = [
      ...((await parts.index.active()) === undefined ? ['the first index'] : []),
      ...(parts.isConnected() ? [] : ['the connection to Slack']),
    ];
    return { ready: waitingFor.length === 0, waitingFor };
  };
}

import { type Answering, createAnswering } from '../src/answering.ts';
import { loadOfflineConfig, readEnvironment } from '../src/config.ts';
import type { Tickets } from '../src/knowledge/ticket-source.ts';
import { createLogger } from '../src/log.ts';

/** What answers questions, by the operator's settings, without Slack. Only what needs attention is logged. */
export function openAnswering(tickets?: Tickets): Promise<Answering> {
  const config = loadOfflineConfig(readEnvironment());
  return createAnswering(config, { log: createLogger({ level: 'warn' }), tickets });
}

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RawEnvironment } from '../src/config.ts';

/** What an operator may want to try with their own; a variable that happens to stand in the shell changes nothing. */
const HONOURED = [
  'ANTHROPIC_API_KEY',
  'ANTHROPIC_BASE_URL',
  'ANSWER_DEADLINE_SECONDS',
  'APPROVAL_EXPIRY_HOURS',
  'APPROVAL_HOLD_SECONDS',
  'CUSTOMERS',
  'DAILY_BUDGET_USD',
  'FINE_TUNED_API_KEY',
  'FINE_TUNED_BASE_URL',
  'FINE_TUNED_MODEL',
  'KNOWLEDGE',
  'LOG_LEVEL',
  'MODEL',
  'ORDER',
  'PROMPT_CACHE_TTL',
  'PROMPT_VERSION',
  'REINDEX_CRON',
  'STAFF_HOLD_MINUTES',
  'TIER',
  'TIMEZONE',
  'TWO_APPROVERS_ABOVE',
];

/** Settings for the local workspace: its own people and places, and of the operator's what can be tried in it. */
export function localEnvironment(
  env: RawEnvironment,
  server: { apiUrl: string; port: number },
): RawEnvironment {
  const examples = fileURLToPath(new URL('../examples/customers.json', import.meta.url));
  const kept = HONOURED.filter((name) => env[name]).map((name) => [name, env[name]]);
  return {
    CUSTOMERS: examples,
    ...Object.fromEntries(kept),
    SLACK_BOT_TOKEN: 'xoxb-local',
    SLACK_APP_TOKEN: 'xapp-local',
    SLACK_API_URL: server.apiUrl,
    CUSTOMER_CHANNELS: 'C0ACME,C0GLOBEX',
    DEFAULT_MODE: 'answer',
    MANAGER_CHANNEL: 'C0MANAGERS',
    APPROVERS: 'S0APPROVERS',
    // Two workspaces side by side must not share one database.
    DATA_DIR: join(env.DATA_DIR ?? './data', 'local', String(server.port)),
    PORT: '0',
  };
}

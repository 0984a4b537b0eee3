import { z } from 'zod';
import {
  address,
  anySecret,
  channel,
  customerChannels,
  knowledge,
  list,
  matching,
  number,
  oneOf,
  secret,
  timezone,
  web,
} from './config-forms.ts';
import { isCronExpression } from './cron-expression.ts';

/** One name of the environment: its form, what it is for, and where the operator gets a right value. */
interface Field<S extends z.ZodType = z.ZodType> {
  schema: S;
  purpose: string;
  where: string;
}

const field = <S extends z.ZodType>(schema: S, purpose: string, where: string): Field<S> => ({
  schema,
  purpose,
  where,
});

const APP = 'https://api.slack.com/apps → your app →';
const CHANNEL_ID = 'Slack → channel name → About: the id stands at the bottom';
const LATER = 'leave it unset';

/** Needed to meet people in Slack; commands that work without Slack never look at these. */
export const SLACK_FIELDS = {
  SLACK_BOT_TOKEN: field(
    secret(/^xoxb-\S+$/, 'does not begin with xoxb-'),
    'lets the bot read and post in your workspace',
    `${APP} OAuth & Permissions → Bot User OAuth Token`,
  ),
  SLACK_APP_TOKEN: field(
    secret(/^xapp-\S+$/, 'does not begin with xapp-'),
    'opens the Socket Mode connection',
    `${APP} Basic Information → App-Level Tokens, scope connections:write`,
  ),
  SLACK_SIGNING_SECRET: field(
    anySecret(),
    'proves in HTTP mode that a request comes from Slack',
    `${APP} Basic Information → App Credentials → Signing Secret`,
  ),
  SLACK_MODE: field(
    oneOf('socket', 'http').default('socket'),
    'how events reach the bot',
    'leave it unset for socket, which needs no public address',
  ),
  SLACK_API_URL: field(
    web()
      .transform((url) => (url.endsWith('/') ? url : `${url}/`))
      .optional(),
    'base address of the Web API, for tests',
    'leave it unset for Slack itself',
  ),
  PORT: field(
    number(0, 65535, true).default(3000),
    'port of health checks and, in HTTP mode, Slack events',
    'choose a free one, or 0 for any free one',
  ),
  CUSTOMER_CHANNELS: field(
    customerChannels.optional(),
    'where customers ask and the bot answers',
    `${CHANNEL_ID}; * = every channel the bot is in`,
  ),
  DEFAULT_MODE: field(
    oneOf('answer', 'draft', 'mention', 'off').optional(),
    'what the bot does in a channel until staff change it',
    'answer = it replies, mention = only when named, off = never',
  ),
  MANAGER_CHANNEL: field(
    channel().optional(),
    'where refunds wait for a decision, private and without customers',
    CHANNEL_ID,
  ),
  STAFF_CHANNEL: field(
    channel().optional(),
    'where hand-overs and alerts go',
    `${CHANNEL_ID}; unset = the manager channel`,
  ),
  APPROVERS: field(
    list(/^[UWS][A-Z0-9]{2,}$/, 'user ids (U…, W…) or user group ids (S…), comma separated').default([]),
    'who may approve or deny; unset = every full staff member of the manager channel',
    'Slack → profile → ⋮ → Copy member ID; a group: Directory → User groups → ⋮ → Copy group ID',
  ),
  HOME_TEAMS: field(
    list(/^[TE][A-Z0-9]{2,}$/, 'team ids (T…, E…), comma separated').default([]),
    'further workspaces whose members count as staff',
    'the T… part of the address of that workspace at app.slack.com/client/T…',
  ),
};

const OTHER_FIELDS = {
  ANTHROPIC_API_KEY: field(
    anySecret(),
    'pays for answers by a Claude model',
    'https://platform.claude.com → API keys; unset = answers are quoted from the pages',
  ),
  ANTHROPIC_BASE_URL: field(
    web().optional(),
    'address of the model, when not api.anthropic.com',
    'any server that speaks the Messages API',
  ),
  MODEL: field(
    matching(/^\S+$/, 'contains a space').default('claude-haiku-5-5'),
    'name of the base model',
    'unset = claude-haiku-5-5; claude-sonnet-5-5 for quality',
  ),
  FINE_TUNED_MODEL: field(
    matching(/^\S+$/, 'contains a space').optional(),
    'name of the tuned model',
    'as your server names the adapter',
  ),
  FINE_TUNED_BASE_URL: field(
    web().optional(),
    'address of the tuned model',
    'your server, such as vLLM 0.22 or newer; unset = the same as the base model',
  ),
  FINE_TUNED_API_KEY: field(anySecret(), 'key of the tuned model', 'unset where the server wants none'),
  TIER: field(
    oneOf('minimal', 'standard', 'premium', 'auto').default('auto'),
    'which layers answer: prompt, retrieval, tuned model',
    'minimal, standard or premium; auto = the best that is configured',
  ),
  ORDER: field(
    oneOf('rag-first', 'draft-first').default('rag-first'),
    'order of the layers',
    'rag-first, or draft-first with a model',
  ),
  PROMPT_VERSION: field(
    matching(/^[a-z0-9][a-z0-9-]*$/, 'is no version such as v1').default('v1'),
    'which prompt folder is used',
    'a folder name under src/pipeline/prompts',
  ),
  PROMPT_CACHE_TTL: field(
    oneOf('5m', '1h').default('5m'),
    'how long the model keeps the prompt',
    '5m, or 1h where questions come seldom; unset = 5m',
  ),
  DATA_DIR: field(
    z.string().default('./data'),
    'folder of the database and the index',
    'any writable folder',
  ),
  DATABASE_URL: field(
    address(/^postgres(ql)?:$/, 'postgres://user:password@host/name').optional(),
    'a PostgreSQL database instead of files',
    'leave it unset; records are then kept in DATA_DIR',
  ),
  INDEX: field(
    oneOf('embedded', 'weaviate').default('embedded'),
    'where passages are searched',
    'unset or embedded = files in DATA_DIR, to about 20,000 passages; weaviate = a server of yours',
  ),
  WEAVIATE_URL: field(
    web().optional(),
    'address of the Weaviate server, such as http://localhost:8080',
    'a server of your own, v1.32 to v1.39, with GraphQL (see docs/weaviate.md); only with INDEX=weaviate',
  ),
  WEAVIATE_API_KEY: field(
    anySecret(),
    'key of the Weaviate server',
    'one of its AUTHENTICATION_APIKEY_ALLOWED_KEYS; unset where it lets everybody in',
  ),
  EMBEDDINGS: field(
    oneOf('auto', 'none', 'http', 'local').default('auto'),
    'search by meaning beside search by words',
    'unset or auto = an installed model (npm run embedder -- install), else words alone; http = a server',
  ),
  EMBEDDINGS_URL: field(
    web().optional(),
    'address of a server of embedding models, such as http://localhost:11434 for Ollama',
    'as far as /v1 or /v1/embeddings, or without a path; only with EMBEDDINGS=http',
  ),
  EMBEDDINGS_MODEL: field(
    z.string().optional(),
    'the embedding model',
    'as its server names it; for a local one a folder or an installed name (npm run embedder -- list)',
  ),
  EMBEDDINGS_API_KEY: field(anySecret(), 'key of that server', 'unset where the server wants none'),
  KNOWLEDGE: field(
    knowledge.default(['./knowledge']),
    'what the bot knows: folders, files, pages and sitemaps of the web, comma separated',
    'paths on this machine, and addresses such as https://docs.example.com/sitemap.xml',
  ),
  CUSTOMERS: field(
    z.string().optional(),
    'customer records: a JSON file keyed by channel or team id, or an address asked with ?channel=&team=',
    'a path on this machine, an https address, or unset for none',
  ),
  REINDEX_CRON: field(
    z
      .string()
      .refine(isCronExpression, { error: 'is no cron expression of five or six fields' })
      .default('0 3 * * *'),
    'when the knowledge is read again',
    'minute hour day month weekday, such as 0 3 * * *',
  ),
  TIMEZONE: field(
    timezone.default('UTC'),
    'time zone of the schedule',
    'a name such as Europe/Berlin; unset = UTC',
  ),
  REFUND_WEBHOOK_URL: field(
    web().optional(),
    'pays every approved refund',
    'an address of your own that takes signed POSTs (docs/approvals.md); unset = people pay by hand',
  ),
  REFUND_WEBHOOK_SECRET: field(
    anySecret(),
    'signs what the webhook is told',
    'a long random text that your webhook knows too, such as from: openssl rand -hex 32',
  ),
  APPROVAL_HOLD_SECONDS: field(
    number(0, 3600).default(30),
    'how long a decision can be taken back before it counts',
    'seconds; unset = 30, 0 = it counts at once',
  ),
  APPROVAL_EXPIRY_HOURS: field(
    number(0.001, 8760).default(72),
    'when an undecided request expires',
    'hours, fractions allowed; unset = 72',
  ),
  TWO_APPROVERS_ABOVE: field(
    number(0, 1e9).optional(),
    'a refund above this amount needs two people, as does one of unknown amount',
    'a number such as 200, also for the sum of 30 days of one customer; unset = one person is always enough',
  ),
  STAFF_HOLD_MINUTES: field(
    number(0, 525_600).default(60),
    'how long a thread stays with a person who spoke in it',
    'minutes, fractions allowed; unset = 60',
  ),
  GATHER_MILLISECONDS: field(
    number(0, 60_000, true).default(0),
    'how long the bot waits for the rest of a question',
    'leave it unset or 0',
  ),
  ANSWER_DEADLINE_SECONDS: field(
    number(1, 600).default(30),
    'within this a question is answered, by a lesser model or by quoting if need be',
    'seconds; unset = 30',
  ),
  DAILY_BUDGET_USD: field(
    number(0, 1e6).optional(),
    'most that a day of model use may cost',
    'US dollars a UTC day; unset = no limit',
  ),
  LOG_LEVEL: field(
    oneOf('debug', 'info', 'warn', 'error').default('info'),
    'how much is logged',
    'unset = info',
  ),
  DASHBOARD_TOKEN: field(anySecret(), 'opens the dashboard', LATER),
};

/** Every name the product reads, in the order the problems are reported. `.env.example` lists exactly these. */
export const FIELDS = { ...SLACK_FIELDS, ...OTHER_FIELDS };

export type FieldName = keyof typeof FIELDS;
export type Environment = { [N in FieldName]: z.output<(typeof FIELDS)[N]['schema']> };

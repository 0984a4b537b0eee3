import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { type ApprovalsConfig, findApprovalProblems, readApprovals } from './config-approvals.ts';
import { type EmbeddingsConfig, findEmbeddingProblems, readEmbeddings } from './config-embeddings.ts';
import { type Environment, FIELDS, type FieldName, SLACK_FIELDS } from './config-fields.ts';
import { findIndexProblems, type IndexConfig, readIndex } from './config-index.ts';
import { findModelProblems, type ModelsConfig, readModels, readTier, type Tier } from './config-model.ts';
import { REFUSALS } from './config-refused.ts';
import { ConfigError } from './errors.ts';
import type { LogLevel } from './log.ts';
import type { Secret } from './secret.ts';

export interface Config {
  slack: {
    mode: 'socket' | 'http';
    botToken: Secret;
    appToken?: Secret | undefined;
    signingSecret?: Secret | undefined;
    apiUrl?: string | undefined;
    customerChannels: '*' | string[];
    defaultMode: 'answer' | 'mention' | 'off';
    managerChannel: string;
    staffChannel: string;
    approvers: string[];
    homeTeams: string[];
  };
  web: { port: number; dashboardToken?: Secret | undefined };
  models: ModelsConfig;
  pipeline: {
    tier: Tier;
    order: 'rag-first' | 'draft-first';
    promptVersion: string;
    answerDeadlineMs: number;
  };
  store: { dataDir: string };
  embeddings: EmbeddingsConfig;
  index: IndexConfig;
  knowledge: { sources: string[]; reindexCron: string; timezone: string };
  customers: { source?: string | undefined };
  approvals: ApprovalsConfig;
  conversation: { staffHoldMs: number };
  log: { level: LogLevel };
}

/** What commands need that work without Slack, such as `ask` and `reindex`. */
export type OfflineConfig = Omit<Config, 'slack' | 'web'>;

export type RawEnvironment = Record<string, string | undefined>;

interface Problem {
  name: FieldName;
  wrong: string;
}

/** The whole configuration, or a ConfigError with every problem at once. */
export function loadConfig(env: RawEnvironment): Config {
  const names = Object.keys(FIELDS) as FieldName[];
  const { values, problems } = readFields(env, names);
  failIfAny([...problems, ...missingFields(env), ...conflicts(env, values), ...findPartProblems(values)]);
  return deepFreeze({ ...slackAndWeb(values as Environment), ...offline(values as Environment) });
}

/** The same without the Slack settings, which are neither needed nor judged. */
export function loadOfflineConfig(env: RawEnvironment): OfflineConfig {
  const names = (Object.keys(FIELDS) as FieldName[]).filter((name) => !(name in SLACK_FIELDS));
  const { values, problems } = readFields(env, names);
  failIfAny([...problems, ...findPartProblems(values)]);
  return deepFreeze(offline(values as Environment));
}

/** Variables of the process over those of `.env` in `cwd`; an empty value counts as unset. */
export function readEnvironment(cwd = process.cwd()): RawEnvironment {
  const set = Object.entries(process.env).filter(([, value]) => value !== undefined && value.trim() !== '');
  return { ...readEnvFile(join(cwd, '.env')), ...Object.fromEntries(set) };
}

function readEnvFile(path: string): RawEnvironment {
  try {
    // Some editors begin a file with a byte order mark, which would become part of the first name.
    return parseEnv(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw new ConfigError([`.env: cannot be read (${error}); make ${path} a file this user may read`]);
  }
}

/** Each name on its own, so that one wrong value hides no other. */
function readFields(env: RawEnvironment, names: FieldName[]) {
  const values: Partial<Record<FieldName, unknown>> = {};
  const problems: Problem[] = [];
  for (const name of names) {
    const text = valueIn(env, name);
    const parsed = FIELDS[name].schema.safeParse(text);
    const refused = text === undefined || !parsed.success ? undefined : refusal(name, text);
    if (!parsed.success) problems.push({ name, wrong: parsed.error.issues[0]?.message ?? 'is not valid' });
    else if (refused) problems.push({ name, wrong: refused });
    else values[name] = parsed.data;
  }
  return { values: values as Partial<Environment>, problems };
}

function valueIn(env: RawEnvironment, name: FieldName): string | undefined {
  return env[name]?.trim() || undefined;
}

function refusal(name: FieldName, text: string): string | undefined {
  const row = REFUSALS.find(({ names, when }) => names.includes(name) && (when?.(text) ?? true));
  return row && `asks for ${row.missing}, which this version does not have yet`;
}

function missingFields(env: RawEnvironment): Problem[] {
  const credential = valueIn(env, 'SLACK_MODE') === 'http' ? 'SLACK_SIGNING_SECRET' : 'SLACK_APP_TOKEN';
  const needed = ['SLACK_BOT_TOKEN', credential, 'CUSTOMER_CHANNELS', 'MANAGER_CHANNEL'] as const;
  return needed.filter((name) => !valueIn(env, name)).map((name) => ({ name, wrong: 'is missing' }));
}

function conflicts(env: RawEnvironment, values: Partial<Environment>): Problem[] {
  const { CUSTOMER_CHANNELS: channels, MANAGER_CHANNEL: manager, STAFF_CHANNEL: staff } = values;
  if (channels === '*' && valueIn(env, 'DEFAULT_MODE') === undefined) {
    const wrong =
      'is unset, and with CUSTOMER_CHANNELS=* that means draft, which this version does not have yet';
    return [{ name: 'DEFAULT_MODE', wrong: `${wrong}: set DEFAULT_MODE=answer or DEFAULT_MODE=mention` }];
  }
  const wrong = 'is one of CUSTOMER_CHANNELS, so customers would read what is meant for staff';
  const inside = (id: string | undefined) =>
    id !== undefined && Array.isArray(channels) && channels.includes(id);
  const problems: Problem[] = [];
  if (inside(manager)) problems.push({ name: 'MANAGER_CHANNEL', wrong });
  if (inside(staff)) problems.push({ name: 'STAFF_CHANNEL', wrong });
  return problems;
}

/** Of settings that are right one by one and do not go together. */
function findPartProblems(values: Partial<Environment>): Problem[] {
  return [
    ...findModelProblems(values),
    ...findEmbeddingProblems(values),
    ...findIndexProblems(values),
    ...findApprovalProblems(values),
  ];
}

function failIfAny(problems: Problem[]): void {
  if (problems.length === 0) return;
  const order = Object.keys(FIELDS);
  const sorted = [...problems].sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  throw new ConfigError(
    sorted.map(({ name, wrong }) => `${name}: ${wrong}; ${FIELDS[name].purpose}; ${FIELDS[name].where}`),
  );
}

/** Only after `failIfAny`: what is needed is there, and what is refused is not. */
function slackAndWeb(env: Environment): Pick<Config, 'slack' | 'web'> {
  return {
    slack: {
      mode: env.SLACK_MODE,
      botToken: env.SLACK_BOT_TOKEN as Secret,
      appToken: env.SLACK_APP_TOKEN,
      signingSecret: env.SLACK_SIGNING_SECRET,
      apiUrl: env.SLACK_API_URL,
      customerChannels: env.CUSTOMER_CHANNELS as '*' | string[],
      defaultMode: (env.DEFAULT_MODE ?? 'answer') as Config['slack']['defaultMode'],
      managerChannel: env.MANAGER_CHANNEL as string,
      staffChannel: env.STAFF_CHANNEL ?? (env.MANAGER_CHANNEL as string),
      approvers: env.APPROVERS,
      homeTeams: env.HOME_TEAMS,
    },
    web: { port: env.PORT, dashboardToken: env.DASHBOARD_TOKEN },
  };
}

function offline(env: Environment): OfflineConfig {
  const models = readModels(env);
  return {
    models,
    pipeline: {
      tier: readTier(env, models),
      order: env.ORDER,
      promptVersion: env.PROMPT_VERSION,
      answerDeadlineMs: Math.round(env.ANSWER_DEADLINE_SECONDS * 1000),
    },
    store: { dataDir: env.DATA_DIR },
    embeddings: readEmbeddings(env),
    index: readIndex(env),
    knowledge: { sources: env.KNOWLEDGE, reindexCron: env.REINDEX_CRON, timezone: env.TIMEZONE },
    customers: { source: env.CUSTOMERS },
    approvals: readApprovals(env),
    conversation: { staffHoldMs: Math.round(env.STAFF_HOLD_MINUTES * 60_000) },
    log: { level: env.LOG_LEVEL },
  };
}

function deepFreeze<T extends object>(value: T): T {
  for (const inner of Object.values(value)) {
    if (typeof inner === 'object' && inner !== null && !Object.isFrozen(inner)) deepFreeze(inner);
  }
  return Object.freeze(value);
}

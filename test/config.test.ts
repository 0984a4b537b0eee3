import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { loadConfig, loadOfflineConfig, type RawEnvironment, readEnvironment } from '../src/config.ts';
import { FIELDS, type FieldName } from '../src/config-fields.ts';
import { REFUSALS } from '../src/config-refused.ts';
import { ConfigError } from '../src/errors.ts';

const MINIMUM = {
  SLACK_BOT_TOKEN: 'xoxb-1-bot',
  SLACK_APP_TOKEN: 'xapp-1-app',
  CUSTOMER_CHANNELS: 'C0CUSTOMER',
  MANAGER_CHANNEL: 'C0MANAGER',
};

function problemsOf(
  env: RawEnvironment,
  load: (env: RawEnvironment) => unknown = loadConfig,
): readonly string[] {
  try {
    load(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

const problemsWith = (env: RawEnvironment) => problemsOf({ ...MINIMUM, ...env });

describe('loadConfig', () => {
  test('needs no more than two tokens and two channels, and fills in the rest', () => {
    const { slack, ...rest } = loadConfig(MINIMUM);
    expect(slack).toMatchObject({ mode: 'socket', defaultMode: 'answer', customerChannels: ['C0CUSTOMER'] });
    expect(slack).toMatchObject({ staffChannel: 'C0MANAGER', approvers: [], homeTeams: [] });
    expect(slack.botToken.reveal()).toBe('xoxb-1-bot');
    expect(rest).toEqual({
      web: { port: 3000, dashboardToken: undefined },
      models: { base: undefined, tuned: undefined, cacheTtl: '5m', dailyBudgetUsd: undefined },
      pipeline: { tier: 'standard', order: 'rag-first', promptVersion: 'v1', answerDeadlineMs: 30_000 },
      store: { dataDir: './data' },
      embeddings: { kind: 'auto', url: undefined, model: undefined, apiKey: undefined },
      index: { kind: 'embedded' },
      knowledge: { sources: ['./knowledge'], reindexCron: '0 3 * * *', timezone: 'UTC' },
      customers: { source: undefined },
      approvals: { holdMs: 30_000, expiryMs: 72 * 3_600_000 },
      conversation: { staffHoldMs: 3_600_000 },
      log: { level: 'info' },
    });
  });

  test('reads every setting that works', () => {
    const config = loadConfig({
      ...MINIMUM,
      SLACK_API_URL: 'http://127.0.0.1:4000/api',
      CUSTOMER_CHANNELS: ' C0ONE, G0TWO,,C0ONE ',
      DEFAULT_MODE: 'mention',
      STAFF_CHANNEL: 'C0STAFF',
      APPROVERS: 'U0ANN,W0BEN,S0GROUP',
      HOME_TEAMS: 'T0HOME,E0GRID',
      PORT: '0',
      TIER: 'standard',
      PROMPT_VERSION: 'v2',
      ANSWER_DEADLINE_SECONDS: '2.5',
      DATA_DIR: '/var/lib/bot',
      KNOWLEDGE: './docs, ./faq.csv, https://docs.example.com/sitemap.xml',
      CUSTOMERS: './customers.json',
      REINDEX_CRON: '*/5 * * * *',
      TIMEZONE: 'Europe/Berlin',
      STAFF_HOLD_MINUTES: '0.05',
      GATHER_MILLISECONDS: '0',
      APPROVAL_HOLD_SECONDS: '0',
      LOG_LEVEL: 'debug',
    });
    expect(config.slack).toMatchObject({
      apiUrl: 'http://127.0.0.1:4000/api/',
      customerChannels: ['C0ONE', 'G0TWO'],
      defaultMode: 'mention',
      staffChannel: 'C0STAFF',
      approvers: ['U0ANN', 'W0BEN', 'S0GROUP'],
      homeTeams: ['T0HOME', 'E0GRID'],
    });
    expect(config.pipeline).toMatchObject({ promptVersion: 'v2', answerDeadlineMs: 2500 });
    expect(config.knowledge.sources).toEqual(['./docs', './faq.csv', 'https://docs.example.com/sitemap.xml']);
    expect(config.knowledge).toMatchObject({ reindexCron: '*/5 * * * *', timezone: 'Europe/Berlin' });
    expect([config.customers.source, config.store.dataDir]).toEqual(['./customers.json', '/var/lib/bot']);
    expect([config.conversation.staffHoldMs, config.web.port, config.log.level]).toEqual([3000, 0, 'debug']);
  });

  test('lists every missing setting at once, with its use and where to get it', () => {
    const problems = problemsOf({});
    expect(problems.map((line) => line.split(':')[0])).toEqual([
      'SLACK_BOT_TOKEN',
      'SLACK_APP_TOKEN',
      'CUSTOMER_CHANNELS',
      'MANAGER_CHANNEL',
    ]);
    for (const line of problems) expect(line).toMatch(/^[A-Z_]+: is missing; .+; .+/);
    expect(problems[0]).toContain('https://api.slack.com/apps → your app → OAuth & Permissions');
  });

  test('asks for the signing secret instead of the app token in HTTP mode', () => {
    const http = { ...MINIMUM, SLACK_APP_TOKEN: '', SLACK_MODE: 'http' };
    expect(problemsOf(http).join()).toMatch(/^SLACK_SIGNING_SECRET: is missing/);
    expect(loadConfig({ ...http, SLACK_SIGNING_SECRET: 'abc' }).slack.mode).toBe('http');
  });

  test('reports wrong values, missing ones and refused ones together', () => {
    const problems = problemsOf({ SLACK_BOT_TOKEN: 'xoxp-mine', PORT: '70000', TIER: 'premium' });
    expect(problems.map((line) => line.split(':')[0])).toEqual([
      'SLACK_BOT_TOKEN',
      'SLACK_APP_TOKEN',
      'PORT',
      'CUSTOMER_CHANNELS',
      'MANAGER_CHANNEL',
      'TIER',
    ]);
  });

  test.each([
    ['SLACK_BOT_TOKEN', 'xoxp-1'],
    ['SLACK_APP_TOKEN', 'xoxb-1'],
    ['SLACK_MODE', 'rtm'],
    ['SLACK_API_URL', 'slack.com/api'],
    ['PORT', '-1'],
    ['PORT', '1.5'],
    ['PORT', '0x10'],
    ['CUSTOMER_CHANNELS', '#support'],
    ['CUSTOMER_CHANNELS', '*,C0CUSTOMER'],
    ['CUSTOMER_CHANNELS', ','],
    ['MANAGER_CHANNEL', 'managers'],
    ['STAFF_CHANNEL', 'D0DIRECT'],
    ['APPROVERS', '@ann'],
    ['HOME_TEAMS', 'acme'],
    ['DEFAULT_MODE', 'loud'],
    ['PROMPT_VERSION', '../v1'],
    ['KNOWLEDGE', ','],
    ['KNOWLEDGE', './docs,https:/'],
    ['KNOWLEDGE', 'https://me:s3cret@docs.example.com/'],
    ['REINDEX_CRON', '99 3 * * *'],
    ['TIMEZONE', 'Mars/Olympus'],
    ['STAFF_HOLD_MINUTES', '60m'],
    ['STAFF_HOLD_MINUTES', '-1'],
    ['ANSWER_DEADLINE_SECONDS', '0'],
    ['LOG_LEVEL', 'trace'],
    ['DATABASE_URL', 'mysql://x'],
    ['WEAVIATE_URL', 'localhost:8080'],
    ['EMBEDDINGS', 'yes'],
    ['EMBEDDINGS_URL', 'localhost:11434'],
  ])('refuses %s=%s with one line that names it', (name, value) => {
    const problems = problemsWith({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name}: .+; .+; .+`));
  });

  test('never repeats a credential in what it reports', () => {
    const env = {
      SLACK_BOT_TOKEN: 'oops-s3cret',
      SLACK_APP_TOKEN: 'oops-s3cret',
      ANTHROPIC_API_KEY: 's3 cret',
    };
    expect(problemsWith(env)).toHaveLength(3);
    expect(problemsWith(env).join()).not.toMatch(/s3 ?cret/);
  });

  test('wants the manager and the staff channel apart from the customers', () => {
    expect(problemsWith({ MANAGER_CHANNEL: 'C0CUSTOMER' }).join()).toMatch(/^MANAGER_CHANNEL: is one of/);
    expect(problemsWith({ STAFF_CHANNEL: 'C0CUSTOMER' }).join()).toMatch(/^STAFF_CHANNEL: is one of/);
  });

  test('wants a mode said aloud before it speaks in every channel', () => {
    expect(problemsWith({ CUSTOMER_CHANNELS: '*' }).join()).toMatch(/^DEFAULT_MODE: .*DEFAULT_MODE=answer/);
    const config = loadConfig({ ...MINIMUM, CUSTOMER_CHANNELS: '*', DEFAULT_MODE: 'answer' });
    expect(config.slack).toMatchObject({ customerChannels: '*', defaultMode: 'answer' });
  });

  test('takes an empty or blank value as unset and trims what was pasted', () => {
    const config = loadConfig({ ...MINIMUM, PORT: '', TIER: '  ', SLACK_BOT_TOKEN: ' xoxb-1 \n' });
    expect(config.web.port).toBe(3000);
    expect(config.slack.botToken.reveal()).toBe('xoxb-1');
  });

  test('gives an object in which nothing can be changed', () => {
    const config = loadConfig(MINIMUM);
    expect(() => Object.assign(config.slack, { mode: 'http' })).toThrow(TypeError);
    expect(() => config.slack.approvers.push('U0EVIL')).toThrow(TypeError);
  });

  test('shows no credential when it is printed', () => {
    expect(JSON.stringify(loadConfig(MINIMUM))).not.toMatch(/xoxb|xapp/);
  });
});

test.each([
  [{ REFUND_WEBHOOK_URL: 'https://pay.example/refunds' }, /^REFUND_WEBHOOK_SECRET: is missing/],
  [{ REFUND_WEBHOOK_SECRET: 'a-secret' }, /^REFUND_WEBHOOK_SECRET: is set without/],
])('a refund webhook needs both its address and its secret: %o', (env, problem) => {
  expect(problemsWith(env)).toEqual([expect.stringMatching(problem)]);
});

describe('settings whose part does not exist yet', () => {
  const samples: Partial<Record<FieldName, string>> = {
    DEFAULT_MODE: 'draft',
    TIER: 'premium',
    ORDER: 'draft-first',
    PROMPT_CACHE_TTL: '1h',
    DATABASE_URL: 'postgres://bot@db/countersign',
    INDEX: 'weaviate',
  };
  const numbers = new Set(['GATHER_MILLISECONDS']);
  const sampleOf = (name: FieldName) => {
    if (numbers.has(name)) return '30';
    return samples[name] ?? 'https://value.example';
  };

  test.each(REFUSALS.flatMap(({ names }) => names))('%s is refused in words', (name) => {
    const problems = problemsWith({ [name]: sampleOf(name) });
    expect(problems.join('\n')).toMatch(
      new RegExp(`^${name}: asks for .+, which this version does not have yet; .+; .+$`),
    );
  });

  test('have one row each', () => {
    const names = REFUSALS.flatMap((row) => row.names);
    expect(names).toEqual([...new Set(names)]);
  });
});

describe('loadOfflineConfig', () => {
  test('works with no setting at all and never looks at Slack', () => {
    const config = loadOfflineConfig({ SLACK_BOT_TOKEN: 'nonsense', PORT: 'x' });
    expect(config.knowledge.sources).toEqual(['./knowledge']);
    expect(config).not.toHaveProperty('slack');
  });

  test('judges what it does need', () => {
    expect(problemsOf({ TIMEZONE: 'nowhere', INDEX: 'weaviate' }, loadOfflineConfig)).toHaveLength(2);
  });
});

describe('readEnvironment', () => {
  const folders: string[] = [];
  const folderWith = (content?: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-env-'));
    folders.push(folder);
    if (content !== undefined) writeFileSync(join(folder, '.env'), content);
    return folder;
  };
  afterEach(() => {
    vi.unstubAllEnvs();
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });

  test('reads .env, and lets a variable of the process win unless it is empty', () => {
    const folder = folderWith('\uFEFFLOG_LEVEL=debug\nDATA_DIR="./from file" # why\nTIER=standard\n');
    vi.stubEnv('DATA_DIR', './from process');
    vi.stubEnv('TIER', '');
    const env = readEnvironment(folder);
    expect(env).toMatchObject({ LOG_LEVEL: 'debug', DATA_DIR: './from process', TIER: 'standard' });
  });

  test('does without a .env', () => {
    vi.stubEnv('LOG_LEVEL', 'warn');
    expect(readEnvironment(folderWith()).LOG_LEVEL).toBe('warn');
  });

  test('says so when .env is there and cannot be read', () => {
    const folder = folderWith();
    mkdirSync(join(folder, '.env'));
    expect(() => readEnvironment(folder)).toThrow(/^\.env: cannot be read/);
  });
});

describe('.env.example', () => {
  const lines = readFileSync(new URL('../.env.example', import.meta.url), 'utf8').split('\n');

  test('lists exactly the settings of the product, none of them filled in', () => {
    const assignments = lines.filter((line) => line !== '' && !line.startsWith('#'));
    expect(assignments.toSorted()).toEqual(
      Object.keys(FIELDS)
        .map((name) => `${name}=`)
        .toSorted(),
    );
  });

  test('says in one comment line what each setting is for', () => {
    for (const [i, line] of lines.entries()) {
      if (line.endsWith('=') && !line.startsWith('#')) expect(lines[i - 1], line).toMatch(/^# [A-Za-z$]/);
    }
  });
});

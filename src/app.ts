import { join } from 'node:path';
import { monotonicFactory } from 'ulid';
import { createSqlite } from './adapters/sqlite.ts';
import { createAnswering } from './answering.ts';
import { systemClock } from './clock.ts';
import type { Config, OfflineConfig } from './config.ts';
import { createDailyBudget } from './daily-budget.ts';
import { ConfigError, toError } from './errors.ts';
import type { Desk } from './handlers/desk.ts';
import { createHandlers } from './handlers/handlers.ts';
import { describeRun, runNightly } from './handlers/nightly.ts';
import { tellUndelivered } from './handlers/undelivered.ts';
import { createLogger, type Logger } from './log.ts';
import type { Clock, Directory } from './ports.ts';
import { createReadiness } from './readiness.ts';
import { createSchedule } from './schedule.ts';
import { createSender } from './sender.ts';
import { createSlackApi } from './slack/api.ts';
import { connectSlack } from './slack/connect.ts';
import { createSlackDirectory } from './slack/directory.ts';
import { createSlackMessenger } from './slack/messenger.ts';
import { requireAccepted } from './slack/require-accepted.ts';
import { createStatus } from './slack/status.ts';
import { type NewInboxItem, putInbox, releaseLeases } from './store/inbox.ts';
import { migrate } from './store/migrate.ts';
import { doubtUnsettled, type OutboxRow } from './store/outbox.ts';
import type { Db } from './store/schema.ts';
import { settleAbandoned } from './store/spending.ts';
import { createWeb } from './web.ts';
import { createWorker } from './worker.ts';

/** How long work in hand may take to finish when the bot is stopped. */
const STOP_MS = 8_000;
/** A model server that has not said by then what it can do is asked with the first question. */
const PREFLIGHT_MS = 15_000;

export interface Bot {
  /** Resolves when Slack can deliver and questions are answered. */
  start(): Promise<{ port: number }>;
  stop(): Promise<void>;
}

/** Joins everything: Slack → inbox → worker → pipeline → outbox → Slack. */
export async function createBot(
  config: Config,
  overrides: { clock?: Clock; log?: Logger } = {},
): Promise<Bot> {
  const clock = overrides.clock ?? systemClock;
  const log = overrides.log ?? createLogger({ level: config.log.level, clock });
  const monotonic = monotonicFactory();
  const newId = () => monotonic(clock.now());
  const db = createSqlite({ file: stateFile(config) });
  const { dailyBudgetUsd } = config.models;
  const budget = dailyBudgetUsd === undefined ? undefined : createDailyBudget(db, clock, dailyBudgetUsd);
  const answering = await createAnswering(config, { clock, log, ...(budget ? { budget } : {}) });
  const { answer, index, reindex, customers, models } = answering;

  const slack = joinSlack(config.slack, {
    clock,
    log,
    async put(item) {
      await putInbox(db, [item], { newId, now: clock.now() });
      setImmediate(() => worker.wake());
    },
  });
  const { directory, messenger, connection } = slack;
  // Without a model the answer is there before the status would be.
  const showStatus = models.length > 1 ? slack.showStatus : () => undefined;
  const settings = { ...config.slack, staffHoldMs: config.conversation.staffHoldMs };
  const desk: Desk = { db, clock, newId, log, directory, customers, answer, showStatus, settings };
  const onDead = (db: Db, row: OutboxRow, reason: string) => tellUndelivered(desk, db, row, reason);
  const sender = createSender({ db, clock, log, messenger, onDead });
  const handlers = createHandlers(desk, {
    reindex,
    index,
    model: models.join(' → '),
    wakeSender: () => sender.wake(),
  });
  const worker = createWorker({ db, clock, newId, log, handlers, onCommit: () => sender.wake() });
  const { reindexCron, timezone } = config.knowledge;
  // What it tells staff must not wait in the outbox for the first customer of the day.
  const runReindex = () => runNightly(desk, reindex).finally(() => sender.wake());
  const nightly = { name: 'reindex', cron: reindexCron, run: runReindex };
  const schedule = createSchedule({ db, clock, log, timezone, jobs: [nightly] });
  const readiness = createReadiness({ db, index, isConnected: connection.isConnected });
  const web = createWeb({ port: config.web.port, readiness, slack: connection.requestListener });

  return {
    async start() {
      await migrate(db);
      await releaseLeases(db);
      await doubtUnsettled(db);
      await settleAbandoned(db);
      await requireBotToken(directory, log);
      const listening = await web.start();
      if ((await index.active()) === undefined) log.info(describeRun(await reindex()));
      await connection.start();
      sender.start();
      worker.start();
      schedule.start();
      void warnOfModels(answering.preflight, log);
      return listening;
    },
    async stop() {
      await schedule.stop();
      await connection.stop();
      await worker.stop(STOP_MS);
      await sender.stop(STOP_MS);
      await web.stop();
      await index.close();
      await db.destroy();
    },
  };
}

/** Everything that knows Slack: who is there, how to speak, and how to listen. */
function joinSlack(
  config: Config['slack'],
  parts: { clock: Clock; log: Logger; put: (item: NewInboxItem) => Promise<void> },
) {
  const { clock, log, put } = parts;
  const { mode, apiUrl } = config;
  const botToken = config.botToken.reveal();
  const call = createSlackApi({ botToken, apiUrl, log });
  return {
    directory: createSlackDirectory(call, clock),
    messenger: createSlackMessenger(call),
    showStatus: createStatus(call, log),
    connection: connectSlack({
      mode,
      botToken,
      appToken: config.appToken?.reveal(),
      signingSecret: config.signingSecret?.reveal(),
      apiUrl,
      log,
      put,
    }),
  };
}

/** A token that Slack refuses ends the start; a Slack that does not answer may do so in a moment. */
async function requireBotToken(directory: Directory, log: Logger): Promise<void> {
  try {
    await requireAccepted('SLACK_BOT_TOKEN', directory.self());
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    log.warn('Slack does not answer yet', { error: toError(error) });
  }
}

/** Asks the model servers beside the work: a slow one must not keep the desk closed. */
async function warnOfModels(
  preflight: (signal: AbortSignal) => Promise<string[]>,
  log: Logger,
): Promise<void> {
  for (const warning of await preflight(AbortSignal.timeout(PREFLIGHT_MS))) log.warn(warning);
}

/** Where the embedded database stands. */
export function stateFile(config: Pick<OfflineConfig, 'store'>): string {
  return join(config.store.dataDir, 'countersign.sqlite');
}

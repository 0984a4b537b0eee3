import { monotonicFactory } from 'ulid';
import { type FolderWatch, watchFolders } from './adapters/folder-watch.ts';
import { createRefundWebhook } from './adapters/refund-webhook.ts';
import { createSqlite } from './adapters/sqlite.ts';
import { createAnswering } from './answering.ts';
import { createApprovals } from './approvals.ts';
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { createDailyBudget } from './daily-budget.ts';
import { ConfigError, toError } from './errors.ts';
import type { Desk } from './handlers/desk.ts';
import { createHandlers } from './handlers/handlers.ts';
import { describeRun, runNightly } from './handlers/nightly.ts';
import { createRecall, type RecallJob } from './handlers/recall.ts';
import { tellUndelivered } from './handlers/undelivered.ts';
import { isWebAddress } from './knowledge/sources.ts';
import { createLogger, type Logger } from './log.ts';
import { createFindCited } from './pipeline/recall/find-cited.ts';
import type { Clock, Directory } from './ports.ts';
import { createReadiness } from './readiness.ts';
import { createReleases, type Releases } from './releases.ts';
import { createSchedule } from './schedule.ts';
import { createSender } from './sender.ts';
import { createSlackApi } from './slack/api.ts';
import { connectSlack } from './slack/connect.ts';
import { createSlackDirectory } from './slack/directory.ts';
import { createSlackMessenger } from './slack/messenger.ts';
import { requireAccepted } from './slack/require-accepted.ts';
import { createStatus } from './slack/status.ts';
import { stateFile } from './state-file.ts';
import { releaseApprovals } from './store/approvals.ts';
import { type NewInboxItem, putInbox, releaseLeases } from './store/inbox.ts';
import { migrate } from './store/migrate.ts';
import { doubtUnsettled, type OutboxRow } from './store/outbox.ts';
import type { Database, Db } from './store/schema.ts';
import { settleAbandoned } from './store/spending.ts';
import { createTickets } from './tickets.ts';
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
  overrides: { clock?: Clock; log?: Logger; watchesKnowledge?: boolean } = {},
): Promise<Bot> {
  const clock = overrides.clock ?? systemClock;
  const log = overrides.log ?? createLogger({ level: config.log.level, clock });
  const monotonic = monotonicFactory();
  const newId = () => monotonic(clock.now());
  const db = createSqlite({ file: stateFile(config) });
  const { dailyBudgetUsd } = config.models;
  const budget = dailyBudgetUsd === undefined ? undefined : createDailyBudget(db, clock, dailyBudgetUsd);
  const wakeSender = () => sender.wake();
  const onSwitched = () => recall.run().then(wakeSender);
  const tickets = createTickets(db, clock);
  const answering = await createAnswering(config, { clock, log, budget, tickets, onSwitched });
  const { answer, index, customers, models, embedderHealth } = answering;
  const releases = createReleases({ ...answering, db, clock, newId, log });

  const put = async (item: NewInboxItem) => {
    await putInbox(db, [item], { newId, now: clock.now() });
    setImmediate(() => worker.wake());
  };
  const slack = joinSlack(config.slack, { clock, log, put });
  const { directory, messenger, connection } = slack;
  // Without a model the answer is there before the status would be.
  const showStatus = models.length > 1 ? slack.showStatus : () => undefined;
  const findCited = createFindCited(index);
  const slackSide = { directory, showStatus, ...readDesk(config, clock) };
  const desk: Desk = { db, clock, newId, log, customers, answer, findCited, ...slackSide };
  const recall = createRecall(desk, index);
  const onDead = (db: Db, row: OutboxRow, reason: string) => tellUndelivered(desk, db, row, reason);
  const sender = createSender({ db, clock, log, messenger, onDead });
  const model = models.join(' → ');
  const facts = { index, embedderHealth, model };
  const handlers = createHandlers(desk, { releases, recall, messenger, wakeSender, ...facts });
  const worker = createWorker({ db, clock, newId, log, handlers, onCommit: () => approvals.wake() });
  const approvals = createApprovals(desk, wakeSender);
  const { reindexCron, timezone } = config.knowledge;
  // What it tells staff must not wait in the outbox for the first customer of the day.
  const runUnasked = (by: 'schedule' | 'watch') =>
    runNightly(desk, releases, by).finally(() => catchUp(recall, log).then(wakeSender));
  const nightly = { name: 'reindex', cron: reindexCron, run: () => runUnasked('schedule') };
  const schedule = createSchedule({ db, clock, log, timezone, jobs: [nightly, ...approvals.jobs] });
  const watch = () => watchSources(config, () => runUnasked('watch'), log);
  let watching: FolderWatch | undefined;
  const readiness = createReadiness({ db, index, isConnected: connection.isConnected });
  const web = createWeb({ port: config.web.port, readiness, slack: connection.requestListener });

  return {
    async start() {
      await prepareStore(db);
      await requireBotToken(directory, log);
      const listening = await web.start();
      if ((await index.active()) === undefined) await buildFirst(releases, log);
      await connection.start();
      sender.start();
      worker.start();
      approvals.start();
      schedule.start();
      if (overrides.watchesKnowledge) watching = watch();
      void catchUp(recall, log).then(wakeSender);
      void warnOfModels(answering.preflight, log);
      return listening;
    },
    async stop() {
      await releases.stop(STOP_MS);
      await watching?.stop();
      await schedule.stop();
      await connection.stop();
      await worker.stop(STOP_MS);
      await approvals.stop(STOP_MS);
      await recall.settled();
      await sender.stop(STOP_MS);
      await web.stop();
      await answering.close();
      await db.destroy();
    },
  };
}

/** What the desk does by the operator's settings. */
function readDesk(config: Config, clock: Clock): Pick<Desk, 'settings' | 'refunds'> {
  const { slack, conversation, approvals } = config;
  const { webhook } = approvals;
  return {
    settings: { ...slack, ...conversation, approvals },
    refunds: webhook && createRefundWebhook({ ...webhook, clock }),
  };
}

function watchSources(config: Config, onChange: () => Promise<string>, log: Logger): FolderWatch {
  const folders = config.knowledge.sources.filter((source) => !isWebAddress(source));
  return watchFolders({ folders, onChange, log });
}

/** What was in hand when the process ended last is put back in line. */
async function prepareStore(db: Database): Promise<void> {
  await migrate(db);
  await releaseLeases(db);
  await doubtUnsettled(db);
  await releaseApprovals(db);
  await settleAbandoned(db);
}

/** Tells of what a release did that nobody here was told of: by another process, or just before the end of this one. */
async function catchUp(recall: RecallJob, log: Logger): Promise<void> {
  try {
    await recall.run();
  } catch (error) {
    log.error('what answers cited could not be looked at; it is tried again after the next re-index', {
      error: toError(error),
    });
  }
}

/** What the first index had to do without is something to know at the start. */
async function buildFirst(releases: Releases, log: Logger): Promise<void> {
  const result = await releases.run({ by: 'start' });
  log.info(describeRun(result));
  for (const warning of result.warnings) log.warn(warning);
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

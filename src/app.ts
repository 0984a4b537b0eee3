import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { monotonicFactory } from 'ulid';
import { createCustomerFile, noCustomers } from './adapters/customer-file.ts';
import { createExtractive } from './adapters/extractive.ts';
import { createSqlite } from './adapters/sqlite.ts';
import { createSqliteIndex } from './adapters/sqlite-index.ts';
import { systemClock } from './clock.ts';
import type { Config, OfflineConfig } from './config.ts';
import type { Desk } from './handlers/desk.ts';
import { createHandlers } from './handlers/handlers.ts';
import { describeRun, runNightly } from './handlers/nightly.ts';
import { tellUndelivered } from './handlers/undelivered.ts';
import { createMarkdownSource } from './knowledge/load-markdown.ts';
import { createReindex, type Reindex } from './knowledge/reindex.ts';
import { DEFAULT_THRESHOLD } from './knowledge/relevance.ts';
import { createSearch } from './knowledge/search.ts';
import { createLogger, type Logger } from './log.ts';
import { type Answer, createAnswer } from './pipeline/answer.ts';
import { decide } from './pipeline/decide.ts';
import { createGenerate } from './pipeline/generate.ts';
import { createPrompt } from './pipeline/prompt.ts';
import { createRetrieve } from './pipeline/retrieve.ts';
import { createTriage } from './pipeline/triage.ts';
import { verify } from './pipeline/verify.ts';
import type { Clock, Customers, KnowledgeIndex } from './ports.ts';
import { createReadiness } from './readiness.ts';
import { createSchedule } from './schedule.ts';
import { createSender } from './sender.ts';
import { createSlackApi } from './slack/api.ts';
import { connectSlack } from './slack/connect.ts';
import { createSlackDirectory } from './slack/directory.ts';
import { createSlackMessenger } from './slack/messenger.ts';
import { putInbox, releaseLeases } from './store/inbox.ts';
import { migrate } from './store/migrate.ts';
import { doubtUnsettled } from './store/outbox.ts';
import { createWeb } from './web.ts';
import { createWorker } from './worker.ts';

/** How long work in hand may take to finish when the bot is stopped. */
const STOP_MS = 8_000;

export interface Bot {
  /** Resolves when Slack can deliver and questions are answered. */
  start(): Promise<{ port: number }>;
  stop(): Promise<void>;
}

/** What answers questions, without Slack: the bot and every script use this one. */
export interface Answering {
  answer: Answer;
  index: KnowledgeIndex;
  reindex: Reindex;
  customers: Customers;
  model: string;
  close(): Promise<void>;
}

/** Joins retrieval, model and prompt. */
export function createAnswering(config: OfflineConfig, clock: Clock = systemClock): Answering {
  const index = createSqliteIndex({ folder: indexFolder(config), clock });
  const search = createSearch({ index, threshold: DEFAULT_THRESHOLD });
  const model = createExtractive();
  const answer = createAnswer(
    {
      triage: createTriage(),
      retrieve: createRetrieve(search),
      prompt: createPrompt(config.pipeline.promptVersion),
      generate: createGenerate(model, config.pipeline.answerDeadlineMs),
      verify,
      decide,
    },
    () => performance.now(),
  );
  const reindex = createReindex({ index, sources: [createMarkdownSource(config.knowledge.sources)], clock });
  const customers =
    config.customers.source === undefined ? noCustomers : createCustomerFile(config.customers.source);
  return { answer, index, reindex, customers, model: model.name, close: () => index.close() };
}

/** Joins everything: Slack → inbox → worker → pipeline → outbox → Slack. */
export function createBot(config: Config, overrides: { clock?: Clock; log?: Logger } = {}): Bot {
  const clock = overrides.clock ?? systemClock;
  const log = overrides.log ?? createLogger({ level: config.log.level, clock });
  const monotonic = monotonicFactory();
  const newId = () => monotonic(clock.now());
  const db = createSqlite({ file: stateFile(config) });
  const { answer, index, reindex, customers, model } = createAnswering(config, clock);

  const { mode, botToken, appToken, signingSecret, apiUrl, ...settings } = config.slack;
  const call = createSlackApi({ botToken: botToken.reveal(), apiUrl, log });
  const directory = createSlackDirectory(call, clock);
  const staffHoldMs = config.conversation.staffHoldMs;
  const desk: Desk = {
    db,
    clock,
    newId,
    log,
    directory,
    customers,
    answer,
    settings: { ...settings, staffHoldMs },
  };

  const messenger = createSlackMessenger(call);
  const sender = createSender({
    db,
    clock,
    log,
    messenger,
    onDead: (row, reason) => tellUndelivered(desk, row, reason),
  });
  const handlers = createHandlers(desk, { reindex, index, model, wakeSender: () => sender.wake() });
  const worker = createWorker({ db, clock, newId, log, handlers, onCommit: () => sender.wake() });
  const slack = connectSlack({
    mode,
    botToken: botToken.reveal(),
    appToken: appToken?.reveal(),
    signingSecret: signingSecret?.reveal(),
    apiUrl,
    log,
    async put(item) {
      await putInbox(db, [item], { newId, now: clock.now() });
      setImmediate(() => worker.wake());
    },
  });
  const { reindexCron, timezone } = config.knowledge;
  const nightly = { name: 'reindex', cron: reindexCron, run: () => runNightly(desk, reindex) };
  const schedule = createSchedule({ db, clock, log, timezone, jobs: [nightly] });
  const readiness = createReadiness({ db, index, isConnected: () => slack.isConnected() });
  const web = createWeb({ port: config.web.port, readiness, slack: slack.requestListener });

  return {
    async start() {
      await migrate(db);
      await releaseLeases(db);
      await doubtUnsettled(db);
      const listening = await web.start();
      if ((await index.active()) === undefined) log.info(describeRun(await reindex()));
      await slack.start();
      sender.start();
      worker.start();
      schedule.start();
      return listening;
    },
    async stop() {
      await schedule.stop();
      await slack.stop();
      await worker.stop(STOP_MS);
      await sender.stop(STOP_MS);
      await web.stop();
      await index.close();
      await db.destroy();
    },
  };
}

/** Where the embedded database stands. */
export function stateFile(config: Pick<OfflineConfig, 'store'>): string {
  return join(config.store.dataDir, 'countersign.sqlite');
}

/** One folder per set of sources, so that changing KNOWLEDGE never looks like everything having been deleted. */
function indexFolder(config: OfflineConfig): string {
  const sources = config.knowledge.sources.map((source) => resolve(source)).join('\n');
  const name = createHash('sha256').update(sources).digest('hex').slice(0, 12);
  return join(config.store.dataDir, 'index', name);
}

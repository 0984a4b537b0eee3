import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildManifest } from '../../manifests/app.ts';
import { createSqlite } from '../../src/adapters/sqlite.ts';
import { type Bot, createBot } from '../../src/app.ts';
import { loadConfig, type RawEnvironment } from '../../src/config.ts';
import type { Frame } from '../../src/local/frames.ts';
import { type LocalServer, type LocalServerOptions, startLocalServer } from '../../src/local/server.ts';
import { createLogger } from '../../src/log.ts';
import { stateFile } from '../../src/state-file.ts';
import type { Database } from '../../src/store/schema.ts';
import { ROOT } from './source-facts.ts';
import { createTestClock, type TestClock } from './test-clock.ts';

/** Customer channels that `newRoom` gives out; each has its own pace, so tests do not wait for one another. */
const ROOMS = Array.from({ length: 40 }, (_, index) => `C0ROOM${String(index + 1).padStart(2, '0')}`);

export interface TestBotOptions {
  /** Over the settings every test bot has; undefined takes one away. */
  env?: RawEnvironment;
  server?: LocalServerOptions;
  /** Prepares the workspace before the bot meets it. */
  arrange?: (server: LocalServer) => void;
  /** Gives the bot back before its start, for tests of the start itself. */
  isStarted?: boolean;
}

export interface LogRecord {
  level: string;
  message: string;
  [field: string]: unknown;
}

export interface TestBot {
  bot: Bot;
  server: LocalServer;
  clock: TestClock;
  /** A second connection, for reading. */
  db: Database;
  dataDir: string;
  /** Of the health checks and, in HTTP mode, of Slack's requests. */
  port: number;
  logged: LogRecord[];
  /** A customer channel nobody has used yet: Alice and Arun of Acme, Sam of the staff, the bot. */
  newRoom(): string;
  /** Resolves when every delivery is acknowledged, every inbox item done and every outbox row settled. */
  settled(timeoutMs?: number): Promise<void>;
  stop(): Promise<void>;
}

/** The real bot, connected to a local workspace of its own by the scopes and events of the manifest. */
export async function createTestBot(options: TestBotOptions = {}): Promise<TestBot> {
  const clock = createTestClock();
  const { oauth_config: oauth, settings } = buildManifest('production', { mode: 'socket' });
  const server = await startLocalServer({
    scopes: oauth.scopes.bot,
    botEvents: settings.event_subscriptions.bot_events,
    nowMs: clock.now,
    ...options.server,
  });
  options.arrange?.(server);
  const dataDir = mkdtempSync(join(tmpdir(), 'countersign-e2e-'));
  const config = loadConfig({ ...testEnvironment(server, dataDir), ...options.env });
  const logged: LogRecord[] = [];
  const write = (line: string) => void logged.push(JSON.parse(line) as LogRecord);
  const bot = await createBot(config, { clock, log: createLogger({ level: 'debug', write, clock }) });
  const db = createSqlite({ file: stateFile(config) });
  const { port } = options.isStarted === false ? { port: config.web.port } : await bot.start();
  const rooms = [...ROOMS];
  return {
    ...{ bot, server, clock, db, dataDir, port, logged },
    newRoom: () => openRoom(server, rooms.shift()),
    settled: (timeoutMs = 10_000) => untilSettled(server, db, timeoutMs),
    async stop() {
      await bot.stop();
      await db.destroy();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The settings of a bot in the local workspace, as an operator would give them. */
export function testEnvironment(server: LocalServer, dataDir: string): RawEnvironment {
  return {
    SLACK_BOT_TOKEN: 'xoxb-local-test',
    SLACK_APP_TOKEN: 'xapp-local-test',
    SLACK_API_URL: server.apiUrl,
    CUSTOMER_CHANNELS: ['C0ACME', 'C0GLOBEX', ...ROOMS].join(','),
    MANAGER_CHANNEL: 'C0MANAGERS',
    APPROVERS: 'U0MAYA,U0OMAR',
    // At once, so that only the tests of the hold wait for it.
    APPROVAL_HOLD_SECONDS: '0',
    KNOWLEDGE: join(ROOT, 'knowledge'),
    CUSTOMERS: join(ROOT, 'examples', 'customers.json'),
    DATA_DIR: dataDir,
    PORT: '0',
  };
}

export function openRoom(server: LocalServer, id: string | undefined): string {
  if (id === undefined) throw new Error('No room is left; raise the number of ROOMS.');
  const members = ['U0ALICE', 'U0ARUN', 'U0SAM', 'U0BOT'];
  return server.addChannel({ id, name: id.toLowerCase(), isExtShared: true, members }).id;
}

async function untilSettled(server: LocalServer, db: Database, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const open = [...unacknowledged(server.frames.all()), ...(await unfinished(db))];
    if (open.length === 0) return;
    if (Date.now() > deadline) throw new Error(`Not settled within ${timeoutMs} ms: ${open.join('; ')}`);
    await sleep(10);
  }
}

/** An event counts as acknowledged when one of its deliveries is; the rest Slack gives up on. */
function unacknowledged(frames: Frame[]): string[] {
  const acked = new Set(
    frames.filter(({ name }) => name === 'ack').map(({ body }) => (body as Sent).envelope_id),
  );
  const isAcked = ({ via, body, reply }: Frame) =>
    via === 'http' ? reply !== undefined : acked.has((body as Sent).envelope_id);
  const sent = frames.filter(({ direction, body }) => direction === 'to-bot' && isDelivery(body as Sent));
  const known = new Set(sent.filter(isAcked).map(idOf));
  return sent
    .filter((frame) => !known.has(idOf(frame)))
    .map(({ name, n }) => `frame ${n} (${name}) is not acknowledged`);
}

interface Sent {
  envelope_id?: string;
  payload?: { event_id?: string };
  event_id?: string;
}

/** Not a greeting or a good-bye of the socket. */
const isDelivery = ({ payload, event_id }: Sent) => payload !== undefined || event_id !== undefined;

function idOf({ n, body }: Frame): string | number {
  const { envelope_id, payload, event_id } = body as Sent;
  return payload?.event_id ?? event_id ?? envelope_id ?? n;
}

/** The inbox first: what it lets go of is in the outbox by then. */
async function unfinished(db: Database): Promise<string[]> {
  const waiting = await db
    .selectFrom('inbox')
    .select(['kind', 'state', 'error'])
    .where('state', 'in', ['ready', 'leased'])
    .execute();
  const unsent = await db
    .selectFrom('outbox')
    .select(['key', 'state', 'error'])
    .where('state', 'in', ['pending', 'sending', 'unknown'])
    .execute();
  return [
    ...waiting.map(({ kind, state, error }) => `inbox ${kind} ${state} ${error ?? ''}`),
    ...unsent.map(({ key, state, error }) => `outbox ${key} ${state} ${error ?? ''}`),
  ];
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'libsql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Frame } from '../../src/local/frames.ts';
import { type LocalServer, startLocalServer } from '../../src/local/server.ts';
import { toInboxItem } from '../../src/slack/listeners/index.ts';
import { createRandom } from '../../src/training/seeded-random.ts';
import { openRoom, testEnvironment } from '../helpers/bot.ts';
import { type BotProcess, startBotProcess } from '../helpers/bot-process.ts';
import { botReplies, sourceLinks, waitForReplies } from '../helpers/slack-message.ts';

const ROUNDS = 10;
const QUESTION = 'How do I cancel our subscription?';
/** Slack's answer to a post comes that late, so that some moments lie between the post and the note of it. */
const POST_MS = 60;
/** A start of Node, the redelivery of what was not acknowledged (3 s, 6 s, 9 s), and a busy machine. */
const PATIENCE_MS = 30_000;

let dataDir: string;
let server: LocalServer;
let bot: BotProcess;

const start = async () => {
  bot = await startBotProcess({ cwd: dataDir, env: testEnvironment(server, dataDir) });
};

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'countersign-kill-'));
  server = await startLocalServer();
  await start();
}, PATIENCE_MS);

afterAll(async () => {
  await bot.kill();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Asks in a room of its own, and resolves when the question has been handed to the bot. */
const ask = async (round: number) => {
  const channel = openRoom(server, `C0ROOM${String(round + 1).padStart(2, '0')}`);
  const ts = server.as('U0ALICE').says(channel, QUESTION);
  await server.waitFor(({ frames }) => frames.some((frame) => isDeliveryOf(frame, ts)));
  return { channel, ts };
};

test('a bot killed at ten moments between a question and its reply replies exactly once after each restart', async () => {
  const seed = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000);
  console.log(`KILL_SEED=${seed} repeats the moments of this run`);
  const random = createRandom(seed);
  const replyMs = await measureReply();
  const done: { channel: string; ts: string; killedAfterMs: number; acked: boolean; replied: boolean }[] = [];
  const audit = watchAcks();
  for (let round = 0; round < ROUNDS; round += 1) {
    server.faults.onCall('chat.postMessage', { type: 'slow', ms: POST_MS });
    const asked = await ask(round + 1);
    // One moment in each tenth of the way, so that all of it is covered.
    const killedAfterMs = ((round + random()) / ROUNDS) * replyMs;
    await sleep(killedAfterMs);
    await bot.kill();
    server.faults.clear();
    const replied = botReplies(server, asked.channel, asked.ts).length > 0;
    done.push({ ...asked, killedAfterMs, acked: audit.isAcked(asked.ts), replied });
    await start();
    await waitForReplies(server, asked.channel, asked.ts, 1, PATIENCE_MS);
  }
  await untilIdle();
  console.log(done.map(describeRound).join('\n'));
  for (const { channel, ts } of done) {
    const replies = botReplies(server, channel, ts);
    expect(replies).toHaveLength(1);
    expect(sourceLinks(replies[0] ?? expect.fail())).not.toEqual([]);
  }
  expect(audit.checked()).toBeGreaterThanOrEqual(ROUNDS);
  expect(audit.notStored()).toEqual([]);
  expect(await bot.terminate()).toBe(0);
}, 150_000);

/** From the delivery of a question to its reply and the note of it, in a process that has just started. */
async function measureReply(): Promise<number> {
  const { channel, ts } = await ask(0);
  const begun = performance.now();
  await waitForReplies(server, channel, ts, 1, PATIENCE_MS);
  return performance.now() - begun + POST_MS;
}

/** Looks into the database at the moment of each acknowledgement: what it is for has to stand there by then. */
function watchAcks() {
  const file = new Sqlite(join(dataDir, 'countersign.sqlite'), { timeout: 1_000 });
  const stored = file.prepare('select count(*) as count from inbox where key = ? or subject = ?');
  const payloads = new Map<string, unknown>();
  const acked = new Set<string | undefined>();
  const notStored: string[] = [];
  let checked = 0;
  server.frames.onFrame(({ direction, name, body, reply }) => {
    const { envelope_id: id = '', payload } = body as { envelope_id?: string; payload?: unknown };
    if (direction === 'to-bot') payloads.set(id, payload);
    const item = name === 'ack' && reply === undefined ? toInboxItem(payloads.get(id)) : undefined;
    if (item === undefined) return;
    checked += 1;
    acked.add(item.subject);
    const { count } = stored.get([item.key, item.subject ?? null]) as { count: number };
    if (count !== 1) notStored.push(item.key);
  });
  return {
    checked: () => checked,
    notStored: () => notStored,
    isAcked: (ts: string) => [...acked].some((subject) => subject?.endsWith(ts)),
  };
}

/** Long enough for a second reply, if there were one, and with nothing left that could still lead to one. */
async function untilIdle(): Promise<void> {
  const file = new Sqlite(join(dataDir, 'countersign.sqlite'), { timeout: 1_000 });
  const open = file.prepare(
    `select (select count(*) from inbox where state in ('ready', 'leased'))
          + (select count(*) from outbox where state not in ('sent', 'dead')) as count`,
  );
  await server.waitFor(() => (open.get([]) as { count: number }).count === 0, PATIENCE_MS);
  file.close();
}

function isDeliveryOf({ direction, name, body }: Frame, ts: string): boolean {
  const event = (body as { payload?: { event?: { ts?: string } } }).payload?.event;
  return direction === 'to-bot' && name === 'message' && event?.ts === ts;
}

function describeRound({
  killedAfterMs,
  acked,
  replied,
}: {
  killedAfterMs: number;
  acked: boolean;
  replied: boolean;
}) {
  const state = replied ? 'replied' : acked ? 'acknowledged' : 'delivered';
  return `killed ${killedAfterMs.toFixed(0).padStart(4)} ms after the delivery: ${state}`;
}

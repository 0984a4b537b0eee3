import { join } from 'node:path';
import Sqlite from 'libsql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toInboxItem } from '../../src/slack/listeners/index.ts';
import { createTestBot, type TestBot } from '../helpers/bot.ts';
import { botReplies, eventIds, timesDelivered } from '../helpers/slack-message.ts';

const QUESTION = 'How do I cancel our subscription?';
const ACK_TIMEOUT_MS = 400;

let t: TestBot;
let file: Sqlite.Database;

beforeAll(async () => {
  t = await createTestBot({ server: { ackTimeoutMs: ACK_TIMEOUT_MS } });
  file = new Sqlite(join(t.dataDir, 'countersign.sqlite'), { timeout: 1_000 });
});

afterAll(async () => {
  file.close();
  await t.stop();
});

interface Envelope {
  envelope_id?: string;
  payload?: unknown;
}

test('at the moment of each acknowledgement the delivery can be read from the database', async () => {
  const stored = file.prepare('select count(*) as count from inbox where key = ? or subject = ?');
  const payloads = new Map<string, unknown>();
  const seen: { kind: string; count: number }[] = [];
  const stop = t.server.frames.onFrame(({ direction, name, body, reply }) => {
    const { envelope_id: id = '', payload } = body as Envelope;
    if (direction === 'to-bot') payloads.set(id, payload);
    const item = name === 'ack' && reply === undefined ? toInboxItem(payloads.get(id)) : undefined;
    if (item === undefined) return;
    const { count } = stored.get([item.key, item.subject ?? null]) as { count: number };
    seen.push({ kind: item.kind, count });
  });
  const channel = t.newRoom();
  const ts = t.server.as('U0ALICE').says(channel, `@countersign ${QUESTION}`);
  t.server.as('U0SAM').says(channel, 'I have a look.', { threadTs: ts });
  t.server.as('U0ALICE').edits(channel, ts, 'How do we cancel?');
  t.server.as('U0MAYA').opensHome();
  await t.server.as('U0SAM').runs('C0MANAGERS', '/reindex');
  await t.settled();
  stop();
  expect(new Set(seen.map(({ kind }) => kind))).toEqual(new Set(['message', 'rewrite', 'home', 'command']));
  expect(seen.filter(({ count }) => count !== 1)).toEqual([]);
});

test('what cannot be stored is not acknowledged on either socket, and answered when Slack delivers it again', async () => {
  const rooms = [t.newRoom(), t.newRoom()];
  file.exec('alter table inbox rename to inbox_away');
  const asked = rooms.map((channel) => ({ channel, ts: t.server.as('U0ALICE').says(channel, QUESTION) }));
  const ids = asked.map(({ ts }) => eventIds(t.server, ts)[0] ?? '');
  await t.server.waitFor(() => ids.every((id) => timesDelivered(t.server, id) >= 2));
  expect(ids.flatMap(acknowledged)).toEqual([]);
  file.exec('alter table inbox_away rename to inbox');
  await t.server.waitFor(() => ids.every((id) => acknowledged(id).length > 0));
  await t.settled();
  for (const { channel, ts } of asked) expect(botReplies(t.server, channel, ts)).toHaveLength(1);
  expect(t.logged.filter(({ level }) => level === 'error')).not.toEqual([]);
});

test('a command that cannot be stored is not acknowledged either, so its sender sees that it failed', async () => {
  file.exec('alter table inbox rename to inbox_away');
  const answer = await t.server.as('U0SAM').runs('C0MANAGERS', '/reindex');
  file.exec('alter table inbox_away rename to inbox');
  expect(answer).toEqual({ acked: false, reason: 'timeout' });
});

function acknowledged(eventId: string): string[] {
  const frames = t.server.frames.all();
  const envelopes = frames
    .filter(({ direction, body }) => {
      return direction === 'to-bot' && JSON.stringify(body).includes(`"event_id":"${eventId}"`);
    })
    .map(({ body }) => (body as Envelope).envelope_id ?? '');
  const acks = frames.filter(({ name }) => name === 'ack').map(({ body }) => (body as Envelope).envelope_id);
  return envelopes.filter((id) => acks.includes(id));
}

import type { App } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LocalServer, startLocalServer } from '../../src/local/server.ts';
import { createSocketApp, quietLogger } from './bolt-app.ts';

let server: LocalServer;
let client: WebClient;

beforeEach(async () => {
  server = await startLocalServer({ ackTimeoutMs: 1000 });
  client = new WebClient('xoxb-local-test', {
    slackApiUrl: server.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 1500,
    logger: quietLogger,
  });
});
afterEach(() => server.stop());

const post = (text = 'x', channel = 'C0ACME') => client.chat.postMessage({ channel, text });
const posted = () => server.messages('C0ACME').length;

describe('a call that goes wrong', () => {
  test('rate limited: nothing is done, and it says how long to wait', async () => {
    server.faults.onCall('chat.postMessage', { type: 'rate-limited', retryAfterSeconds: 7 });
    await expect(post()).rejects.toMatchObject({ retryAfter: 7 });
    expect(posted()).toBe(0);
    await post();
    expect(posted()).toBe(1);
  });

  test('a server error, a page of HTML or an error of Slack: nothing is done', async () => {
    server.faults.onCall('chat.postMessage', { type: 'status', status: 503 });
    server.faults.onCall('chat.postMessage', { type: 'html' });
    server.faults.onCall('chat.postMessage', { type: 'error', error: 'internal_error' });
    await expect(post()).rejects.toMatchObject({ statusCode: 503 });
    await expect(post()).rejects.toThrow('Just a moment');
    await expect(post()).rejects.toMatchObject({ data: { error: 'internal_error' } });
    expect(posted()).toBe(0);
  });

  test('the connection breaks after the work: the message is there, once', async () => {
    server.faults.onCall('chat.postMessage', { type: 'dropped-after-processing' });
    await expect(post()).rejects.toThrow();
    expect(posted()).toBe(1);
  });

  test('the connection breaks before the work: nothing is there', async () => {
    server.faults.onCall('chat.postMessage', { type: 'dropped' });
    await expect(post()).rejects.toThrow();
    expect(posted()).toBe(0);
  });

  test('no answer at all: the caller’s own limit ends it, and the server still stops', async () => {
    server.faults.onCall('chat.postMessage', { type: 'hang' });
    await expect(post()).rejects.toThrow();
    expect(posted()).toBe(0);
  });

  test('a late answer: the work is done meanwhile', async () => {
    server.faults.onCall('chat.postMessage', { type: 'slow', ms: 300 });
    const call = post();
    await server.waitFor(() => posted() === 1, 250);
    await call;
  });

  test('only the calls that are meant, and as often as meant', async () => {
    const when = (args: Record<string, unknown>) => args.channel === 'C0GLOBEX';
    server.faults.onCall('*', { type: 'error', error: 'fatal_error' }, { times: 2, when });
    await post();
    await expect(post('x', 'C0GLOBEX')).rejects.toThrow('fatal_error');
    await expect(client.conversations.info({ channel: 'C0GLOBEX' })).rejects.toThrow('fatal_error');
    await post('x', 'C0GLOBEX');
    expect(posted()).toBe(1);
  });

  test('every frame of it is in the log', async () => {
    server.faults.onCall('chat.postMessage', { type: 'rate-limited', retryAfterSeconds: 1 });
    await post().catch(() => {});
    await post('second');
    const [first, second] = server.frames.all();
    expect(first).toMatchObject({ name: 'chat.postMessage', reply: { fault: { type: 'rate-limited' } } });
    expect(second).toMatchObject({
      direction: 'from-bot',
      via: 'web-api',
      body: { text: 'second' },
      reply: { ok: true },
    });
  });
});

test('a post may show up in history and replies only later, as behind a slow replica', async () => {
  const ts = server.as('U0ALICE').says('C0ACME', 'q');
  server.faults.hideNewPosts(200);
  await client.chat.postMessage({ channel: 'C0ACME', thread_ts: ts, text: 'a' });
  const count = async () => (await client.conversations.replies({ channel: 'C0ACME', ts })).messages?.length;
  expect(await count()).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 220));
  expect(await count()).toBe(2);
});

describe('events that go wrong', () => {
  let app: App;
  let heard: string[];

  beforeEach(async () => {
    app = createSocketApp(server);
    heard = [];
    app.message(async ({ message }) => void heard.push(String((message as { text?: string }).text)));
    await app.start();
  });
  afterEach(async () => {
    await server.settled(10_000);
    await app.stop();
  });

  const say = (...texts: string[]) => texts.map((text) => server.as('U0ALICE').says('C0ACME', text));

  test('lost ones never come, and stay readable in history', async () => {
    server.faults.loseEvents(1);
    say('lost', 'heard');
    await server.waitFor(() => heard.length === 1);
    expect(heard).toEqual(['heard']);
    const { messages } = await client.conversations.history({ channel: 'C0ACME' });
    expect(messages?.map((one) => one.text)).toEqual(['heard', 'lost']);
  });

  test('reordered ones come backwards', async () => {
    server.faults.reorderEvents(3);
    say('one', 'two');
    expect(heard).toEqual([]);
    say('three');
    await server.waitFor(() => heard.length === 3);
    expect(heard).toEqual(['three', 'two', 'one']);
  });

  test('doubled and repeated ones come twice under the same event id', async () => {
    server.faults.duplicateEvents(1);
    say('double');
    await server.waitFor(() => heard.length === 2);
    server.faults.redeliverLast();
    await server.waitFor(() => heard.length === 3);
    const ids = server.frames
      .all()
      .filter((frame) => frame.name === 'message')
      .map((frame) => (frame.body as { payload: { event_id: string } }).payload.event_id);
    expect(new Set(ids).size).toBe(1);
  });

  test('nothing goes wrong any more once the script is cleared', async () => {
    server.faults.loseEvents(5);
    server.faults.onCall('*', { type: 'dropped' }, { times: 5 });
    server.faults.clear();
    say('hello');
    await server.waitFor(() => heard.length === 1);
    await post();
  });
});

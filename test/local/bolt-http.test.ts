import type { AddressInfo } from 'node:net';
import type { App, HTTPReceiver } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LocalServer, startLocalServer } from '../../src/local/server.ts';
import { createHttpApp } from './bolt-app.ts';

const SECRET = 'a-signing-secret-for-this-test';
let server: LocalServer;
let app: App;
let receiver: HTTPReceiver;
let requestUrl: string;

beforeEach(async () => {
  server = await startLocalServer({
    signingSecret: SECRET,
    httpRetryDelaysMs: [10, 20, 30],
  });
  ({ app, receiver } = createHttpApp(server, SECRET));
  await receiver.start(0);
  const http = (receiver as unknown as { server: { address(): AddressInfo } }).server;
  requestUrl = `http://127.0.0.1:${http.address().port}/slack/events`;
});

afterEach(async () => {
  await server.settled(10_000);
  await server.stop();
  await receiver.stop();
});

const framesNamed = (name: string) => server.frames.all().filter((frame) => frame.name === name);

describe('signed HTTP requests', () => {
  test('pass Bolt’s own signature check: the address, events, commands and buttons', async () => {
    const seen: string[] = [];
    app.message(async ({ message, client }) => {
      const { channel, ts } = message;
      seen.push('message');
      const element = { type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } } as const;
      await client.chat.postMessage({
        channel,
        thread_ts: ts,
        text: 'x',
        blocks: [{ type: 'actions', elements: [element] }],
      });
    });
    app.command('/reindex', async ({ ack }) => ack('on it'));
    app.action('go', async ({ ack }) => {
      await ack();
      seen.push('go');
    });
    expect(await server.deliverTo(requestUrl)).toBe(true);
    const ts = server.as('U0ALICE').says('C0ACME', 'hello');
    const card = await server.waitFor(() => server.thread('C0ACME', ts)[1]);
    expect(await server.as('U0ALICE').clicks('C0ACME', card.ts, 'go')).toMatchObject({ acked: true });
    expect(await server.as('U0SAM').runs('C0ACME', '/reindex')).toMatchObject({ acked: true });
    expect(server.ephemerals('U0SAM').map((one) => one.text)).toEqual(['on it']);
    expect(seen).toEqual(['message', 'go']);
  });

  test('with another secret are refused, and events tried three times more', async () => {
    const other = await startLocalServer({
      signingSecret: 'not-the-secret',
      httpRetryDelaysMs: [10, 20, 30],
    });
    expect(await other.deliverTo(requestUrl)).toBe(false);
    other.as('U0ALICE').says('C0ACME', 'hello');
    const sent = () => other.frames.all().filter((frame) => frame.name === 'message');
    await other.waitFor(() => sent().length === 4 && sent().every((frame) => frame.ms !== undefined));
    expect(sent().map((frame) => (frame.reply as { status: number }).status)).toEqual([401, 401, 401, 401]);
    await other.stop();
  });

  test('come again with their count when the answer was lost, and stop once it was heard', async () => {
    const tries: unknown[] = [];
    app.message(async ({ context }) => void tries.push([context.retryNum, context.retryReason]));
    await server.deliverTo(requestUrl);
    server.faults.dropAcks(1, 'message');
    server.as('U0ALICE').says('C0ACME', 'hello');
    await server.waitFor(() => tries.length === 2);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(tries).toEqual([
      [undefined, undefined],
      [1, 'http_timeout'],
    ]);
  });

  test('reach nothing but this machine', async () => {
    expect(() => server.deliverTo('https://example.com/slack/events')).toThrow('not on this machine');
  });

  test('whose bot is away are tried again and told as not connected', async () => {
    await server.deliverTo('http://127.0.0.1:9/slack/events');
    expect(await server.as('U0SAM').runs('C0ACME', '/reindex')).toEqual({
      acked: false,
      reason: 'not connected',
    });
    server.as('U0ALICE').says('C0ACME', 'hello');
    await server.waitFor(() => framesNamed('message').length === 4);
  });
});

import { describe, expect, onTestFinished, test } from 'vitest';
import type { Content } from '../../src/conversation/content.ts';
import { VendorRefused, VendorUnreachable } from '../../src/errors.ts';
import { startLocalServer } from '../../src/local/server.ts';
import { createSlackApi } from '../../src/slack/api.ts';
import { createSlackMessenger } from '../../src/slack/messenger.ts';
import { fillMessages } from '../helpers/contents.ts';
import { createLogbook } from '../helpers/logbook.ts';

const line = (text: string): Content => ({ kind: 'line', text });
const CHANNEL = 'C0QUIET';
const TO_CHANNEL = { to: 'channel', channel: CHANNEL } as const;
const LONG_AGO = 0;

async function openSlack() {
  const server = await startLocalServer();
  onTestFinished(() => server.stop());
  server.addChannel({ id: CHANNEL, members: ['U0BOT', 'U0ALICE', 'U0SAM'] });
  const call = createSlackApi({ botToken: 'xoxb-test', apiUrl: server.apiUrl, log: createLogbook() });
  const messenger = createSlackMessenger(call);
  return { server, messenger, posted: () => server.messages(CHANNEL) };
}

describe('sending', () => {
  test('posts to a channel and says where the message stands', async () => {
    const { messenger, posted } = await openSlack();
    const sent = await messenger.send(TO_CHANNEL, line('hello'), 'k1');
    expect(posted()).toHaveLength(1);
    expect(sent).toEqual({ channel: CHANNEL, ts: posted()[0]?.ts });
  });

  test('replies in a thread, without unfurling what it links', async () => {
    const { server, messenger, posted } = await openSlack();
    const root = await messenger.send(TO_CHANNEL, line('root'), 'k1');
    const thread = { to: 'thread', channel: CHANNEL, threadTs: root.ts } as const;
    await messenger.send(thread, line('https://docs.example'), 'k2');
    expect(server.thread(CHANNEL, root.ts ?? '')).toHaveLength(2);
    expect(posted().map(({ unfurl }) => unfurl ?? false)).toEqual([false, false]);
  });

  test('edits a message in place', async () => {
    const { messenger, posted } = await openSlack();
    const sent = await messenger.send(TO_CHANNEL, line('before'), 'k1');
    const to = { to: 'message', channel: CHANNEL, ts: sent.ts ?? '' } as const;
    expect(await messenger.send(to, line('after'), 'k2')).toEqual(sent);
    expect(posted().map(({ text }) => text)).toEqual(['after']);
  });

  test('whispers to one person', async () => {
    const { server, messenger, posted } = await openSlack();
    await messenger.send({ to: 'person', channel: CHANNEL, user: 'U0SAM' }, line('psst'), 'k1');
    expect(posted()).toEqual([]);
    expect(server.ephemerals('U0SAM').map(({ text }) => text)).toEqual(['psst']);
    expect(server.ephemerals('U0ALICE')).toEqual([]);
  });

  test('opens a direct message', async () => {
    const { server, messenger } = await openSlack();
    const sent = await messenger.send({ to: 'direct', user: 'U0SAM' }, line('hi'), 'k1');
    expect(sent.channel).toMatch(/^D/);
    expect(server.messages(sent.channel ?? '').map(({ text }) => text)).toEqual(['hi']);
  });

  test('publishes a Home tab', async () => {
    const { server, messenger } = await openSlack();
    expect(await messenger.send({ to: 'home', user: 'U0SAM' }, { kind: 'home-customer' }, 'k1')).toEqual({});
    expect(JSON.stringify(server.home('U0SAM'))).toContain('Hello, I am Countersign');
  });

  test('is taken by Slack for every content there is', async () => {
    const { messenger, posted } = await openSlack();
    const contents = fillMessages({ text: 'A *word* & <!channel>', url: 'https://docs.example/a', count: 3 });
    for (const [index, content] of contents.entries()) await messenger.send(TO_CHANNEL, content, `k${index}`);
    expect(posted()).toHaveLength(contents.length);
    for (const { blocks } of posted()) expect(blocks?.length).toBeGreaterThan(0);
  });

  test('says it in plain words when Slack refuses the layout', async () => {
    const { server, messenger, posted } = await openSlack();
    server.faults.onCall('chat.postMessage', { type: 'error', error: 'invalid_blocks' });
    await messenger.send(TO_CHANNEL, line('a <b>'), 'k1');
    expect(posted()).toEqual([expect.objectContaining({ text: 'a &lt;b&gt;' })]);
  });

  test('does not try again by itself', async () => {
    const { server, messenger, posted } = await openSlack();
    server.faults.onCall('chat.postMessage', { type: 'dropped' });
    await expect(messenger.send(TO_CHANNEL, line('x'), 'k1')).rejects.toThrow(VendorUnreachable);
    expect(posted()).toEqual([]);
  });

  test('tells how long Slack asks to wait', async () => {
    const { server, messenger } = await openSlack();
    server.faults.onCall('chat.postMessage', { type: 'rate-limited', retryAfterSeconds: 17 });
    const refusal = messenger.send(TO_CHANNEL, line('x'), 'k1');
    await expect(refusal).rejects.toMatchObject({
      name: 'VendorRefused',
      retry: 'later',
      retryAfterMs: 17_000,
    });
  });

  test('fails for good where the bot is no member', async () => {
    const { server, messenger } = await openSlack();
    server.addChannel({ id: 'C0OTHER', members: ['U0SAM'] });
    const refusal = messenger.send({ to: 'channel', channel: 'C0OTHER' }, line('x'), 'k1');
    await expect(refusal).rejects.toThrow(VendorRefused);
    await expect(refusal).rejects.toMatchObject({ retry: 'never' });
  });
});

describe('looking for a message', () => {
  test('finds what arrived though the answer was lost', async () => {
    const { server, messenger, posted } = await openSlack();
    server.faults.onCall('chat.postMessage', { type: 'dropped-after-processing' });
    await expect(messenger.send(TO_CHANNEL, line('x'), 'k1')).rejects.toThrow(VendorUnreachable);
    expect(await messenger.find(TO_CHANNEL, 'k1', LONG_AGO)).toEqual({
      channel: CHANNEL,
      ts: posted()[0]?.ts,
    });
  });

  test('finds it in its thread and in a direct message, too', async () => {
    const { messenger } = await openSlack();
    const root = await messenger.send(TO_CHANNEL, line('root'), 'k1');
    const thread = { to: 'thread', channel: CHANNEL, threadTs: root.ts } as const;
    const reply = await messenger.send(thread, line('reply'), 'k2');
    expect(await messenger.find(thread, 'k2', LONG_AGO)).toEqual(reply);
    const direct = await messenger.send({ to: 'direct', user: 'U0SAM' }, line('hi'), 'k3');
    expect(await messenger.find({ to: 'direct', user: 'U0SAM' }, 'k3', LONG_AGO)).toEqual(direct);
  });

  test('finds nothing under another key, in another place, or when nothing arrived', async () => {
    const { server, messenger } = await openSlack();
    server.addChannel({ id: 'C0OTHER', members: ['U0BOT'] });
    await messenger.send(TO_CHANNEL, line('x'), 'k1');
    expect(await messenger.find(TO_CHANNEL, 'k2', LONG_AGO)).toBeUndefined();
    expect(await messenger.find({ to: 'channel', channel: 'C0OTHER' }, 'k1', LONG_AGO)).toBeUndefined();
  });

  test('is not taken in by a person who writes the key', async () => {
    const { server, messenger } = await openSlack();
    server.as('U0ALICE').says(CHANNEL, 'k1');
    expect(await messenger.find(TO_CHANNEL, 'k1', LONG_AGO)).toBeUndefined();
  });

  test('shows the key to nobody', async () => {
    const { messenger, posted } = await openSlack();
    await messenger.send(TO_CHANNEL, line('x'), 'decision:01HX');
    expect(JSON.stringify(posted())).not.toContain('01HX');
  });

  test('that cannot look says so', async () => {
    const { server, messenger } = await openSlack();
    server.faults.onCall('conversations.history', { type: 'status', status: 503 });
    await expect(messenger.find(TO_CHANNEL, 'k1', LONG_AGO)).rejects.toThrow(VendorUnreachable);
  });
});

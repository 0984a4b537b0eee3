import type { App } from '@slack/bolt';
import { SocketModeClient } from '@slack/socket-mode';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type LocalServer, startLocalServer } from '../../src/local/server.ts';
import { createSocketApp, quietLogger } from './bolt-app.ts';

let server: LocalServer;
let app: App;

beforeEach(async () => {
  server = await startLocalServer({ ackTimeoutMs: 1000 });
  app = createSocketApp(server);
});

afterEach(async () => {
  await server.settled(10_000);
  await app.stop();
  await server.stop();
});

const alice = () => server.as('U0ALICE');
const framesNamed = (name: string) => server.frames.all().filter((frame) => frame.name === name);

describe('an unmodified Bolt app in Socket Mode', () => {
  test('hears a question, answers in its thread and sees no echo of itself', async () => {
    const heard: string[] = [];
    app.message(async ({ message, client }) => {
      const { channel, ts, text = '' } = message as { channel: string; ts: string; text?: string };
      heard.push(text);
      await client.assistant.threads.setStatus({ channel_id: channel, thread_ts: ts, status: 'is reading…' });
      await client.chat.postMessage({ channel, thread_ts: ts, text: 'an answer' });
    });
    await app.start();
    const ts = alice().says('C0ACME', 'How do I invite & remove people?');
    await server.waitFor(() => server.thread('C0ACME', ts).length === 2);
    expect(server.thread('C0ACME', ts)[1]).toMatchObject({ user: 'U0BOT', text: 'an answer', threadTs: ts });
    expect(server.status('C0ACME', ts)).toBeUndefined();
    await server.waitFor(() => framesNamed('message').length === 2 && framesNamed('ack').length === 2);
    expect(heard).toEqual(['How do I invite &amp; remove people?']);
  });

  test('gets mentions, reactions, joins and the Home tab, and publishes Home', async () => {
    const seen: string[] = [];
    app.event('app_mention', async ({ event }) => void seen.push(`mention ${event.text}`));
    app.event(
      'reaction_added',
      async ({ event }) => void seen.push(`+${event.reaction} on ${event.item_user}`),
    );
    app.event('reaction_removed', async ({ event }) => void seen.push(`-${event.reaction}`));
    app.event('member_joined_channel', async ({ event }) => void seen.push(`joined ${event.user}`));
    app.event('app_home_opened', async ({ event, client }) => {
      await client.views.publish({
        user_id: event.user,
        view: { type: 'home', blocks: [{ type: 'divider' }] },
      });
    });
    await app.start();
    const ts = alice().says('C0ACME', '@Countersign are you there?');
    server.as('U0MAYA').reacts('C0ACME', ts, 'eyes');
    server.as('U0MAYA').unreacts('C0ACME', ts, 'eyes');
    server.join('C0ACME', 'U0OMAR');
    server.as('U0MAYA').opensHome();
    await server.waitFor(() => server.home('U0MAYA') && seen.length === 4);
    expect(seen.sort()).toEqual([
      '+eyes on U0ALICE',
      '-eyes',
      'joined U0OMAR',
      'mention <@U0BOT> are you there?',
    ]);
  });

  test('answers a button by its response_url and by an edit of the card', async () => {
    app.action('approve', async ({ ack, body, client, respond }) => {
      await ack();
      if (body.type !== 'block_actions' || !body.channel || !body.message) return;
      const { value } = body.actions[0] as { value: string };
      await client.chat.update({
        channel: body.channel.id,
        ts: body.message.ts,
        text: `${value} by ${body.user.id}`,
      });
      await respond({ text: 'noted', response_type: 'ephemeral', replace_original: false });
    });
    await app.start();
    const button = {
      type: 'button',
      action_id: 'approve',
      value: 'r1',
      text: { type: 'plain_text', text: 'Approve' },
    } as const;
    const blocks = [{ type: 'actions' as const, elements: [button] }];
    const { ts = '' } = await app.client.chat.postMessage({ channel: 'C0MANAGERS', text: 'card', blocks });
    expect(await server.as('U0MAYA').clicks('C0MANAGERS', ts, 'approve')).toEqual({
      acked: true,
      payload: {},
    });
    await server.waitFor(() => server.ephemerals('U0MAYA').length === 1);
    expect(server.messages('C0MANAGERS')[0]).toMatchObject({ text: 'r1 by U0MAYA', blocks: undefined });
    await expect(server.as('U0MAYA').clicks('C0MANAGERS', ts, 'approve')).rejects.toThrow('no_such_button');
  });

  test('answers a command in its acknowledgement and later; customers cannot run it', async () => {
    app.command('/reindex', async ({ ack, command, respond }) => {
      await ack(`working on ${command.text || 'everything'}`);
      await respond({ text: 'done', response_type: 'in_channel' });
    });
    await app.start();
    await server.as('U0SAM').runs('C0MANAGERS', '/reindex', 'all');
    await server.waitFor(() => server.messages('C0MANAGERS').length === 1);
    expect(server.ephemerals('U0SAM').map((one) => one.text)).toEqual(['working on all']);
    await expect(alice().runs('C0ACME', '/reindex')).rejects.toThrow('invalid_command');
  });

  test('opens a dialog, refuses what it says, and takes what is right', async () => {
    const given: unknown[] = [];
    const element = { type: 'plain_text_input', action_id: 'text', initial_value: 'draft' } as const;
    const label = { type: 'plain_text', text: 'Answer' } as const;
    app.command('/reindex', async ({ ack, body, client }) => {
      await ack();
      const view = {
        type: 'modal' as const,
        callback_id: 'edit',
        title: { type: 'plain_text' as const, text: 'Edit' },
        submit: { type: 'plain_text' as const, text: 'Send' },
        blocks: [{ type: 'input' as const, block_id: 'answer', label, element }],
      };
      await client.views.open({ trigger_id: body.trigger_id, view });
    });
    app.view('edit', async ({ ack, view }) => {
      const value = view.state.values.answer?.text?.value;
      given.push(value);
      await (value === 'no' ? ack({ response_action: 'errors', errors: { answer: 'not that' } }) : ack());
    });
    await app.start();
    const sam = server.as('U0SAM');
    await sam.runs('C0ACME', '/reindex');
    await server.waitFor(() => server.modal('U0SAM'));
    expect((await sam.submits({ answer: '' })).errors).toHaveProperty('answer');
    expect((await sam.submits({})).errors).toBeUndefined();
    await sam.runs('C0ACME', '/reindex');
    await server.waitFor(() => server.modal('U0SAM'));
    expect((await sam.submits({ answer: 'no' })).errors).toEqual({ answer: 'not that' });
    expect(server.modal('U0SAM')).not.toBeNull();
    await sam.submits({ answer: { text: 'yes' } });
    expect(server.modal('U0SAM')).toBeNull();
    expect(given).toEqual(['draft', 'no', 'yes']);
  });
});

describe('delivery over sockets', () => {
  test('an event whose ack is lost comes again, marked as a retry, until the ack is heard', async () => {
    const tries: (number | undefined)[] = [];
    app.message(async ({ context }) => void tries.push(context.retryNum));
    server.faults.dropAcks(2, 'message');
    await app.start();
    alice().says('C0ACME', 'hello');
    await server.waitFor(() => framesNamed('ack').length === 3);
    const envelopes = framesNamed('message').map((frame) => frame.body as { payload: { event_id: string } });
    expect(tries).toEqual([0, 1, 2]);
    expect(new Set(envelopes.map((envelope) => envelope.payload.event_id)).size).toBe(1);
    expect(envelopes[1]).toMatchObject({ retry_attempt: 1, retry_reason: 'timeout' });
  });

  test('a button is never delivered twice: the person hears of the silence', async () => {
    server.faults.dropAcks(9, 'block_actions');
    app.action('go', async ({ ack }) => ack());
    await app.start();
    const element = { type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } } as const;
    const blocks = [{ type: 'actions' as const, elements: [element] }];
    const { ts = '' } = await app.client.chat.postMessage({ channel: 'C0ACME', text: 'x', blocks });
    expect(await alice().clicks('C0ACME', ts, 'go')).toEqual({ acked: false, reason: 'timeout' });
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(framesNamed('block_actions')).toHaveLength(1);
  });

  test('without a socket an event is tried later, and a command fails at once', async () => {
    const heard: string[] = [];
    app.message(async ({ message }) => void heard.push(String((message as { text?: string }).text)));
    alice().says('C0ACME', 'early');
    expect(await server.as('U0SAM').runs('C0ACME', '/reindex')).toEqual({
      acked: false,
      reason: 'not connected',
    });
    await app.start();
    await server.waitFor(() => heard.length === 1);
    expect(framesNamed('message')).toHaveLength(1);
  });

  test('only events the app subscribed to, with the scope they need, are sent', async () => {
    await server.stop();
    server = await startLocalServer({
      botEvents: ['message.channels', 'message.groups', 'reaction_added'],
      scopes: ['channels:history', 'reactions:read'],
    });
    app = createSocketApp(server);
    await app.start();
    const ts = alice().says('C0ACME', '@countersign hi');
    server.as('U0MAYA').says('C0MANAGERS', 'not for a bot without groups:history');
    server.as('U0MAYA').says('U0BOT', 'nor a direct message');
    server.as('U0MAYA').reacts('C0ACME', ts, 'eyes');
    await server.settled();
    const sent = server.frames.all().filter((frame) => frame.direction === 'to-bot');
    expect(sent.map((frame) => frame.name)).toEqual(['hello', 'message', 'reaction_added']);
  });

  test('with two sockets each event goes to one of them', async () => {
    await app.start();
    const second = new SocketModeClient({
      appToken: 'xapp-local-test',
      logger: quietLogger,
      clientOptions: { slackApiUrl: server.apiUrl },
    });
    let bySecond = 0;
    second.on('message', ({ ack }) => {
      bySecond += 1;
      void ack();
    });
    await second.start();
    expect(server.sockets()).toBe(2);
    for (let n = 0; n < 6; n += 1) alice().says('C0ACME', `m${n}`);
    await server.waitFor(() => framesNamed('ack').length === 6);
    expect(bySecond).toBe(3);
    expect(framesNamed('message')).toHaveLength(6);
    server.faults.disconnectOne();
    for (let n = 6; n < 9; n += 1) alice().says('C0ACME', `m${n}`);
    await server.waitFor(() => framesNamed('ack').length === 9);
    expect(framesNamed('message')).toHaveLength(9);
    await server.settled();
    await second.disconnect();
  });

  test('after a disconnect frame or a broken line the app comes back by itself', async () => {
    const heard: string[] = [];
    app.message(async ({ message }) => void heard.push(String((message as { text?: string }).text)));
    await app.start();
    server.faults.disconnectAll();
    await server.waitFor(() => server.sockets() === 0);
    await server.waitFor(() => server.sockets() === 1, 9000);
    alice().says('C0ACME', 'still there?');
    await server.waitFor(() => heard.length === 1);
  });

  test('a socket address opens once', async () => {
    const { url = '' } = await app.client.apps.connections.open({ token: 'xapp-local-test' });
    const open = () =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(url);
        socket.onmessage = ({ data }) => {
          socket.close();
          resolve(String(JSON.parse(String(data)).type));
        };
        socket.onerror = () => resolve('refused');
      });
    expect(await open()).toBe('hello');
    expect(await open()).toBe('refused');
  });
});

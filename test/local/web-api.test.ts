import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LocalServer, type LocalServerOptions, startLocalServer } from '../../src/local/server.ts';
import { quietLogger } from './bolt-app.ts';

let server: LocalServer;
let client: WebClient;

async function start(options: LocalServerOptions = {}): Promise<void> {
  await server?.stop();
  server = await startLocalServer(options);
  const settings = { slackApiUrl: server.apiUrl, retryConfig: { retries: 0 }, logger: quietLogger };
  client = new WebClient('xoxb-local-test', settings);
}

beforeEach(() => start());
afterEach(() => server.stop());

const refusal = async (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error: { data?: { error?: string } }) => error.data?.error,
  );
const post = (text = 'hi', more = {}) => client.chat.postMessage({ channel: 'C0ACME', text, ...more });

async function rawCall(method: string, init: RequestInit): Promise<unknown> {
  return (await fetch(server.apiUrl + method, { method: 'POST', ...init })).json();
}

describe('who may call', () => {
  test('nobody without a token, and no token of the wrong kind', async () => {
    const call = (token: string | undefined, method = 'auth.test') =>
      rawCall(method, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
    expect(await call(undefined)).toMatchObject({ ok: false, error: 'not_authed' });
    expect(await call('xoxp-person')).toMatchObject({ ok: false, error: 'invalid_auth' });
    expect(await call('xapp-local', 'users.list')).toMatchObject({ error: 'not_allowed_token_type' });
    expect(await call('xoxb-local', 'apps.connections.open')).toMatchObject({
      error: 'not_allowed_token_type',
    });
    expect(await call('xoxb-local')).toMatchObject({
      ok: true,
      user_id: 'U0BOT',
      bot_id: 'B0BOT',
      team_id: 'T0HOME',
    });
  });

  test('only the workspace’s own token when one is set', async () => {
    await start({ botToken: 'xoxb-the-one' });
    expect(await refusal(client.auth.test())).toBe('invalid_auth');
    expect(await refusal(client.auth.test({ token: 'xoxb-the-one' }))).toBe('ok');
  });

  test('only with the scope the method needs, which depends on the channel', async () => {
    await start({ scopes: ['chat:write', 'channels:history'] });
    await post();
    await expect(client.users.list({})).rejects.toMatchObject({
      data: { error: 'missing_scope', needed: 'users:read', provided: 'chat:write,channels:history' },
    });
    expect(await refusal(client.conversations.history({ channel: 'C0ACME' }))).toBe('ok');
    expect(await refusal(client.conversations.history({ channel: 'C0MANAGERS' }))).toBe('missing_scope');
  });

  test('a page from elsewhere may not', async () => {
    const from = (headers: Record<string, string>) => fetch(`${server.url}/workspace/state`, { headers });
    expect((await from({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await from({ origin: server.url })).status).toBe(200);
  });
});

describe('how a call is read', () => {
  test('a method nobody knows is an error with status 200', async () => {
    const answer = await fetch(`${server.apiUrl}users.teleport`, { method: 'POST' });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ ok: false, error: 'unknown_method' });
  });

  test('JSON and form bodies, token in the header or in the body', async () => {
    const message = { channel: 'C0ACME', text: 'hi', blocks: [{ type: 'divider' }] };
    const json = { 'content-type': 'application/json; charset=utf-8', authorization: 'Bearer xoxb-a' };
    const form = new URLSearchParams({ ...message, blocks: JSON.stringify(message.blocks), token: 'xoxb-a' });
    expect(await rawCall('chat.postMessage', { headers: json, body: JSON.stringify(message) })).toMatchObject(
      { ok: true },
    );
    expect(await rawCall('chat.postMessage', { body: form })).toMatchObject({ ok: true });
    expect(server.messages('C0ACME').map((one) => one.blocks?.[0]?.type)).toEqual(['divider', 'divider']);
    expect(await rawCall('auth.test', { headers: json, body: '{' })).toMatchObject({ error: 'invalid_json' });
  });

  test('the token never shows in the log of frames', async () => {
    await rawCall('chat.postMessage', {
      body: new URLSearchParams({ token: 'xoxb-secret', channel: 'C0ACME', text: 'x' }),
    });
    expect(JSON.stringify(server.frames.all())).not.toContain('xoxb-secret');
  });
});

describe('posting', () => {
  test('returns the message with the ids of the bot', async () => {
    const { ts, message } = await post();
    expect(message).toMatchObject({ user: 'U0BOT', bot_id: 'B0BOT', app_id: 'A0LOCAL', text: 'hi', ts });
  });

  test.each<[string, object, string]>([
    ['where the bot is not', { channel: 'C0GENERAL' }, 'not_in_channel'],
    ['where nothing is', { channel: 'C0NOWHERE' }, 'channel_not_found'],
    ['without anything to say', { text: ' ' }, 'no_text'],
    ['markdown beside a text', { text: 'x', markdown_text: 'y' }, 'markdown_text_conflict'],
    ['markdown over 12,000', { text: undefined, markdown_text: 'x'.repeat(12_001) }, 'msg_too_long'],
    ['a broken block list', { blocks: '[{' }, 'invalid_blocks_format'],
    ['a block Slack does not know', { blocks: [{ type: 'nope' }] }, 'invalid_blocks'],
    ['into a thread that is not there', { thread_ts: '1700000000.000100' }, 'thread_not_found'],
    ['into a thread of no form', { thread_ts: 'yesterday' }, 'invalid_thread_ts'],
    ['with malformed metadata', { metadata: { event_type: 'x' } }, 'invalid_metadata_format'],
  ])('%s is refused', async (_title, more, error) => {
    expect(await refusal(post('hi', more))).toBe(error);
    expect(server.messages('C0ACME')).toEqual([]);
  });

  test('says which part of which block is wrong', async () => {
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3001) } }];
    await expect(post('x', { blocks })).rejects.toMatchObject({
      data: {
        response_metadata: {
          messages: ['[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]'],
        },
      },
    });
  });

  test('into an archived channel, or a private one the bot is not in, is refused', async () => {
    server.addChannel({ id: 'C0OLD', isArchived: true });
    server.addChannel({ id: 'C0SECRET', isPrivate: true, members: ['U0MAYA'] });
    expect(await refusal(post('x', { channel: 'C0OLD' }))).toBe('is_archived');
    expect(await refusal(post('x', { channel: 'C0SECRET' }))).toBe('channel_not_found');
  });

  test('to a person opens the direct message', async () => {
    const { channel } = await post('x', { channel: 'U0MAYA' });
    expect(channel).toMatch(/^D0/);
    expect(server.messages(String(channel))).toHaveLength(1);
  });

  test('for one reader only reaches members and is seen by nobody else', async () => {
    const whisper = (user: string) => client.chat.postEphemeral({ channel: 'C0ACME', user, text: 'psst' });
    expect(await refusal(whisper('U0BEA'))).toBe('user_not_in_channel');
    const { message_ts: ts } = await whisper('U0ALICE');
    expect(server.ephemerals('U0ALICE')).toHaveLength(1);
    expect(server.messages('C0ACME')).toEqual([]);
    expect(await refusal(client.chat.update({ channel: 'C0ACME', ts: String(ts), text: 'x' }))).toBe(
      'message_not_found',
    );
  });
});

describe('changing what was posted', () => {
  const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'card' } }];
  const update = (ts: string | undefined, more: object) =>
    client.chat.update({ channel: 'C0ACME', ts: String(ts), ...more } as Parameters<
      typeof client.chat.update
    >[0]);

  test('a text without blocks takes the blocks away and shows as edited; blocks do not', async () => {
    const { ts } = await post('x', { blocks });
    await update(ts, { text: 'y', blocks });
    expect(server.messages('C0ACME')[0]).toMatchObject({ text: 'y', blocks: [{ type: 'section' }] });
    expect(server.messages('C0ACME')[0]?.edited).toBeUndefined();
    await update(ts, { text: 'z' });
    expect(server.messages('C0ACME')[0]).toMatchObject({ text: 'z', blocks: undefined, edited: true });
  });

  test('metadata stays unless it is replaced', async () => {
    const metadata = { event_type: 'answer', event_payload: { key: 'k' } };
    const { ts } = await post('x', { metadata });
    await update(ts, { text: 'y' });
    expect(server.messages('C0ACME')[0]?.metadata).toEqual(metadata);
  });

  test('is refused for others’ messages, missing ones and long texts', async () => {
    const theirs = server.as('U0ALICE').says('C0ACME', 'mine');
    const { ts } = await post();
    expect(await refusal(update(theirs, { text: 'x' }))).toBe('cant_update_message');
    expect(await refusal(update('1.000001', { text: 'x' }))).toBe('message_not_found');
    expect(await refusal(update(ts, { text: 'x'.repeat(4001) }))).toBe('msg_too_long');
    expect(await refusal(update(ts, { text: '' }))).toBe('no_text');
    expect(await refusal(client.chat.delete({ channel: 'C0ACME', ts: theirs }))).toBe('cant_delete_message');
    await client.chat.delete({ channel: 'C0ACME', ts: String(ts) });
    expect(await refusal(client.chat.delete({ channel: 'C0ACME', ts: String(ts) }))).toBe(
      'message_not_found',
    );
  });

  test('a permalink leads to the thread in the page', async () => {
    const parent = server.as('U0ALICE').says('C0ACME', 'q');
    const { ts } = await post('a', { thread_ts: parent });
    const { permalink } = await client.chat.getPermalink({ channel: 'C0ACME', message_ts: String(ts) });
    expect(permalink).toContain(`/archives/C0ACME/p${ts?.replace('.', '')}?thread_ts=${parent}`);
    const answer = await fetch(String(permalink), { redirect: 'manual' });
    expect(answer.headers.get('location')).toBe(`/#C0ACME/${parent}`);
  });
});

describe('streaming', () => {
  const recipient = { recipient_team_id: 'T0ACME', recipient_user_id: 'U0ALICE' };
  const begin = (more: object) =>
    client.apiCall('chat.startStream', { channel: 'C0ACME', ...more }) as unknown as Promise<{ ts: string }>;

  test('needs a thread and, in a channel, its recipient', async () => {
    const parent = server.as('U0ALICE').says('C0ACME', 'q');
    expect(await refusal(begin(recipient))).toBe('invalid_thread_ts');
    expect(await refusal(begin({ thread_ts: parent, recipient_user_id: 'U0ALICE' }))).toBe(
      'missing_recipient_team_id',
    );
    expect(await refusal(begin({ thread_ts: parent, recipient_team_id: 'T0ACME' }))).toBe(
      'missing_recipient_user_id',
    );
  });

  test('grows one message, cannot be updated while it lives, and ends once', async () => {
    const parent = server.as('U0ALICE').says('C0ACME', 'q');
    const { ts } = await begin({ thread_ts: parent, ...recipient });
    await client.chat.appendStream({
      channel: 'C0ACME',
      ts,
      chunks: [{ type: 'markdown_text', text: '**hel' }],
    });
    await client.chat.appendStream({
      channel: 'C0ACME',
      ts,
      chunks: [{ type: 'markdown_text', text: 'lo**' }],
    });
    const update = () => client.chat.update({ channel: 'C0ACME', ts, text: 'x' });
    expect(await refusal(update())).toBe('streaming_state_conflict');
    await client.chat.stopStream({ channel: 'C0ACME', ts, blocks: [{ type: 'divider' }] });
    expect(server.thread('C0ACME', parent)[1]).toMatchObject({
      text: '**hello**',
      blocks: [{ type: 'markdown', text: '**hello**' }, { type: 'divider' }],
    });
    const append = client.chat.appendStream({
      channel: 'C0ACME',
      ts,
      chunks: [{ type: 'markdown_text', text: 'x' }],
    });
    expect(await refusal(append)).toBe('message_not_in_streaming_state');
    expect(await refusal(update())).toBe('ok');
  });

  test('dies by itself after its time', async () => {
    let now = 1_700_000_000_000;
    await start({ nowMs: () => now });
    const parent = server.as('U0ALICE').says('C0ACME', 'q');
    const { ts } = await begin({ thread_ts: parent, ...recipient });
    now += 301_000;
    expect(await refusal(client.chat.stopStream({ channel: 'C0ACME', ts }))).toBe(
      'message_not_in_streaming_state',
    );
  });
});

describe('reactions and views', () => {
  test('a reaction is added once and removed once', async () => {
    const timestamp = server.as('U0ALICE').says('C0ACME', 'q');
    const item = { channel: 'C0ACME', timestamp, name: 'eyes' };
    await client.reactions.add(item);
    expect(await refusal(client.reactions.add(item))).toBe('already_reacted');
    const { message } = await client.reactions.get({ channel: 'C0ACME', timestamp });
    expect(message?.reactions).toEqual([{ name: 'eyes', users: ['U0BOT'], count: 1 }]);
    await client.reactions.remove(item);
    expect(await refusal(client.reactions.remove(item))).toBe('no_reaction');
    expect(await refusal(client.reactions.add({ ...item, name: ':eyes:' }))).toBe('invalid_name');
    expect(await refusal(client.reactions.add({ ...item, timestamp: '1.000001' }))).toBe('message_not_found');
  });

  test('Home is published per person, refuses what it cannot show and notices a stale hash', async () => {
    const publish = (blocks: object[], more = {}) =>
      client.apiCall('views.publish', { user_id: 'U0MAYA', view: { type: 'home', blocks }, ...more });
    await publish([{ type: 'divider' }]);
    const stale = server.home('U0MAYA')?.hash;
    await publish([{ type: 'divider' }, { type: 'divider' }]);
    expect(server.home('U0MAYA')?.blocks).toHaveLength(2);
    expect(await refusal(publish([], { hash: stale }))).toBe('hash_conflict');
    expect(await refusal(publish([{ type: 'markdown', text: 'x' }]))).toBe('invalid_arguments');
    expect(await refusal(publish([], { user_id: 'U0NOBODY' }))).toBe('user_not_found');
  });

  test('a trigger id opens one dialog, and only for a moment', async () => {
    let now = 1_700_000_000_000;
    await start({ nowMs: () => now, ackTimeoutMs: 20 });
    const view = { type: 'modal' as const, title: { type: 'plain_text' as const, text: 'T' }, blocks: [] };
    const open = (trigger: string) => refusal(client.views.open({ trigger_id: trigger, view }));
    const triggers: string[] = [];
    await server.deliverTo(`${server.url}/nowhere`);
    for (const text of ['one', 'two']) {
      await server.as('U0SAM').runs('C0ACME', '/reindex', text);
      const body = server.frames.all().findLast((frame) => frame.name === 'slash_commands')?.body;
      triggers.push(String((body as { trigger_id: string }).trigger_id));
    }
    expect(await open(String(triggers[0]))).toBe('ok');
    expect(await open(String(triggers[0]))).toBe('exchanged_trigger_id');
    now += 3001;
    expect(await open(String(triggers[1]))).toBe('expired_trigger_id');
    expect(await open('made-up')).toBe('invalid_trigger_id');
    expect(server.modal('U0SAM')).toMatchObject({ type: 'modal', title: { text: 'T' } });
  });
});

describe('people and places', () => {
  test('say whose they are', async () => {
    const info = async (user: string) => (await client.users.info({ user })).user;
    expect(await info('U0ALICE')).toMatchObject({
      team_id: 'T0ACME',
      is_bot: false,
      is_restricted: false,
      is_stranger: false,
      deleted: false,
      real_name: 'Alice Moreau',
      profile: { display_name: 'alice', first_name: 'Alice' },
    });
    expect(await info('U0GUEST')).toMatchObject({ team_id: 'T0HOME', is_restricted: true });
    expect(await info('U0CIBOT')).toMatchObject({ is_bot: true });
    server.addUser({ id: 'U0GONE', isDeleted: true });
    server.addUser({ id: 'U0FAR', teamId: 'T0ACME', isStranger: true });
    expect(await info('U0GONE')).toMatchObject({ deleted: true });
    expect(await info('U0FAR')).toMatchObject({ is_stranger: true });
    expect(await refusal(client.users.info({ user: 'U0NOBODY' }))).toBe('user_not_found');
    expect((await client.usergroups.users.list({ usergroup: 'S0APPROVERS' })).users).toEqual([
      'U0MAYA',
      'U0OMAR',
    ]);
    expect(await refusal(client.usergroups.users.list({ usergroup: 'S0NONE' }))).toBe('no_such_subteam');
    expect((await client.team.info({ team: 'T0ACME' })).team?.name).toBe('Acme Robotics');
  });

  test('a channel says who shares it and how many are in it', async () => {
    const info = async (channel: string) =>
      (await client.conversations.info({ channel, include_num_members: true })).channel;
    expect(await info('C0ACME')).toMatchObject({
      is_private: false,
      is_ext_shared: true,
      is_shared: true,
      is_member: true,
      is_im: false,
      num_members: 6,
      context_team_id: 'T0HOME',
      connected_team_ids: ['T0HOME', 'T0ACME'],
    });
    expect(await info('C0MANAGERS')).toMatchObject({ is_private: true, is_ext_shared: false });
    expect(await info('C0GENERAL')).toMatchObject({ is_member: false });
  });

  test('the bot is a member of three channels, of which one is private', async () => {
    const ids = async (types?: string) => {
      const { channels } = await client.users.conversations(types ? { types } : {});
      return channels?.map((one) => one.id);
    };
    expect(await ids()).toEqual(['C0ACME', 'C0GLOBEX']);
    expect(await ids('public_channel,private_channel')).toEqual(['C0ACME', 'C0GLOBEX', 'C0MANAGERS']);
    await client.conversations.join({ channel: 'C0GENERAL' });
    expect(await ids()).toContain('C0GENERAL');
    expect((await client.conversations.members({ channel: 'C0GENERAL' })).members).toContain('U0BOT');
  });

  test('direct messages open for people, and for nobody else', async () => {
    const open = (users: string) => refusal(client.conversations.open({ users }));
    server.addUser({ id: 'U0GONE', isDeleted: true });
    server.addUser({ id: 'U0FAR', isStranger: true });
    expect(await open('U0MAYA')).toBe('ok');
    expect(await open('U0GONE')).toBe('user_disabled');
    expect(await open('U0FAR')).toBe('user_not_visible');
    expect(await open('U0CIBOT')).toBe('cannot_dm_bot');
  });
});

describe('reading back', () => {
  test('history pages through everything once, newest first, replies left out', async () => {
    const sent = Array.from({ length: 7 }, (_, index) => server.as('U0ALICE').says('C0ACME', `m${index}`));
    server.as('U0SAM').says('C0ACME', 'reply', { threadTs: String(sent[0]) });
    server.as('U0SAM').says('C0ACME', 'loud reply', { threadTs: String(sent[0]), broadcast: true });
    const seen: string[] = [];
    let pages = 0;
    for await (const page of client.paginate('conversations.history', { channel: 'C0ACME', limit: 3 })) {
      pages += 1;
      seen.push(...(page as unknown as { messages: { text: string }[] }).messages.map((one) => one.text));
    }
    expect(seen).toEqual(['loud reply', 'm6', 'm5', 'm4', 'm3', 'm2', 'm1', 'm0']);
    expect(pages).toBe(3);
  });

  test('oldest and latest leave their own ends out unless inclusive', async () => {
    const [a = '', b = '', c = ''] = ['a', 'b', 'c'].map((text) => server.as('U0ALICE').says('C0ACME', text));
    const texts = async (more: object) => {
      const { messages } = await client.conversations.history({ channel: 'C0ACME', ...more });
      return messages?.map((one) => one.text).join('');
    };
    expect(await texts({ oldest: a })).toBe('cb');
    expect(await texts({ latest: c })).toBe('ba');
    expect(await texts({ oldest: a, latest: c })).toBe('b');
    expect(await texts({ oldest: a, latest: c, inclusive: true })).toBe('cba');
    expect(await texts({ oldest: b, latest: b, inclusive: true })).toBe('b');
  });

  test('replies begin with the parent, which knows its latest reply; metadata comes when asked for', async () => {
    const ts = server.as('U0ALICE').says('C0ACME', 'q');
    const metadata = { event_type: 'answer', event_payload: { key: 'k' } };
    const reply = await post('a', { thread_ts: ts, metadata });
    const read = async (more: object) =>
      (await client.conversations.replies({ channel: 'C0ACME', ts, ...more })).messages;
    expect(await read({})).toMatchObject([
      { text: 'q', ts, thread_ts: ts, reply_count: 1, latest_reply: reply.ts },
      { text: 'a', thread_ts: ts, parent_user_id: 'U0ALICE' },
    ]);
    expect((await read({}))?.[1]?.metadata).toBeUndefined();
    expect((await read({ include_all_metadata: true }))?.[1]?.metadata).toEqual(metadata);
    expect((await read({ oldest: reply.ts }))?.map((one) => one.text)).toEqual(['q']);
    expect(await refusal(client.conversations.replies({ channel: 'C0ACME', ts: '1.000001' }))).toBe(
      'thread_not_found',
    );
  });

  test('is refused where the bot is not a member', async () => {
    expect(await refusal(client.conversations.history({ channel: 'C0GENERAL' }))).toBe('not_in_channel');
    expect(await refusal(client.conversations.history({ channel: 'C0NOWHERE' }))).toBe('channel_not_found');
  });
});

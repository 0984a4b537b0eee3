import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestBot, type TestBot } from '../helpers/bot.ts';
import { decisionsOn, demandRefund, toldInThread } from '../helpers/refund.ts';
import { botReplies, shownText, sourceLinks } from '../helpers/slack-message.ts';

const SECRET = 'a-signing-secret-of-this-test';
const HTTP_MODE = { SLACK_MODE: 'http', SLACK_SIGNING_SECRET: SECRET, SLACK_APP_TOKEN: undefined };

describe('in HTTP mode', () => {
  let t: TestBot;
  let url: string;

  beforeAll(async () => {
    t = await createTestBot({ env: HTTP_MODE, server: { signingSecret: SECRET } });
    url = `http://127.0.0.1:${t.port}/slack/events`;
  });

  afterAll(() => t.stop());

  test('the request URL passes Slack’s challenge and no socket is opened', async () => {
    expect(await t.server.deliverTo(url)).toBe(true);
    expect(t.server.sockets()).toBe(0);
  });

  test('a question is answered with its sources, once, also when its acknowledgement is lost', async () => {
    t.server.faults.dropAcks(1, 'message');
    const channel = t.newRoom();
    const ts = t.server.as('U0ALICE').says(channel, 'How do I cancel our subscription?');
    await t.settled();
    const replies = botReplies(t.server, channel, ts);
    expect(replies).toHaveLength(1);
    expect(sourceLinks(replies[0] ?? expect.fail())).not.toEqual([]);
  });

  test('a button decides and a command is answered', async () => {
    const demand = await demandRefund(t);
    const press = await t.server.as('U0MAYA').clicks(demand.card.channel, demand.card.ts, 'refund.deny');
    const command = await t.server.as('U0SAM').runs('C0MANAGERS', '/reindex');
    await t.settled();
    expect([press.acked, command.acked]).toEqual([true, true]);
    expect(await decisionsOn(t, demand)).toEqual([{ verdict: 'denied', by: 'U0MAYA', via: 'button' }]);
    expect(toldInThread(t, demand)).toHaveLength(1);
    expect(t.server.ephemerals('U0SAM').map(shownText)).toEqual([expect.stringMatching(/Re-indexing now/)]);
  });

  test.each([
    ['with a signature made by another secret', { secret: 'not-the-secret' }],
    ['with a signature of another body', { signed: '{}' }],
    ['that is older than five minutes', { ageSeconds: 301 }],
    ['without a signature', { secret: undefined }],
  ])('a request %s is refused with 401 and stores nothing', async (_what, more) => {
    const before = await countInbox(t);
    const body = JSON.stringify(forgedEvent(t.newRoom()));
    const answer = await fetch(url, { method: 'POST', body, headers: signedHeaders(body, more) });
    expect(answer.status).toBe(401);
    await t.settled();
    expect(await countInbox(t)).toBe(before);
  });

  test('the same request with the right signature is stored', async () => {
    const before = await countInbox(t);
    const body = JSON.stringify(forgedEvent(t.newRoom()));
    const answer = await fetch(url, { method: 'POST', body, headers: signedHeaders(body, {}) });
    expect(answer.status).toBe(200);
    expect(await countInbox(t)).toBe(before + 1);
    await t.settled();
  });

  test('a request that cannot be stored is not acknowledged, so that Slack delivers it again', async () => {
    const body = JSON.stringify(forgedEvent(t.newRoom()));
    await t.db.schema.alterTable('inbox').renameTo('inbox_away').execute();
    const refused = await fetch(url, { method: 'POST', body, headers: signedHeaders(body, {}) });
    await t.db.schema.alterTable('inbox_away').renameTo('inbox').execute();
    expect(refused.status).toBeGreaterThanOrEqual(500);
    const again = await fetch(url, { method: 'POST', body, headers: signedHeaders(body, {}) });
    expect(again.status).toBe(200);
    await t.settled();
  });

  test('bodies that are not Slack’s do no harm, even when they are signed', async () => {
    const bodies = ['', '{', '[]', 'payload=%', '{"type":"event_callback"}', '"text"'];
    const send = (body: string) => fetch(url, { method: 'POST', body, headers: signedHeaders(body, {}) });
    const answers = await Promise.all(bodies.map(send));
    expect(answers.filter(({ status }) => status === 200)).toEqual([]);
    const channel = t.newRoom();
    const ts = t.server.as('U0ALICE').says(channel, 'How do I cancel our subscription?');
    await t.settled();
    expect(botReplies(t.server, channel, ts)).toHaveLength(1);
  });
});

describe.each([
  ['socket', {}],
  ['http', HTTP_MODE],
])('health in %s mode', (mode, env) => {
  test('is alive at once, ready when the index serves and Slack can deliver, gone after the stop', async () => {
    const port = await findFreePort();
    const t = await createTestBot({ env: { ...env, PORT: String(port) }, isStarted: false });
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined);
    const seen: { live: number | undefined; ready: number | undefined; waitingFor: string[] }[] = [];
    let isStarting = true;
    const starting = t.bot.start().finally(() => {
      isStarting = false;
    });
    while (isStarting) {
      const [live, ready] = await Promise.all([get('/livez'), get('/readyz')]);
      const { waitingFor = [] } = ((await ready?.json()) ?? {}) as { waitingFor?: string[] };
      if (live && isStarting) seen.push({ live: live.status, ready: ready?.status, waitingFor });
      await new Promise(setImmediate);
    }
    await starting;
    expect(seen.every(({ live }) => live === 200)).toBe(true);
    expect(seen).toContainEqual(expect.objectContaining({ ready: 503 }));
    expect(seen.flatMap(({ waitingFor }) => waitingFor)).toContain('the first index');
    const ready = await get('/readyz');
    expect([ready?.status, await ready?.json()]).toEqual([200, { ready: true, waitingFor: [] }]);
    expect((await get('/slack/events'))?.status).toBe(mode === 'http' ? 405 : 404);
    expect((await get('/livez'))?.status).toBe(200);
    if (mode === 'socket') {
      t.server.faults.severAll();
      await t.server.waitFor(() => t.server.sockets() === 0);
      await sleep(50);
      const cut = await get('/readyz');
      expect([cut?.status, await cut?.json()]).toEqual([
        503,
        { ready: false, waitingFor: ['the connection to Slack'] },
      ]);
    }
    await t.stop();
    expect(await get('/livez')).toBeUndefined();
  });
});

function forgedEvent(channel: string): unknown {
  const ts = `${Math.floor(Date.now() / 1_000)}.${String(Math.floor(Math.random() * 1e6)).padStart(6, '0')}`;
  return {
    type: 'event_callback',
    team_id: 'T0HOME',
    api_app_id: 'A0LOCAL',
    event_id: `EvForged${ts}`,
    authorizations: [{ enterprise_id: null, team_id: 'T0HOME', user_id: 'U0BOT', is_bot: true }],
    event: { type: 'message', channel, user: 'U0ALICE', team: 'T0ACME', text: 'thanks', ts, event_ts: ts },
  };
}

function signedHeaders(
  body: string,
  given: { secret?: string | undefined; signed?: string; ageSeconds?: number },
): Record<string, string> {
  const { secret, signed = body, ageSeconds = 0 } = { secret: SECRET, ...given };
  const timestamp = String(Math.floor(Date.now() / 1_000) - ageSeconds);
  const plain = { 'content-type': 'application/json', 'x-slack-request-timestamp': timestamp };
  if (secret === undefined) return plain;
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${signed}`).digest('hex');
  return { ...plain, 'x-slack-signature': `v0=${digest}` };
}

async function countInbox(t: TestBot): Promise<number> {
  return (await t.db.selectFrom('inbox').select('id').execute()).length;
}

function findFreePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

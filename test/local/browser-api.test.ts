import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LocalServer, startLocalServer } from '../../src/local/server.ts';

let server: LocalServer;

beforeEach(async () => {
  server = await startLocalServer({ ackTimeoutMs: 100 });
});
afterEach(() => server.stop());

async function call(
  name: string,
  body: object,
): Promise<{ status: number; answer: Record<string, unknown> }> {
  const headers = { 'content-type': 'application/json' };
  const reply = await fetch(`${server.url}/workspace/${name}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  return { status: reply.status, answer: (await reply.json()) as Record<string, unknown> };
}

interface Snapshot {
  channels: { id: string }[];
  messages: { text: string }[];
  suggestions: { as: string; channel: string }[];
}

async function stateOf(viewer: string): Promise<Snapshot> {
  return (await (await fetch(`${server.url}/workspace/state?as=${viewer}`)).json()) as Snapshot;
}

describe('the browser API', () => {
  test('shows each person the channels they are in and the notes meant for them', async () => {
    server.workspace.post({ channel: 'C0ACME', user: 'U0BOT', text: 'for Alice', ephemeralFor: 'U0ALICE' });
    await call('say', { as: 'U0BEA', channel: 'C0GLOBEX', text: 'from Bea' });
    const alice = await stateOf('U0ALICE');
    expect(alice.channels.map((one) => one.id)).toEqual(['C0ACME']);
    expect(alice.messages.map((one) => one.text)).toEqual(['for Alice']);
    const sam = await stateOf('U0SAM');
    expect(sam.channels.map((one) => one.id)).toEqual(['C0ACME', 'C0GLOBEX', 'C0MANAGERS', 'C0GENERAL']);
    expect(sam.messages.map((one) => one.text)).toEqual(['from Bea']);
  });

  test('suggests only steps that the suggested person can take', async () => {
    const { suggestions } = await stateOf('U0ALICE');
    expect(suggestions.length).toBeGreaterThan(5);
    for (const { as, channel } of suggestions) {
      expect((await stateOf(as)).channels.map((one) => one.id)).toContain(channel);
    }
  });

  test('lets people write, react, edit, delete and open Home', async () => {
    const { answer } = await call('say', { as: 'U0ALICE', channel: 'C0ACME', text: 'hi @Sam' });
    const at = { channel: 'C0ACME', ts: answer.ts };
    await call('react', { as: 'U0SAM', ...at, name: 'eyes' });
    await call('edit', { as: 'U0ALICE', ...at, text: 'hi @Arun' });
    expect(server.messages('C0ACME')).toMatchObject([
      { text: 'hi <@U0ARUN>', edited: true, reactions: [{ name: 'eyes', users: ['U0SAM'] }] },
    ]);
    await call('react', { as: 'U0SAM', ...at, name: 'eyes', remove: true });
    expect(server.messages('C0ACME')[0]?.reactions).toEqual([]);
    await call('delete', { as: 'U0ALICE', ...at });
    expect(server.messages('C0ACME')).toEqual([]);
    expect(await call('home', { as: 'U0MAYA' })).toEqual({ status: 200, answer: {} });
  });

  test.each<[string, string, object, string]>([
    ['a channel one is not in', 'say', { as: 'U0BEA', channel: 'C0ACME', text: 'x' }, 'not a member'],
    ['nobody', 'say', { as: 'U0NOBODY', channel: 'C0ACME', text: 'x' }, 'no such person'],
    ['an empty message', 'say', { as: 'U0ALICE', channel: 'C0ACME', text: '  ' }, 'Write something'],
    [
      'a customer’s command',
      'command',
      { as: 'U0ALICE', channel: 'C0ACME', command: '/reindex' },
      'not available',
    ],
    [
      'a command nobody hears',
      'command',
      { as: 'U0SAM', channel: 'C0ACME', command: '/reindex' },
      'not connected',
    ],
    [
      'a message long gone',
      'react',
      { as: 'U0SAM', channel: 'C0ACME', ts: '1.000001', name: 'x' },
      'not there any more',
    ],
    ['a missing field', 'say', { as: 'U0ALICE', text: 'x' }, 'channel'],
  ])('says in words what is wrong with %s', async (_title, name, body, words) => {
    const { status, answer } = await call(name, body);
    expect(status).toBe(400);
    expect(answer.error).toContain(words);
  });

  test('streams what a viewer may see, frames and connections, and nothing else', async () => {
    const seen = await follow('U0ALICE');
    server.as('U0BEA').says('C0GLOBEX', 'secret of Globex');
    const ts = server.as('U0ARUN').says('C0ACME', 'hello');
    server.as('U0ALICE').reacts('C0ACME', ts, 'eyes');
    server.as('U0ARUN').deletes('C0ACME', ts);
    await server.waitFor(() => seen.names().length >= 3);
    expect(seen.names()).toEqual(['message', 'message', 'removed']);
    expect(seen.text()).not.toContain('secret of Globex');
    await seen.close();
  });

  test('exports the whole state and the frames after a number', async () => {
    server.as('U0BEA').says('C0GLOBEX', 'hi');
    const read = async (path: string) => (await fetch(`${server.url}/workspace/${path}`)).json();
    expect(await read('export')).toMatchObject({ messages: [{ text: 'hi' }], homes: {} });
    await fetch(`${server.apiUrl}auth.test`, { method: 'POST' });
    await fetch(`${server.apiUrl}team.info`, { method: 'POST' });
    const { frames } = (await read('frames?after=1')) as { frames: { n: number; name: string }[] };
    expect(frames).toMatchObject([{ n: 2, name: 'team.info' }]);
  });
});

async function follow(viewer: string) {
  const stop = new AbortController();
  const reply = await fetch(`${server.url}/workspace/stream?as=${viewer}`, { signal: stop.signal });
  let text = '';
  const reading = (async () => {
    for await (const chunk of reply.body as unknown as AsyncIterable<Uint8Array>)
      text += Buffer.from(chunk).toString();
  })().catch(() => {});
  return {
    text: () => text,
    names: () => [...text.matchAll(/^event: (\w+)/gm)].map((found) => String(found[1])),
    async close() {
      stop.abort();
      await reading;
    },
  };
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createCustomers } from '../../src/adapters/customers.ts';
import { VendorRefused, VendorUnreachable } from '../../src/errors.ts';
import type { Decision } from '../../src/pipeline/types.ts';
import { runScript } from '../helpers/run-script.ts';
import { ROOT } from '../helpers/source-facts.ts';
import { createTestClock, type TestClock } from '../helpers/test-clock.ts';

const RECORD = { name: 'Acme', tier: 'Pro', joined: '2024-02-01' };
/** A customer is made to wait no longer for a record. */
const LONGEST_MS = 2_500;

let asked: URL[];
let answer: (response: ServerResponse, url: URL) => void;
let url: string;
let clock: TestClock;
let stop: () => Promise<void>;

const json = (response: ServerResponse, value: unknown, status = 200) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));

beforeEach(async () => {
  asked = [];
  answer = (response) => json(response, RECORD);
  clock = createTestClock();
  const server = createServer((request, response) => {
    const at = new URL(request.url ?? '/', 'http://endpoint');
    asked.push(at);
    answer(response, at);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/records?tenant=desk`;
  stop = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
});

afterEach(() => stop());

async function failureOf(work: Promise<unknown>): Promise<{ error: unknown; ms: number }> {
  const start = performance.now();
  try {
    await work;
  } catch (error) {
    return { error, ms: performance.now() - start };
  }
  throw new Error('It did not fail.');
}

describe('customer records from an endpoint', () => {
  test('are asked for by channel and team, and what the address holds already stays', async () => {
    const record = await createCustomers(url, clock).find({ channel: 'C1', team: 'T2' });
    expect(record).toEqual({ ...RECORD, recentTickets: [], incidents: [] });
    expect(asked.map(({ pathname, search }) => pathname + search)).toEqual([
      '/records?tenant=desk&channel=C1&team=T2',
    ]);
  });

  test('do not exist where it answers 404, and that is remembered as well', async () => {
    answer = (response) => json(response, { error: 'unknown' }, 404);
    const customers = createCustomers(url, clock);
    expect(await customers.find({ channel: 'C1', team: 'T2' })).toBeUndefined();
    expect(await customers.find({ channel: 'C1', team: 'T2' })).toBeUndefined();
    expect(asked).toHaveLength(1);
  });

  test('are kept for a while by channel and team, and never given to another of either', async () => {
    answer = (response, { searchParams }) =>
      json(response, { ...RECORD, name: `${searchParams.get('channel')}/${searchParams.get('team')}` });
    const customers = createCustomers(url, clock);
    const places = [
      { channel: 'C1', team: 'T1' },
      { channel: 'C1', team: 'T2' },
      { channel: 'C2', team: 'T1' },
      { channel: 'C1' },
      { channel: 'C1","T', team: '1' },
    ];
    const names = () =>
      Promise.all(places.map(async (place) => (await customers.find(place))?.name ?? 'nobody'));
    const own = places.map(({ channel, team = '' }) => `${channel}/${team}`);
    expect(await names()).toEqual(own);
    expect(await names()).toEqual(own);
    expect(asked).toHaveLength(places.length);
    clock.advance(61_000);
    expect(await names()).toEqual(own);
    expect(asked).toHaveLength(places.length * 2);
  });

  test.each<[string, unknown, RegExp]>([
    ['a bad date', { ...RECORD, joined: 'last year' }, /joined: must be a date/],
    ['a missing name', { tier: 'Pro', joined: '2024-02-01' }, /name: /],
    ['a ticket without a title', { ...RECORD, recentTickets: [{ id: '1' }] }, /recentTickets\.0\.title: /],
    ['a list', [RECORD], /record: /],
    ['nothing', null, /record: /],
  ])('with %s are refused, the field named, and asked for again next time', async (_what, body, reason) => {
    answer = (response) => json(response, body);
    const customers = createCustomers(url, clock);
    const { error } = await failureOf(customers.find({ channel: 'C1' }));
    expect(error).toBeInstanceOf(VendorRefused);
    expect((error as VendorRefused).reason).toMatch(reason);
    answer = (response) => json(response, RECORD);
    expect((await customers.find({ channel: 'C1' }))?.name).toBe('Acme');
  });

  test.each<[string, (response: ServerResponse) => unknown]>([
    ['hangs', () => undefined],
    ['sends its head and then nothing', (response) => response.writeHead(200).flushHeaders()],
    ['breaks off', (response) => response.destroy()],
    ['redirects, which could carry the ids elsewhere', (response) => redirect(response)],
  ])('are not reachable within 2.5 seconds where the endpoint %s', async (_what, fault) => {
    answer = (response) => void fault(response);
    const { error, ms } = await failureOf(createCustomers(url, clock).find({ channel: 'C1' }));
    expect(error).toBeInstanceOf(VendorUnreachable);
    expect((error as Error).message).toMatch(/CUSTOMERS/);
    expect(ms).toBeLessThan(LONGEST_MS);
  });

  test('are not reachable where nobody listens', async () => {
    await stop();
    const { error, ms } = await failureOf(createCustomers(url, clock).find({ channel: 'C1' }));
    expect(error).toBeInstanceOf(VendorUnreachable);
    expect(ms).toBeLessThan(LONGEST_MS);
  });

  test.each([500, 401, 204])('are refused, the status named, where it answers %i', async (status) => {
    answer = (response) => response.writeHead(status).end();
    const { error } = await failureOf(createCustomers(url, clock).find({ channel: 'C1' }));
    expect((error as VendorRefused).reason).toBe(`status ${status}`);
  });
});

const redirect = (response: ServerResponse) =>
  response.writeHead(307, { location: 'http://127.0.0.1:9/' }).end();

describe('npm run ask', () => {
  const folder = () => {
    const made = mkdtempSync(join(tmpdir(), 'countersign-ask-'));
    onTestFinished(() => rmSync(made, { recursive: true, force: true }));
    return made;
  };
  const ask = async (customers: string, dataDir = folder()) => {
    const env = { CUSTOMERS: customers, KNOWLEDGE: join(ROOT, 'knowledge/billing'), DATA_DIR: dataDir };
    const args = ['How do I cancel our subscription?', '--channel', 'C1', '--json'];
    return runScript('ask', args, { cwd: dataDir, env });
  };

  test('answers without account data when the endpoint is down, and says so', async () => {
    await stop();
    const { code, stdout, stderr } = await ask(url);
    expect(code).toBe(0);
    const decision = JSON.parse(stdout) as Decision;
    expect(decision).toMatchObject({ outcome: 'answer', account: 'unavailable' });
    const steps = decision.steps.map(({ name }) => name);
    expect(steps).toEqual(
      expect.arrayContaining(['triage', 'retrieve', 'prompt', 'generate', 'verify', 'decide']),
    );
    expect(decision).toMatchObject({ usage: null, costUsd: 0 });
    expect(stderr).toMatch(/^no account data: The customer endpoint \(CUSTOMERS\) could not be reached/m);
  });

  test('uses the record of the channel when the endpoint has one', async () => {
    const { stdout, stderr } = await ask(url);
    expect(JSON.parse(stdout)).toMatchObject({ account: 'found' });
    expect(asked[0]?.searchParams.get('channel')).toBe('C1');
    expect(stderr).not.toMatch(/no account data/);
  });

  test('exits with 2 and names every record of the file that is wrong', async () => {
    const dataDir = folder();
    const file = join(dataDir, 'customers.json');
    writeFileSync(
      file,
      JSON.stringify({ C1: RECORD, C2: { ...RECORD, joined: 'x' }, C3: { name: 'Globex' } }),
    );
    const { code, stdout, stderr } = await ask(file, dataDir);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/record "C2": joined/);
    expect(stderr).toMatch(/record "C3": .*tier/);
    expect(stderr).not.toMatch(/record "C1"|\n\s+at /);
  });
});

import { describe, expect, onTestFinished, test } from 'vitest';
import { ConfigError } from '../src/errors.ts';
import { createWeb, type Readiness } from '../src/web.ts';

type Deps = Parameters<typeof createWeb>[0];

async function startWeb(overrides: Partial<Deps> = {}) {
  const web = createWeb({
    port: 0,
    readiness: async () => ({ ready: true, waitingFor: [] }),
    slack: undefined,
    ...overrides,
  });
  const { port } = await web.start();
  onTestFinished(() => web.stop());
  const get = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`);
    return { status: answer.status, body: (await answer.json()) as unknown };
  };
  return { web, port, get };
}

describe('health', () => {
  test('is alive as soon as it listens', async () => {
    const { get } = await startWeb();
    expect(await get('/livez')).toEqual({ status: 200, body: { alive: true } });
  });

  test.each<[Readiness, number]>([
    [{ ready: true, waitingFor: [] }, 200],
    [{ ready: false, waitingFor: ['the first index', 'the connection to Slack'] }, 503],
  ])('is ready as %o says, and names what is missing', async (readiness, status) => {
    const { get } = await startWeb({ readiness: async () => readiness });
    expect(await get('/readyz')).toEqual({ status, body: readiness });
  });

  test('is not ready when that cannot be found out', async () => {
    const { get } = await startWeb({
      readiness: async () => {
        throw new Error('the database is gone');
      },
    });
    expect((await get('/readyz')).status).toBe(503);
  });

  test('is asked for anew each time', async () => {
    let ready = false;
    const { get } = await startWeb({ readiness: async () => ({ ready, waitingFor: [] }) });
    expect((await get('/readyz')).status).toBe(503);
    ready = true;
    expect((await get('/readyz?verbose')).status).toBe(200);
  });
});

describe('the other paths', () => {
  test('lead nowhere, and say where health is', async () => {
    const { get } = await startWeb();
    for (const path of ['/', '/livez/', '/slack/events', '/..%2f', '/?x=/livez']) {
      expect(await get(path)).toEqual({ status: 404, body: { error: expect.stringContaining('/readyz') } });
    }
  });

  test('are answered also when the request line is no address', async () => {
    const { get } = await startWeb();
    for (const path of ['//', '//?', '/[', '/%']) expect((await get(path)).status).toBe(404);
  });

  test('of Slack are Slack’s in HTTP mode, and no others are', async () => {
    const seen: (string | undefined)[] = [];
    const { get } = await startWeb({
      slack: (request, response) => {
        seen.push(request.url);
        response.writeHead(200).end('{}');
      },
    });
    expect((await get('/slack/events?x=1')).status).toBe(200);
    expect((await get('/slack/other')).status).toBe(404);
    expect((await get('/livez')).status).toBe(200);
    expect(seen).toEqual(['/slack/events?x=1']);
  });
});

describe('the port', () => {
  test('in use is told with what to do', async () => {
    const { port } = await startWeb();
    const second = createWeb({
      port,
      readiness: async () => ({ ready: true, waitingFor: [] }),
      slack: undefined,
    });
    const starting = second.start();
    await expect(starting).rejects.toThrow(ConfigError);
    await expect(starting).rejects.toThrow(`PORT: ${port} is in use`);
    await second.stop();
  });

  test('is free again after the stop, also with a connection open', async () => {
    const { web, port, get } = await startWeb();
    await get('/livez');
    await web.stop();
    const again = await startWeb({ port });
    expect((await again.get('/livez')).status).toBe(200);
  });

  test('need not have been opened to be stopped', async () => {
    const web = createWeb({
      port: 0,
      readiness: async () => ({ ready: true, waitingFor: [] }),
      slack: undefined,
    });
    await expect(web.stop()).resolves.toBeUndefined();
  });
});

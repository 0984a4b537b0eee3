import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createWeaviateIndex } from '../../src/adapters/weaviate-index/weaviate-index.ts';
import { readQueryTerms } from '../../src/knowledge/terms.ts';
import type { IndexChange, KnowledgeIndex } from '../../src/ports.ts';
import { change, ticket } from '../contract/knowledge-index.ts';
import { createLogbook, type Logbook } from '../helpers/logbook.ts';
import { createTestClock, type TestClock } from '../helpers/test-clock.ts';
import {
  type DoubleOptions,
  startWeaviateDouble,
  type WeaviateDouble,
} from '../helpers/weaviate-double/server.ts';

const REFUNDS = change('refunds.md', 'Refunds', 'We refund new customers within 30 days.\n');
const PLANS = change('plans.md', 'Plans', 'The hobby plan costs $5 a month.\n');
const SECRET = 'zanzibar';

let double: WeaviateDouble;
let index: KnowledgeIndex;
let log: Logbook;
let clock: TestClock;

const start = async (options: DoubleOptions = {}, apiKey?: string) => {
  double = await startWeaviateDouble(options);
  log = createLogbook();
  clock = createTestClock();
  index = createWeaviateIndex({ url: double.url, apiKey, name: 'Test', clock, log });
};
const store = async (upserts: IndexChange[], removals: string[] = []) => {
  const build = await index.build({ upserts, removals });
  await build.activate();
  return build;
};
const find = (text: string, tenant?: string) =>
  index.candidates({ terms: readQueryTerms([{ text, weight: 1 }]), tenant, limit: 5 });
const thrownBy = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Error)) throw new Error('nothing was thrown');
  return error;
};
const classes = () => [...double.store.classes.keys()].sort();

afterEach(async () => {
  await index.close();
  await double.close();
});

describe('a server that cannot be used', () => {
  test('with GraphQL switched off is refused at the first use, with the remedy', async () => {
    await start({ graphqlOff: true });
    double.store.addClass({ class: 'Other' });
    const error = await thrownBy(index.active());
    expect(error).toMatchObject({ code: 'config', retry: 'never' });
    expect(error.message).toContain('DISABLE_GRAPHQL');
    expect(error.message).toContain('INDEX=embedded');
  });

  test('that answers 410 to GraphQL counts as switched off as well', async () => {
    await start();
    double.faults.push({ method: 'POST', path: '/graphql', act: { status: 410, body: { error: [] } } });
    expect(await thrownBy(index.active())).toMatchObject({ code: 'config' });
  });

  test('without any class yet is not mistaken for one with GraphQL switched off', async () => {
    await start();
    expect(await index.active()).toBeUndefined();
  });

  test('that wants another key says so, and never shows the key', async () => {
    await start({ apiKey: 'right-key' }, 'wrong-key');
    const error = await thrownBy(index.active());
    expect(error.message).toContain('WEAVIATE_API_KEY is not accepted');
    expect(error.message).not.toContain('wrong-key');
  });

  test('is asked again once it is there, and gets the key with every request', async () => {
    await start({ apiKey: 'right-key' }, 'right-key');
    double.faults.push({ method: 'GET', path: '/meta', times: 2, act: 'reset' });
    expect(await thrownBy(index.active())).toMatchObject({ code: 'vendor_unreachable', retry: 'later' });
    await store([REFUNDS]);
    expect(await find('refund')).toHaveLength(1);
    expect(double.requests.every(({ authorization }) => authorization === 'Bearer right-key')).toBe(true);
  });

  test.each([
    ['1.31.4', 1],
    ['1.39.2', 0],
    ['1.40.0', 1],
  ])('of version %s is told about in %i warnings', async (version, warnings) => {
    await start({ version });
    await index.active();
    expect(log.of('warn')).toHaveLength(warnings);
  });
});

describe('a search', () => {
  beforeEach(async () => {
    await start();
    await store([REFUNDS, PLANS]);
  });

  test('ends after two seconds on a server that hangs, and the request is taken back', async () => {
    double.faults.push({ method: 'POST', path: '/graphql', act: 'hang' });
    const from = performance.now();
    const error = await thrownBy(find('refund'));
    expect(performance.now() - from).toBeGreaterThan(1_800);
    expect(performance.now() - from).toBeLessThan(4_000);
    expect(error).toMatchObject({ code: 'vendor_unreachable' });
  });

  test.each([
    ['a page of a proxy', 'html'],
    ['a connection that breaks', 'reset'],
    ['a server that is too busy', { status: 429, body: { error: [{ message: 'slow down' }] } }],
  ] as const)('survives one answer that is %s', async (_, act) => {
    double.faults.push({ method: 'POST', path: '/graphql', times: 1, act });
    expect(await find('refund')).toHaveLength(1);
  });

  test('is not repeated when the server refuses it', async () => {
    double.requests.length = 0;
    const body = { errors: [{ message: `unknown word ${SECRET}` }] };
    double.faults.push({ method: 'POST', path: '/graphql', act: { status: 422, body } });
    expect(await thrownBy(find('refund'))).toMatchObject({ code: 'vendor_refused', retry: 'never' });
    expect(double.requests.filter(({ path }) => path === '/graphql')).toHaveLength(1);
  });

  test.each(['html', 'reset', { status: 200, body: { errors: [{ message: `bad ${SECRET}` }] } }] as const)(
    'says nothing of what was asked when it fails (%j)',
    async (act) => {
      double.faults.push({ method: 'POST', path: '/graphql', act });
      const shown: string[] = [];
      for (let at: unknown = await thrownBy(find(SECRET)); at instanceof Error; at = at.cause) {
        shown.push(at.message, at.stack ?? '');
      }
      expect(shown.join('\n')).not.toContain(SECRET);
    },
  );

  test('asks in one request, once what it needs to know was asked before', async () => {
    await find('refund hobby');
    double.requests.length = 0;
    await find('refund hobby');
    expect(double.requests.map(({ path }) => path).sort()).toEqual(['/aliases/Test', '/graphql']);
  });

  test('drops what a server gives to the wrong customer', async () => {
    await store([ticket('ticket.md', 'C0ACME', 'Refund for Acme.\n')]);
    const own = classes().find((name) => name.startsWith('Test_tp_')) ?? '';
    const all = classes().find(
      (name) => name.startsWith('Test_p_') && double.store.shard(name, undefined)?.size === 3,
    );
    expect(all).toBeUndefined();
    const [stray] = double.store.shard(own, 'C0ACME')?.values() ?? [];
    const shared = [...double.store.classes.keys()].filter((name) => name.startsWith('Test_p_')).at(-1) ?? '';
    if (stray) double.store.shard(shared, undefined)?.set(stray.id, stray);
    expect((await find('acme')).map(({ passage }) => passage.source)).toEqual([]);
    expect((await find('acme', 'C0ACME')).map(({ passage }) => passage.source)).toEqual(['ticket.md']);
  });
});

describe('a build', () => {
  beforeEach(() => start());

  test('sends only the objects again that were not stored', async () => {
    const message = 'not enough memory';
    double.faults.push({ method: 'POST', path: '/batch', times: 1, act: { failItems: 2, message } });
    await store([REFUNDS, PLANS]);
    const batches = double.requests.filter(({ path }) => path === '/batch/objects');
    const sizes = batches.map(({ body }) => (body as { objects: unknown[] }).objects.length);
    expect(sizes).toEqual([7, 2, 1]);
    expect(await index.active()).toMatchObject({ pages: 2, passages: 2 });
  });

  test('ends when objects are refused for good, and leaves nothing behind', async () => {
    await store([REFUNDS]);
    const before = classes();
    const message = `vector lengths don't match ${SECRET}`;
    double.faults.push({ method: 'POST', path: '/batch', act: { failItems: 1, message } });
    const error = await thrownBy(index.build({ upserts: [PLANS], removals: [] }));
    expect(error.message).toContain(
      '1 objects of a batch were not stored: the vectors are of different lengths',
    );
    expect(error.message).not.toContain(SECRET);
    expect(classes()).toEqual(before);
    expect(await find('refund')).toHaveLength(1);
  });

  test('is not taken for complete when the server kept less than it said', async () => {
    double.faults.push({ method: 'POST', path: '/batch', times: 1, act: { failItems: 1 } });
    const error = await thrownBy(index.build({ upserts: [REFUNDS, PLANS], removals: [] }));
    expect(error.message).toMatch(/\d of \d objects are there after a build/);
    expect(await index.active()).toBeUndefined();
  });

  test.each([
    ['of another length', [new Float32Array([1, 0])]],
    ['that is no number', [new Float32Array([1, Number.NaN, 0])]],
    ['without a direction', [new Float32Array(3)]],
    ['missing', []],
  ])('sends no vector %s', async (_, vectors) => {
    const changes = {
      upserts: [{ ...REFUNDS, vectors }],
      removals: [],
      embedder: { id: 'e', dimensions: 3 },
    };
    expect(await thrownBy(index.build(changes))).toMatchObject({ code: 'invariant' });
    expect(double.requests.filter(({ path }) => path === '/batch/objects')).toHaveLength(0);
  });

  test('keeps the version before and removes older ones', async () => {
    const made = [await store([REFUNDS]), await store([PLANS]), await store([], ['plans.md'])];
    const versions = new Set(classes().map((name) => name.split('_').at(-1)));
    expect([...versions].sort()).toEqual(made.slice(1).map(({ version }) => version));
  });

  test('whose process was killed is refused to others until its lock runs out, then cleaned up', async () => {
    await store([REFUNDS]);
    // The one that is killed has a clock of its own, which never wakes it up to renew.
    const dead = createWeaviateIndex({
      ...{ url: double.url, name: 'Test', log },
      clock: {
        now: () => clock.now(),
        sleep: (_, signal) => new Promise((_done, fail) => signal?.addEventListener('abort', fail)),
      },
    });
    const left = await dead.build({ upserts: [PLANS], removals: [] });
    await dead.close();
    expect((await thrownBy(index.build({ upserts: [PLANS], removals: [] }))).message).toMatch(
      /Another re-index .* is running; .*if it was killed, \d+ s/,
    );
    clock.advance(16_000);
    await store([PLANS]);
    expect(classes().filter((name) => name.endsWith(left.version) || name.includes('lock'))).toEqual([]);
    // Woken up after all, it must not put an older state in the place of the newer.
    expect((await thrownBy(left.activate())).message).toContain('another one took over');
    expect(await index.active()).toMatchObject({ pages: 2 });
  });

  test('of one index leaves those of others on the same server alone', async () => {
    const other = createWeaviateIndex({ url: double.url, name: 'Testing', clock, log });
    const build = await other.build({ upserts: [PLANS], removals: [] });
    await store([REFUNDS]);
    await build.activate();
    await store([REFUNDS]);
    expect(await other.active()).toMatchObject({ version: build.version, pages: 1 });
    await other.close();
  });
});

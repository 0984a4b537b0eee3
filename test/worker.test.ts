import { describe, expect, onTestFinished, test } from 'vitest';
import { InvariantError, StoreError, VendorRefused, VendorUnreachable } from '../src/errors.ts';
import { type InboxItem, putInbox, releaseLeases } from '../src/store/inbox.ts';
import { openThread } from '../src/store/threads.ts';
import { createWorker, type Handled, type Handler } from '../src/worker.ts';
import { createFakeClock } from './helpers/clock.ts';
import { openTestDatabase } from './helpers/database.ts';
import { createIds } from './helpers/ids.ts';
import { createLogbook } from './helpers/logbook.ts';

const DONE: Handled = { commit: async () => undefined };

async function createTestWorker(handlers: Record<string, Handler>) {
  const clock = createFakeClock();
  const db = await openTestDatabase();
  const log = createLogbook();
  const newId = createIds();
  let commits = 0;
  const worker = createWorker({ db, clock, newId, log, handlers, onCommit: () => void commits++ });
  onTestFinished(() => worker.stop(0));
  return {
    ...{ worker, clock, db, log, commits: () => commits },
    put: (kind: string, lane = 'L1', sortTs = '1.000001') =>
      putInbox(db, [{ kind, key: newId(), lane, sortTs, body: {} }], { newId, now: clock.now() }),
    items: () => db.selectFrom('inbox').selectAll().orderBy('id').execute(),
    states: async () =>
      (await db.selectFrom('inbox').select('state').orderBy('id').execute()).map(({ state }) => state),
  };
}

/** A handler that notes when it was called and does what `act` says. */
function createHandler(act: (item: InboxItem, call: number) => Promise<Handled>) {
  const calls: number[] = [];
  const start = { ms: -1 };
  const handler: Handler = {
    async handle(item) {
      if (start.ms < 0) start.ms = Date.now();
      calls.push(Date.now() - start.ms);
      return act(item, calls.length);
    },
  };
  return { handler, calls };
}

const failing = (error: Error) =>
  createHandler(async () => {
    throw error;
  });

describe('an item', () => {
  test('is done together with its effects, and whoever sends is woken after that', async () => {
    const desk = await createTestWorker({
      note: {
        handle: async () => ({ commit: (db) => openThread(db, { channel: 'C1', threadTs: '1.0' }, 1) }),
      },
    });
    await desk.put('note');
    desk.worker.start();
    await desk.clock.advance(0);
    expect(await desk.states()).toEqual(['done']);
    expect(await desk.db.selectFrom('threads').select('channel').execute()).toEqual([{ channel: 'C1' }]);
    expect(desk.commits()).toBe(1);
  });

  test('leaves nothing of its effects when one of them fails', async () => {
    const desk = await createTestWorker({
      note: {
        handle: async () => ({
          async commit(db) {
            await openThread(db, { channel: 'C1', threadTs: '1.0' }, 1);
            throw new InvariantError('the second one failed');
          },
        }),
      },
    });
    await desk.put('note');
    desk.worker.start();
    await desk.clock.advance(0);
    expect(await desk.states()).toEqual(['dead']);
    expect(await desk.db.selectFrom('threads').selectAll().execute()).toEqual([]);
  });

  test('that another one has taken over meanwhile has no effect', async () => {
    let desk: Awaited<ReturnType<typeof createTestWorker>>;
    let effects = 0;
    const slow = createHandler(async (_item, call) => {
      if (call === 1) {
        await releaseLeases(desk.db);
        await desk.db.updateTable('inbox').set({ state: 'leased', lease_token: 'another' }).execute();
      }
      return { commit: async () => void effects++ };
    });
    desk = await createTestWorker({ slow: slow.handler });
    await desk.put('slow');
    desk.worker.start();
    await desk.clock.advance(0);
    expect(effects).toBe(0);
    expect(await desk.items()).toEqual([
      expect.objectContaining({ state: 'leased', lease_token: 'another' }),
    ]);
  });

  test('that waits for something is looked at again after its time, uncounted, as often as it takes', async () => {
    const waiting = createHandler(async (_item, call) => (call < 8 ? { parkMs: 500 } : DONE));
    const desk = await createTestWorker({ wait: waiting.handler });
    await desk.put('wait');
    desk.worker.start();
    await desk.clock.advance(10_000);
    expect(waiting.calls).toEqual([0, 500, 1_000, 1_500, 2_000, 2_500, 3_000, 3_500]);
    expect(await desk.items()).toEqual([expect.objectContaining({ state: 'done', attempts: 1 })]);
  });
});

describe('a failure that may pass', () => {
  test('is tried again after 0.5, 2 and 6 seconds, then given up and told', async () => {
    const told: string[] = [];
    const flaky = failing(new VendorUnreachable('Model', 'no route'));
    flaky.handler.giveUp = async (_db, _item, reason) => void told.push(reason);
    const desk = await createTestWorker({ ask: flaky.handler });
    await desk.put('ask');
    desk.worker.start();
    await desk.clock.advance(60_000);
    expect(flaky.calls).toEqual([0, 500, 2_500, 8_500]);
    expect(told).toEqual(['Model could not be reached: no route']);
    expect(await desk.items()).toEqual([
      expect.objectContaining({ state: 'dead', attempts: 4, error: 'Model could not be reached: no route' }),
    ]);
    expect(desk.log.of('warn')).toHaveLength(3);
    expect(desk.log.of('error')).toEqual(['an item was given up']);
  });

  test('is no failure once it has passed', async () => {
    const flaky = createHandler(async (_item, call) => {
      if (call < 3) throw new VendorUnreachable('Model', 'no route');
      return DONE;
    });
    const desk = await createTestWorker({ ask: flaky.handler });
    await desk.put('ask');
    desk.worker.start();
    await desk.clock.advance(60_000);
    expect(flaky.calls).toEqual([0, 500, 2_500]);
    expect(await desk.states()).toEqual(['done']);
    expect(desk.log.of('error')).toEqual([]);
  });
});

describe('a failure that stays', () => {
  test.each([
    ['a refusal', new VendorRefused('Slack', 'not_in_channel', { retry: 'never' })],
    ['a defect of ours', new InvariantError('cannot be')],
    ['any other error', new TypeError('undefined is not a function')],
  ])('%s is given up at once and told', async (_title, error) => {
    let told = 0;
    const broken = failing(error);
    broken.handler.giveUp = async () => void told++;
    const desk = await createTestWorker({ ask: broken.handler });
    await desk.put('ask');
    desk.worker.start();
    await desk.clock.advance(60_000);
    expect([broken.calls.length, told]).toEqual([1, 1]);
    expect(await desk.states()).toEqual(['dead']);
  });

  test('of a kind that nothing handles is given up', async () => {
    const desk = await createTestWorker({});
    await desk.put('unheard of');
    desk.worker.start();
    await desk.clock.advance(0);
    expect(await desk.items()).toEqual([
      expect.objectContaining({ state: 'dead', error: expect.stringContaining('unheard of') }),
    ]);
  });

  test('blocks neither its own lane nor any other', async () => {
    const poison = failing(new TypeError('poison'));
    const good = createHandler(async () => DONE);
    const desk = await createTestWorker({ poison: poison.handler, good: good.handler });
    for (let lane = 0; lane < 20; lane++) await desk.put('poison', `P${lane}`);
    await desk.put('good', 'P0', '1.000002');
    await desk.put('good', 'G1');
    desk.worker.start();
    await desk.clock.advance(0);
    expect(good.calls).toHaveLength(2);
  });

  test('holds back its lane while it is tried again, and no other', async () => {
    const order: string[] = [];
    const flaky = createHandler(async (_item, call) => {
      if (call === 1) throw new VendorUnreachable('Model', 'no route');
      order.push('first');
      return DONE;
    });
    const good = createHandler(async (item) => {
      order.push(`good in ${item.lane}`);
      return DONE;
    });
    const desk = await createTestWorker({ flaky: flaky.handler, good: good.handler });
    await desk.put('flaky', 'L1', '1.000001');
    await desk.put('good', 'L1', '1.000002');
    await desk.put('good', 'L2');
    desk.worker.start();
    await desk.clock.advance(60_000);
    expect(order).toEqual(['good in L2', 'first', 'good in L1']);
  });
});

describe('giving up', () => {
  test('commits together with what is told of it', async () => {
    const broken = failing(new InvariantError('cannot be'));
    broken.handler.giveUp = (db) => openThread(db, { channel: 'C1', threadTs: '1.0' }, 1);
    const desk = await createTestWorker({ ask: broken.handler });
    await desk.put('ask');
    desk.worker.start();
    await desk.clock.advance(0);
    expect(await desk.db.selectFrom('threads').select('channel').execute()).toEqual([{ channel: 'C1' }]);
    expect(desk.commits()).toBe(1);
  });

  test('frees the lane also when it cannot be told, and leaves nothing half told', async () => {
    const broken = failing(new InvariantError('cannot be'));
    broken.handler.giveUp = async (db) => {
      await openThread(db, { channel: 'C1', threadTs: '1.0' }, 1);
      throw new TypeError('cannot be told');
    };
    const good = createHandler(async () => DONE);
    const desk = await createTestWorker({ ask: broken.handler, good: good.handler });
    await desk.put('ask', 'L1', '1.000001');
    await desk.put('good', 'L1', '1.000002');
    desk.worker.start();
    await desk.clock.advance(0);
    expect(await desk.states()).toEqual(['dead', 'done']);
    expect(await desk.db.selectFrom('threads').selectAll().execute()).toEqual([]);
    expect(desk.log.of('error')).toContain('nobody could be told that an item was given up');
  });

  test('is tried again while the database refuses it', async () => {
    let refusals = 0;
    const broken = failing(new InvariantError('cannot be'));
    broken.handler.giveUp = async () => {
      if (refusals++ < 2) throw new StoreError('the database is locked');
    };
    const desk = await createTestWorker({ ask: broken.handler });
    await desk.put('ask');
    desk.worker.start();
    await desk.clock.advance(60_000);
    expect(refusals).toBe(3);
    expect(await desk.states()).toEqual(['dead']);
  });

  test('is what happens to an item that ended the process four times', async () => {
    let told = 0;
    const deadly = createHandler(async () => DONE);
    deadly.handler.giveUp = async () => void told++;
    const desk = await createTestWorker({ deadly: deadly.handler });
    await desk.put('deadly');
    await desk.db.updateTable('inbox').set({ state: 'leased', attempts: 4 }).execute();
    await releaseLeases(desk.db);
    desk.worker.start();
    await desk.clock.advance(0);
    expect([deadly.calls.length, told]).toEqual([0, 1]);
    expect(await desk.items()).toEqual([
      expect.objectContaining({ state: 'dead', error: expect.stringContaining('never came to an end') }),
    ]);
  });
});

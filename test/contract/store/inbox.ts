import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  buryInbox,
  claimInbox,
  finishInbox,
  type InboxItem,
  type NewInboxItem,
  nextInboxDue,
  parkInbox,
  putInbox,
  releaseLeases,
  retryInbox,
} from '../../../src/store/inbox.ts';
import type { Database } from '../../../src/store/schema.ts';
import { anyText } from '../../helpers/any-text.ts';
import { createIds } from '../../helpers/ids.ts';

const NOW = 1_000;

/** The inbox with the ids and the clock held still, so that a test says only what it is about. */
function openInbox(db: Database) {
  const newId = createIds('in');
  const newToken = createIds('token');
  const lease = (item: InboxItem) => ({ id: item.id, token: item.lease_token ?? '', now: NOW });
  return {
    lease,
    put: (...items: Partial<NewInboxItem>[]) =>
      putInbox(
        db,
        items.map((item) => {
          const key = item.key ?? `event-${newId()}`;
          return { kind: 'message', lane: 'C1:1.0', sortTs: '1.000001', body: {}, ...item, key };
        }),
        { newId, now: NOW },
      ),
    claim: (now = NOW) => claimInbox(db, { token: newToken(), now }),
    claimSure: async (now = NOW) => {
      const item = await claimInbox(db, { token: newToken(), now });
      if (item === undefined) throw new Error('nothing could be claimed');
      return item;
    },
    finish: (item: InboxItem) => finishInbox(db, lease(item)),
    read: (id: string) => db.selectFrom('inbox').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    count: async () => (await db.selectFrom('inbox').select('id').execute()).length,
  };
}

export function describeInbox(open: () => Promise<Database>): void {
  describeDelivery(open);
  describeLanes(open);
  describeLeases(open);
  describeWaiting(open);
}

function describeDelivery(open: () => Promise<Database>): void {
  test('a redelivery is stored once', async () => {
    const inbox = openInbox(await open());
    expect(await inbox.put({ key: 'Ev1' })).toBe(1);
    expect(await inbox.put({ key: 'Ev1' })).toBe(0);
    expect(await inbox.put({ key: 'Ev1' }, { key: 'Ev2' })).toBe(1);
    expect(await inbox.count()).toBe(2);
  });

  test('a redelivery of something done long ago is not worked on again', async () => {
    const inbox = openInbox(await open());
    await inbox.put({ key: 'Ev1' });
    await inbox.finish(await inbox.claimSure());
    expect(await inbox.put({ key: 'Ev1' })).toBe(0);
    expect(await inbox.claim()).toBeUndefined();
  });

  test('one post is one item, though it comes as a message and as a mention', async () => {
    const inbox = openInbox(await open());
    expect(await inbox.put({ key: 'Ev1', subject: 'message:C1:1.0' })).toBe(1);
    expect(await inbox.put({ key: 'Ev2', subject: 'message:C1:1.0' })).toBe(0);
    expect(await inbox.put({ key: 'Ev3', subject: 'message:C2:1.0' })).toBe(1);
  });

  test('deliveries without a subject all count', async () => {
    const inbox = openInbox(await open());
    expect(await inbox.put({ key: 'Ev1' }, { key: 'Ev2' })).toBe(2);
  });

  test('the first delivery is the one that is kept', async () => {
    const inbox = openInbox(await open());
    await inbox.put({ key: 'Ev1', body: { text: 'first' } });
    await inbox.put({ key: 'Ev1', body: { text: 'second' } });
    expect(JSON.parse((await inbox.claimSure()).body)).toEqual({ text: 'first' });
  });

  test('any text comes out as it went in', async () => {
    const inbox = openInbox(await open());
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        await inbox.put({ body: { text } });
        const item = await inbox.claimSure();
        await inbox.finish(item);
        expect(JSON.parse(item.body)).toEqual({ text });
      }),
      { numRuns: 50 },
    );
  });
}

function describeLanes(open: () => Promise<Database>): void {
  test('a lane is worked on in the order in which people wrote, not in which Slack delivered', async () => {
    const inbox = openInbox(await open());
    await inbox.put({ sortTs: '1.000003' }, { sortTs: '1.000001' }, { sortTs: '1.000002' });
    const order: string[] = [];
    for (let item = await inbox.claim(); item; item = await inbox.claim()) {
      order.push(item.sort_ts);
      await inbox.finish(item);
    }
    expect(order).toEqual(['1.000001', '1.000002', '1.000003']);
  });

  test('a lane in work gives nothing more, while others go on', async () => {
    const inbox = openInbox(await open());
    await inbox.put({ sortTs: '1.000001' }, { sortTs: '1.000002' }, { lane: 'C2:1.0' });
    const first = await inbox.claimSure();
    expect((await inbox.claimSure()).lane).not.toBe(first.lane);
    expect(await inbox.claim()).toBeUndefined();
    await inbox.finish(first);
    expect((await inbox.claimSure()).sort_ts).toBe('1.000002');
  });

  test('what arrives late with an earlier time waits for the item in work', async () => {
    const inbox = openInbox(await open());
    await inbox.put({ sortTs: '1.000002' });
    const inWork = await inbox.claimSure();
    await inbox.put({ sortTs: '1.000001' });
    expect(await inbox.claim()).toBeUndefined();
    await inbox.finish(inWork);
    expect((await inbox.claimSure()).sort_ts).toBe('1.000001');
  });

  test('an item that is given up frees its lane', async () => {
    const inbox = openInbox(await open());
    const db = await open();
    const own = openInbox(db);
    await own.put({ sortTs: '1.000001' }, { sortTs: '1.000002' });
    const dead = await own.claimSure();
    expect(await buryInbox(db, { ...inbox.lease(dead), error: 'no use' })).toBe(true);
    expect((await own.claimSure()).sort_ts).toBe('1.000002');
    expect(await own.read(dead.id)).toMatchObject({ state: 'dead', error: 'no use', lease_token: null });
  });

  test('whatever comes and goes, no lane is in work twice and each keeps its order', async () => {
    const step = fc.oneof(
      fc.record({ put: fc.integer({ min: 1, max: 9 }), lane: fc.constantFrom('A', 'B', 'C') }),
      fc.constant('claim' as const),
      fc.record({ settle: fc.nat(5), how: fc.constantFrom('finish', 'retry', 'park', 'bury') }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const db = await open();
        const inbox = openInbox(db);
        const inWork: InboxItem[] = [];
        for (const one of steps) {
          if (one === 'claim') {
            const item = await inbox.claim();
            if (item) await expectFirstOfItsLane(db, item);
            if (item) inWork.push(item);
          } else if ('put' in one) await inbox.put({ lane: one.lane, sortTs: `1.00000${one.put}` });
          else await settle(db, inbox.lease, inWork, one);
          expect(new Set(inWork.map(({ lane }) => lane)).size).toBe(inWork.length);
        }
      }),
      { numRuns: 40 },
    );
  });
}

async function expectFirstOfItsLane(db: Database, item: InboxItem): Promise<void> {
  const waiting = await db
    .selectFrom('inbox')
    .select(['sort_ts', 'id'])
    .where('lane', '=', item.lane)
    .where('state', '=', 'ready')
    .execute();
  for (const other of waiting)
    expect([item.sort_ts, item.id].join() < [other.sort_ts, other.id].join()).toBe(true);
}

async function settle(
  db: Database,
  lease: (item: InboxItem) => { id: string; token: string; now: number },
  inWork: InboxItem[],
  step: { settle: number; how: string },
): Promise<void> {
  const [item] = inWork.splice(step.settle % Math.max(1, inWork.length), 1);
  if (item === undefined) return;
  const done = { ...lease(item), notBefore: NOW, error: '' };
  const ways = { finish: finishInbox, retry: retryInbox, park: parkInbox, bury: buryInbox };
  expect(await ways[step.how as keyof typeof ways](db, done)).toBe(true);
}

function describeLeases(open: () => Promise<Database>): void {
  test('a lease that is no longer ours changes nothing', async () => {
    const db = await open();
    const inbox = openInbox(db);
    await inbox.put({});
    const before = await inbox.claimSure();
    await releaseLeases(db);
    const now = await inbox.claimSure();
    expect(now.id).toBe(before.id);
    const stale = { ...inbox.lease(before), notBefore: 9_999, error: 'stale' };
    for (const end of [finishInbox, retryInbox, parkInbox, buryInbox])
      expect(await end(db, stale)).toBe(false);
    expect(await inbox.read(now.id)).toEqual(now);
    expect(await inbox.finish(now)).toBe(true);
    expect(await inbox.finish(now)).toBe(false);
  });

  test('the attempt is counted before the work', async () => {
    const db = await open();
    const inbox = openInbox(db);
    await inbox.put({});
    for (const attempt of [1, 2, 3]) {
      expect((await inbox.claimSure()).attempts).toBe(attempt);
      await releaseLeases(db);
    }
  });

  test('what was in work when the process ended is worked on again, and nothing else', async () => {
    const db = await open();
    const inbox = openInbox(db);
    await inbox.put({ lane: 'A' }, { lane: 'B' });
    await inbox.finish(await inbox.claimSure());
    const lost = await inbox.claimSure();
    await releaseLeases(db);
    expect((await inbox.claimSure()).id).toBe(lost.id);
    expect(await inbox.claim()).toBeUndefined();
  });
}

function describeWaiting(open: () => Promise<Database>): void {
  test('a failed item waits for its time, counts the try, and holds its lane', async () => {
    const db = await open();
    const inbox = openInbox(db);
    await inbox.put({ sortTs: '1.000001' }, { sortTs: '1.000002' }, { lane: 'other' });
    const failed = await inbox.claimSure();
    await retryInbox(db, { ...inbox.lease(failed), notBefore: NOW + 500, error: 'not now' });
    expect((await inbox.claimSure()).lane).toBe('other');
    expect(await inbox.claim(NOW + 499)).toBeUndefined();
    const again = await inbox.claimSure(NOW + 500);
    expect(again).toMatchObject({ id: failed.id, attempts: 2, error: 'not now' });
  });

  test('a parked item waits uncounted', async () => {
    const db = await open();
    const inbox = openInbox(db);
    await inbox.put({});
    for (const start of [0, 500, 1_000]) {
      const item = await inbox.claimSure(NOW + start);
      expect(item.attempts).toBe(1);
      await parkInbox(db, { ...inbox.lease(item), notBefore: NOW + start + 500 });
      expect(await inbox.claim(NOW + start + 499)).toBeUndefined();
    }
  });

  test('the next due time is that of the first item that waits', async () => {
    const db = await open();
    const inbox = openInbox(db);
    expect(await nextInboxDue(db, NOW)).toBeUndefined();
    await inbox.put({ lane: 'A' }, { lane: 'B' });
    expect(await nextInboxDue(db, NOW)).toBeUndefined();
    for (const notBefore of [NOW + 700, NOW + 300]) {
      await retryInbox(db, { ...inbox.lease(await inbox.claimSure()), notBefore, error: '' });
    }
    expect(await nextInboxDue(db, NOW)).toBe(NOW + 300);
    expect(await nextInboxDue(db, NOW + 300)).toBe(NOW + 700);
  });
}

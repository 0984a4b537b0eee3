import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Content } from '../../../src/conversation/content.ts';
import {
  claimOutbox,
  doubtUnsettled,
  enqueue,
  findByKey,
  findByMessage,
  findUnknown,
  hasUnsettled,
  markSent,
  markUnsent,
  nextOutboxDue,
  type OutboxRow,
  type Target,
} from '../../../src/store/outbox.ts';
import type { Database } from '../../../src/store/schema.ts';
import { createIds } from '../../helpers/ids.ts';

const NOW = 1_000;
const line = (text: string): Content => ({ kind: 'line', text });

/** The outbox with ids and the clock held still. */
function openOutbox(db: Database) {
  const newId = createIds('out');
  return {
    put: (key: string, target: Target | string = 'C1', text = key) =>
      enqueue(
        db,
        {
          key,
          target: typeof target === 'string' ? { to: 'channel', channel: target } : target,
          content: line(text),
        },
        { newId, now: NOW },
      ),
    claim: (now = NOW, busy: string[] = []) => claimOutbox(db, now, busy),
    claimSure: async (now = NOW) => {
      const row = await claimOutbox(db, now, []);
      if (row === undefined) throw new Error('nothing could be claimed');
      return row;
    },
    sent: (row: OutboxRow, ts = '1.000001') => markSent(db, { id: row.id, now: NOW, channel: 'C1', ts }),
    unsent: (row: OutboxRow, state: 'pending' | 'unknown' | 'dead', notBefore = NOW) =>
      markUnsent(db, { id: row.id, state, notBefore, error: 'e' }),
    rows: () => db.selectFrom('outbox').selectAll().orderBy('id').execute(),
  };
}

const textOf = (row: OutboxRow | undefined) =>
  (row && (JSON.parse(row.content) as { text: string }).text) ?? '';
const edit = (of: string): Target => ({ to: 'edit', of });

export function describeOutbox(open: () => Promise<Database>): void {
  describeKeys(open);
  describeLanes(open);
  describeEdits(open);
  describeDoubt(open);
}

function describeKeys(open: () => Promise<Database>): void {
  test('the same key is sent once, as it was first said', async () => {
    const outbox = openOutbox(await open());
    await outbox.put('reply:1', 'C1', 'first');
    await outbox.put('reply:1', 'C1', 'second');
    const row = await outbox.claimSure();
    expect(textOf(row)).toBe('first');
    await outbox.sent(row);
    await outbox.put('reply:1', 'C1', 'third');
    expect(await outbox.claim()).toBeUndefined();
  });

  test('what a transaction enqueues goes away with it', async () => {
    const db = await open();
    const outbox = openOutbox(db);
    const failing = db.transaction().execute(async (transaction) => {
      await openOutbox(transaction as unknown as Database).put('reply:1');
      throw new Error('undone');
    });
    await expect(failing).rejects.toThrow('undone');
    expect(await outbox.rows()).toEqual([]);
  });

  test('a sent row is found by its message and by its key', async () => {
    const db = await open();
    const outbox = openOutbox(db);
    await outbox.put('card:E1');
    await outbox.sent(await outbox.claimSure(), '7.000001');
    expect((await findByMessage(db, 'C1', '7.000001'))?.key).toBe('card:E1');
    expect(await findByMessage(db, 'C2', '7.000001')).toBeUndefined();
    expect(await findByKey(db, 'card:E1')).toMatchObject({ state: 'sent', ts: '7.000001', error: null });
  });

  test('an edit is not the message it edits', async () => {
    const db = await open();
    const outbox = openOutbox(db);
    await outbox.put('card:E1');
    await outbox.sent(await outbox.claimSure(), '7.000001');
    await outbox.put('card:E1:decided', edit('card:E1'));
    await outbox.sent(await outbox.claimSure(), '7.000001');
    expect((await findByMessage(db, 'C1', '7.000001'))?.key).toBe('card:E1');
    await db.deleteFrom('outbox').where('key', '=', 'card:E1').execute();
    expect(await findByMessage(db, 'C1', '7.000001')).toBeUndefined();
  });
}

function describeLanes(open: () => Promise<Database>): void {
  test('a channel gets its messages one after another and in order', async () => {
    const outbox = openOutbox(await open());
    for (const key of ['a', 'b', 'c']) await outbox.put(key);
    const order: string[] = [];
    for (let row = await outbox.claim(); row; row = await outbox.claim()) {
      expect(await outbox.claim()).toBeUndefined();
      order.push(row.key);
      await outbox.sent(row);
    }
    expect(order).toEqual(['a', 'b', 'c']);
  });

  test('messages to a thread, a channel and a person in it share the channel’s lane; other lanes go on', async () => {
    const outbox = openOutbox(await open());
    await outbox.put('a', { to: 'thread', channel: 'C1', threadTs: '1.0' });
    await outbox.put('b', { to: 'person', channel: 'C1', user: 'U1' });
    await outbox.put('c', { to: 'message', channel: 'C1', ts: '1.0' });
    await outbox.put('d', 'C2');
    await outbox.put('e', { to: 'direct', user: 'U1' });
    await outbox.put('f', { to: 'home', user: 'U1' });
    await outbox.put('g', { to: 'response', url: 'https://x.example' });
    const keys: string[] = [];
    for (let row = await outbox.claim(); row; row = await outbox.claim()) keys.push(row.key);
    expect(keys).toEqual(['a', 'd', 'e', 'f', 'g']);
  });

  test.each(['pending', 'unknown'] as const)('a row that is %s holds back those behind it', async (state) => {
    const outbox = openOutbox(await open());
    await outbox.put('a');
    await outbox.put('b');
    await outbox.unsent(await outbox.claimSure(), state, NOW + 500);
    expect(await outbox.claim()).toBeUndefined();
  });

  test('a row that is given up lets those behind it go', async () => {
    const outbox = openOutbox(await open());
    await outbox.put('a');
    await outbox.put('b');
    await outbox.unsent(await outbox.claimSure(), 'dead');
    expect((await outbox.claimSure()).key).toBe('b');
  });

  test('a row waits for its time, and each try is counted before it is made', async () => {
    const db = await open();
    const outbox = openOutbox(db);
    await outbox.put('a');
    const first = await outbox.claimSure();
    expect(first).toMatchObject({ attempts: 1, state: 'sending' });
    await outbox.unsent(first, 'pending', NOW + 500);
    expect(await nextOutboxDue(db, NOW)).toBe(NOW + 500);
    expect(await outbox.claim(NOW + 499)).toBeUndefined();
    expect(await outbox.claimSure(NOW + 500)).toMatchObject({ attempts: 2, error: 'e' });
    expect(await nextOutboxDue(db, NOW)).toBeUndefined();
  });

  test('lanes that are busy are passed over', async () => {
    const outbox = openOutbox(await open());
    await outbox.put('a', 'C1');
    await outbox.put('b', 'C2');
    expect((await outbox.claim(NOW, ['C1']))?.key).toBe('b');
    expect(await outbox.claim(NOW, ['C1', 'C2'])).toBeUndefined();
  });
}

function describeEdits(open: () => Promise<Database>): void {
  test('edits of one message that wait become one: the newest', async () => {
    const outbox = openOutbox(await open());
    await outbox.put('m');
    for (const state of ['1', '2', '3']) await outbox.put(`m:${state}`, edit('m'), state);
    await outbox.put('n:1', edit('n'), 'of another message');
    await outbox.sent(await outbox.claimSure());
    const row = await outbox.claimSure();
    expect(textOf(row)).toBe('3');
    await outbox.sent(row);
    expect(await outbox.claim()).toBeUndefined();
  });

  test('an edit under way is not changed: the newer one follows it', async () => {
    const outbox = openOutbox(await open());
    await outbox.put('m');
    await outbox.sent(await outbox.claimSure());
    await outbox.put('m:1', edit('m'), 'old');
    const underWay = await outbox.claimSure();
    await outbox.put('m:2', edit('m'), 'new');
    expect(await outbox.claim()).toBeUndefined();
    expect(textOf(underWay)).toBe('old');
    await outbox.sent(underWay);
    expect(textOf(await outbox.claimSure())).toBe('new');
  });

  test.each(['pending', 'sending', 'unknown'] as const)(
    'an edit waits while its message is %s',
    async (state) => {
      const db = await open();
      const outbox = openOutbox(db);
      await outbox.put('m');
      await outbox.put('m:1', edit('m'));
      if (state === 'pending') expect((await outbox.claim())?.key).toBe('m');
      const row = state === 'pending' ? await findByKey(db, 'm') : await outbox.claimSure();
      if (row && state !== 'sending') await outbox.unsent(row, state, NOW + 500);
      expect(await outbox.claim()).toBeUndefined();
      if (row) await outbox.sent(row);
      expect((await outbox.claimSure()).key).toBe('m:1');
    },
  );

  test('an edit of a message that was given up comes up, so that it can be given up, too', async () => {
    const outbox = openOutbox(await open());
    await outbox.put('m');
    await outbox.put('m:1', edit('m'));
    await outbox.unsent(await outbox.claimSure(), 'dead');
    expect((await outbox.claimSure()).key).toBe('m:1');
  });

  test('whatever is edited whenever, the last state of a message is the last one sent, none twice', async () => {
    const step = fc.constantFrom('edit', 'claim', 'settle');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const outbox = openOutbox(await open());
        await outbox.put('m', 'C1', '0');
        let version = 0;
        const sent: number[] = [];
        let underWay: OutboxRow | undefined;
        const settle = async () => {
          if (underWay) sent.push(Number(textOf(underWay)));
          if (underWay) await outbox.sent(underWay);
          underWay = undefined;
        };
        for (const one of steps) {
          if (one === 'edit') await outbox.put(`m:${++version}`, edit('m'), String(version));
          else if (one === 'claim') underWay ??= await outbox.claim();
          else await settle();
        }
        await settle();
        for (underWay = await outbox.claim(); underWay; underWay = await outbox.claim()) await settle();
        expect(sent.at(-1)).toBe(version);
        expect(sent).toEqual([...new Set(sent)].sort((a, b) => a - b));
      }),
      { numRuns: 40 },
    );
  });
}

function describeDoubt(open: () => Promise<Database>): void {
  test('what was being sent when the process ended is doubtful, and nothing else', async () => {
    const db = await open();
    const outbox = openOutbox(db);
    for (const [key, channel] of [
      ['a', 'C1'],
      ['b', 'C2'],
      ['c', 'C3'],
      ['d', 'C4'],
    ] as const)
      await outbox.put(key, channel);
    await outbox.sent(await outbox.claimSure());
    await outbox.claimSure();
    await outbox.unsent(await outbox.claimSure(), 'dead');
    await doubtUnsettled(db);
    expect((await outbox.rows()).map(({ key, state }) => [key, state])).toEqual([
      ['a', 'sent'],
      ['b', 'unknown'],
      ['c', 'dead'],
      ['d', 'pending'],
    ]);
  });

  test('a doubtful row is never sent: it comes up to be looked for, when it is due and its lane is free', async () => {
    const db = await open();
    const outbox = openOutbox(db);
    await outbox.put('a');
    const row = await outbox.claimSure();
    await outbox.unsent(row, 'unknown', NOW + 500);
    expect(await findUnknown(db, NOW + 499, [])).toBeUndefined();
    expect(await nextOutboxDue(db, NOW)).toBe(NOW + 500);
    expect((await findUnknown(db, NOW + 500, []))?.key).toBe('a');
    expect(await findUnknown(db, NOW + 500, ['C1'])).toBeUndefined();
    expect(await outbox.claim(NOW + 9_999)).toBeUndefined();
  });

  test('a row found not to have arrived is sent again, counted as another try', async () => {
    const outbox = openOutbox(await open());
    await outbox.put('a');
    const row = await outbox.claimSure();
    await outbox.unsent(row, 'unknown');
    await outbox.unsent(row, 'pending');
    expect(await outbox.claimSure()).toMatchObject({ key: 'a', attempts: 2 });
  });

  test('a channel has unsettled messages while one is under way or doubtful', async () => {
    const db = await open();
    const outbox = openOutbox(db);
    await outbox.put('a');
    expect(await hasUnsettled(db, 'C1')).toBe(false);
    const row = await outbox.claimSure();
    expect(await hasUnsettled(db, 'C1')).toBe(true);
    expect(await hasUnsettled(db, 'C2')).toBe(false);
    await outbox.unsent(row, 'unknown');
    expect(await hasUnsettled(db, 'C1')).toBe(true);
    await outbox.sent(row);
    expect(await hasUnsettled(db, 'C1')).toBe(false);
  });
}

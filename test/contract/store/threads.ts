import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Database } from '../../../src/store/schema.ts';
import {
  findThread,
  type Message,
  openThread,
  readThread,
  recordMessage,
  rewriteMessage,
  updateThread,
} from '../../../src/store/threads.ts';
import { storableText } from '../../helpers/any-text.ts';

const KEY = { channel: 'C1', threadTs: '1.000000' };

const message = (ts: string, more: Partial<Message> = {}): Message => ({
  channel: 'C1',
  ts,
  thread_ts: '1.000000',
  user: 'U1',
  role: 'customer',
  text: `said at ${ts}`,
  at: 1,
  ...more,
});

const ALL = { beforeTs: '9.000000', limit: 50 };

export function describeThreads(open: () => Promise<Database>): void {
  test('a thread is opened once and keeps who holds it', async () => {
    const db = await open();
    expect(await findThread(db, KEY)).toBeUndefined();
    await openThread(db, KEY, 10);
    await updateThread(db, KEY, { staff_spoke_at: 20 });
    await openThread(db, KEY, 30);
    const thread = await findThread(db, KEY);
    expect(Number(thread?.created_at)).toBe(10);
    expect(Number(thread?.staff_spoke_at)).toBe(20);
    expect(thread?.handed_over_at).toBeNull();
    await updateThread(db, KEY, { staff_spoke_at: null, handed_over_at: 40 });
    expect(await findThread(db, KEY)).toMatchObject({ staff_spoke_at: null });
  });

  test('threads of two channels with the same time are two threads', async () => {
    const db = await open();
    await openThread(db, KEY, 1);
    expect(await findThread(db, { ...KEY, channel: 'C2' })).toBeUndefined();
    await openThread(db, { ...KEY, channel: 'C2' }, 1);
    await updateThread(db, KEY, { staff_spoke_at: 20 });
    expect(await findThread(db, { ...KEY, channel: 'C2' })).toMatchObject({ staff_spoke_at: null });
  });

  test('the last messages before a question come oldest first', async () => {
    const db = await open();
    for (const ts of ['3.000000', '1.000000', '4.000000', '2.000000']) await recordMessage(db, message(ts));
    const read = async (beforeTs: string, limit: number) =>
      (await readThread(db, KEY, { beforeTs, limit })).map(({ ts }) => ts);
    expect(await read('9.000000', 50)).toEqual(['1.000000', '2.000000', '3.000000', '4.000000']);
    expect(await read('4.000000', 2)).toEqual(['2.000000', '3.000000']);
    expect(await read('1.000000', 50)).toEqual([]);
  });

  test('messages of other threads and channels are not among them', async () => {
    const db = await open();
    await recordMessage(db, message('2.000000'));
    await recordMessage(db, message('3.000000', { thread_ts: '3.000000' }));
    await recordMessage(db, message('4.000000', { channel: 'C2' }));
    expect((await readThread(db, KEY, ALL)).map(({ ts }) => ts)).toEqual(['2.000000']);
  });

  test('a post is kept once, as it was first told', async () => {
    const db = await open();
    await recordMessage(db, message('2.000000', { text: 'first' }));
    await recordMessage(db, message('2.000000', { text: 'second' }));
    expect((await readThread(db, KEY, ALL)).map(({ text }) => text)).toEqual(['first']);
  });

  test('an edited post reads as edited, a deleted one is gone, others stay', async () => {
    const db = await open();
    for (const ts of ['2.000000', '3.000000', '4.000000']) await recordMessage(db, message(ts));
    await recordMessage(db, message('3.000000', { channel: 'C2' }));
    await rewriteMessage(db, { channel: 'C1', ts: '2.000000' }, 'edited');
    await rewriteMessage(db, { channel: 'C1', ts: '3.000000' }, '');
    expect((await readThread(db, KEY, ALL)).map(({ text }) => text)).toEqual(['edited', 'said at 4.000000']);
    expect(await readThread(db, { ...KEY, channel: 'C2' }, ALL)).toHaveLength(1);
  });

  test('an edit of a post nobody has seen is no message', async () => {
    const db = await open();
    await rewriteMessage(db, { channel: 'C1', ts: '2.000000' }, 'edited');
    expect(await readThread(db, KEY, ALL)).toEqual([]);
  });

  test('hostile text is data', async () => {
    const db = await open();
    let second = 1;
    await fc.assert(
      fc.asyncProperty(fc.oneof(storableText, fc.constant("'); drop table messages; --")), async (text) => {
        fc.pre(text !== '');
        const ts = `${++second}.000000`.padStart(12, '0');
        await recordMessage(db, message(ts, { text, thread_ts: ts }));
        expect(await readThread(db, { channel: 'C1', threadTs: ts }, ALL)).toEqual([
          expect.objectContaining({ ts, text }),
        ]);
      }),
      { numRuns: 50 },
    );
  });
}

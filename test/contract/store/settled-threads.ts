import { expect, test } from 'vitest';
import type { Database } from '../../../src/store/schema.ts';
import { listSettledThreads, readSettledThread } from '../../../src/store/settled-threads.ts';
import { type Message, recordMessage } from '../../../src/store/threads.ts';

export function describeSettledThreads(open: () => Promise<Database>): void {
  test('are those in which staff said something long enough ago, and stay so whoever speaks after', async () => {
    const db = await open();
    const say = (thread: string, ts: string, role: Message['role'], at: number, text = 'words') =>
      recordMessage(db, { channel: 'C1', ts, thread_ts: thread, user: 'U1', role, text, at });
    await say('1.0', '1.0', 'customer', 100);
    await say('1.0', '1.1', 'staff', 200);
    await say('1.0', '1.2', 'customer', 900, 'thanks');
    await say('2.0', '2.0', 'customer', 300);
    await say('2.0', '2.1', 'bot', 310);
    await say('3.0', '3.0', 'customer', 400);
    await say('3.0', '3.1', 'staff', 900);
    await say('4.0', '4.0', 'customer', 420);
    await say('4.0', '4.1', 'staff', 430);
    await say('5.0', '5.0', 'staff', 440, '');
    await say('6.0', '6.0', 'staff', 6);
    const list = async (limit: number) =>
      (await listSettledThreads(db, { from: 50, to: 500, limit })).map(({ threadTs }) => threadTs);
    expect(await list(10)).toEqual(['4.0', '1.0']);
    expect(await list(1)).toEqual(['4.0']);
    const key = { channel: 'C1', threadTs: '1.0' };
    const read = await readSettledThread(db, key, { to: 500, limit: 10 });
    expect(read.map(({ ts }) => ts)).toEqual(['1.0', '1.1']);
  });
}

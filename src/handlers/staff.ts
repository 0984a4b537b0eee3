import { enqueue } from '../store/outbox.ts';
import type { Db } from '../store/schema.ts';
import type { Desk } from './desk.ts';

/**
 * One line in the staff channel about something only people can put right. The same key is told once. Inside a
 * transaction, pass it.
 */
export async function tellStaff(desk: Desk, key: string, text: string, db: Db = desk.db): Promise<void> {
  await enqueue(
    db,
    { key, target: { to: 'channel', channel: desk.settings.staffChannel }, content: { kind: 'line', text } },
    { newId: desk.newId, now: desk.clock.now() },
  );
}

import type { Content } from '../conversation/content.ts';
import type { CommandGiven } from '../conversation/events.ts';
import { toError } from '../errors.ts';
import type { InboxItem } from '../store/inbox.ts';
import { enqueue, findByKey, type Target } from '../store/outbox.ts';
import type { Db } from '../store/schema.ts';
import type { Handled } from '../worker.ts';
import type { Desk } from './desk.ts';

/** One message that follows a command and ends with its result. */
export interface CommandReport {
  /** Answers in private at once, and says where the message stands. */
  begin(answer: string, first: Content): Promise<void>;
  progress(content: Content): void;
  /** After every progress is in the outbox: one that came after the end would hide it. */
  end(content: Content, besides?: (db: Db) => Promise<unknown>): Promise<Handled>;
}

/** The message stands where the command was given, if that is the manager channel, else with the person. */
export function createCommandReport(
  desk: Desk,
  item: InboxItem,
  given: CommandGiven,
  wakeSender: () => void,
): CommandReport {
  const key = reportKey(item);
  const inManagerChannel = given.channel === desk.settings.managerChannel;
  const target: Target = inManagerChannel
    ? { to: 'channel', channel: given.channel }
    : { to: 'direct', user: given.user };
  const stamp = () => ({ newId: desk.newId, now: desk.clock.now() });
  const edit = (db: Db, content: Content, name: string) =>
    enqueue(db, { key: `${key}:${name}`, target: { to: 'edit', of: key }, content }, stamp());
  let steps = 0;
  let writing = Promise.resolve();

  return {
    async begin(answer, first) {
      const where = inManagerChannel ? 'here' : 'in our direct messages';
      await desk.db.transaction().execute(async (db) => {
        await respond(desk, db, item, given, { kind: 'line', text: `${answer} ${where}.` });
        await enqueue(db, { key, target, content: first }, stamp());
      });
      wakeSender();
    },
    progress(content) {
      steps += 1;
      const name = `step-${steps}`;
      writing = writing
        .then(() => edit(desk.db, content, name))
        .then(wakeSender)
        // The run goes on without it, and its end is told in any case.
        .catch((error: unknown) =>
          desk.log.warn('a progress could not be shown', { reason: toError(error).message }),
        );
    },
    async end(content, besides) {
      await writing;
      return {
        async commit(db) {
          await besides?.(db);
          await edit(db, content, 'end');
        },
      };
    },
  };
}

/** The person hears why, and the message that follows the command, if it stands already, does not stop half way. */
export async function tellGivenUp(
  desk: Desk,
  db: Db,
  item: InboxItem,
  given: CommandGiven,
  reason: string,
): Promise<void> {
  const stamp = { newId: desk.newId, now: desk.clock.now() };
  const text = `\`${given.command}\` could not be carried out: ${reason}`;
  const target: Target = { to: 'response', url: given.responseUrl };
  // Not the key of the first answer, or this would count as having been told.
  await enqueue(db, { key: `response:${item.id}:given-up`, target, content: { kind: 'line', text } }, stamp);
  const key = reportKey(item);
  if ((await findByKey(db, key)) === undefined) return;
  const edit: Target = { to: 'edit', of: key };
  await enqueue(db, { key: `${key}:given-up`, target: edit, content: { kind: 'line', text } }, stamp);
}

function reportKey(item: InboxItem): string {
  return `reindex:${item.id}`;
}

/** Seen by the person alone. */
export function respond(
  desk: Desk,
  db: Db,
  item: InboxItem,
  given: CommandGiven,
  content: Content,
): Promise<void> {
  return enqueue(
    db,
    { key: `response:${item.id}`, target: { to: 'response', url: given.responseUrl }, content },
    { newId: desk.newId, now: desk.clock.now() },
  );
}

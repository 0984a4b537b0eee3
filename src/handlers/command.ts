import type { Content } from '../conversation/content.ts';
import type { CommandGiven } from '../conversation/events.ts';
import { isStaff } from '../conversation/people.ts';
import { toError } from '../errors.ts';
import type { Reindex } from '../knowledge/reindex.ts';
import type { ReindexProgress } from '../knowledge/types.ts';
import type { InboxItem } from '../store/inbox.ts';
import { enqueue, type Target } from '../store/outbox.ts';
import type { Db } from '../store/schema.ts';
import type { Handled, Handler } from '../worker.ts';
import { type Desk, readHomeTeams } from './desk.ts';

/** `/reindex`: answered at once in private, then one message that follows the run and ends with its result. */
export function createCommandHandler(
  desk: Desk,
  parts: { reindex: Reindex; wakeSender: () => void },
): Handler {
  return {
    async handle(item) {
      const given = JSON.parse(item.body) as CommandGiven;
      const person = await desk.directory.person(given.user);
      if (!isStaff(person, await readHomeTeams(desk))) {
        return { commit: (db) => respond(desk, db, item, given, 'Only staff can re-index.') };
      }
      const report = createReport(desk, item, given, parts.wakeSender);
      await report.begin();
      return runReindex(parts.reindex, report);
    },
  };
}

interface Report {
  begin(): Promise<void>;
  progress(content: Content): void;
  /** Resolves when every progress is in the outbox: one that came after the end would hide it. */
  written(): Promise<void>;
  /** Inside the transaction that ends the command. */
  end(db: Db, content: Content): Promise<void>;
}

async function runReindex(reindex: Reindex, report: Report): Promise<Handled> {
  const onProgress = (progress: ReindexProgress) => report.progress({ kind: 'reindex-progress', progress });
  const end = await reindex({ onProgress }).then(
    (result): Content => ({ kind: 'reindex-result', result }),
    (error: unknown): Content => ({ kind: 'reindex-failed', reason: toError(error).message }),
  );
  await report.written();
  return { commit: (db) => report.end(db, end) };
}

/** The message that follows a run stands where it was asked for, if that is the manager channel, else with the person. */
function createReport(desk: Desk, item: InboxItem, given: CommandGiven, wakeSender: () => void): Report {
  const key = `reindex:${item.id}`;
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
    async begin() {
      const where = inManagerChannel ? 'here' : 'in our direct messages';
      await desk.db.transaction().execute(async (db) => {
        await respond(desk, db, item, given, `Re-indexing now; follow the progress ${where}.`);
        const progress = { phase: 'reading', done: 0, total: 0 } as const;
        await enqueue(db, { key, target, content: { kind: 'reindex-progress', progress } }, stamp());
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
    written: () => writing,
    async end(db, content) {
      await edit(db, content, 'end');
    },
  };
}

function respond(desk: Desk, db: Db, item: InboxItem, given: CommandGiven, text: string): Promise<void> {
  return enqueue(
    db,
    {
      key: `response:${item.id}`,
      target: { to: 'response', url: given.responseUrl },
      content: { kind: 'line', text },
    },
    { newId: desk.newId, now: desk.clock.now() },
  );
}

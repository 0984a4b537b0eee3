import type { Content } from '../conversation/content.ts';
import type { CommandGiven } from '../conversation/events.ts';
import { isStaff } from '../conversation/people.ts';
import { toError } from '../errors.ts';
import type { ReindexProgress } from '../knowledge/types.ts';
import type { Releases } from '../releases.ts';
import { appendAudit } from '../store/audit.ts';
import type { InboxItem } from '../store/inbox.ts';
import type { Db } from '../store/schema.ts';
import type { Handled, Handler } from '../worker.ts';
import { type CommandReport, createCommandReport, respond, tellGivenUp } from './command-report.ts';
import { type Desk, readHomeTeams } from './desk.ts';

const USAGE =
  'I know `/reindex` (reads the knowledge sources again), `/reindex dry-run` (shows what would change), ' +
  '`/reindex status` (what serves now) and `/reindex rollback` (serves the version before).';

/** `/reindex` and what can stand behind it. */
export function createCommandHandler(
  desk: Desk,
  parts: { releases: Releases; wakeSender: () => void },
): Handler {
  return {
    async handle(item) {
      const given = JSON.parse(item.body) as CommandGiven;
      const say = (text: string) => ({
        commit: (db: Db) => respond(desk, db, item, given, { kind: 'line', text }),
      });
      const person = await desk.directory.person(given.user);
      if (!isStaff(person, await readHomeTeams(desk))) return say('Only staff can re-index.');
      const report = createCommandReport(desk, item, given, parts.wakeSender);
      switch (readWord(given.text)) {
        case '':
          return runReindex(parts.releases, report, item, given);
        case 'dryrun':
          return runDry(parts.releases, report);
        case 'status':
          return showStatus(desk, parts.releases, item, given);
        case 'rollback':
          return rollBack(desk, parts.releases, report, item, given);
        default:
          return say(USAGE);
      }
    },
    async giveUp(db, item, reason) {
      const given = JSON.parse(item.body) as CommandGiven;
      await tellGivenUp(desk, db, item, given, reason);
    },
  };
}

/** "dry-run", "Dry run" and "--dry-run" are one. */
function readWord(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

async function runReindex(
  releases: Releases,
  report: CommandReport,
  item: InboxItem,
  given: CommandGiven,
): Promise<Handled> {
  await report.begin('Re-indexing now; follow the progress', reading());
  const onProgress = (progress: ReindexProgress) => report.progress({ kind: 'reindex-progress', progress });
  const end = await releases
    .run({ by: 'staff', user: given.user, id: item.id }, { onProgress })
    .then((result): Content => ({ kind: 'reindex-result', result }), failed);
  return report.end(end);
}

/** Builds nothing, so that staff can look before they leap. */
async function runDry(releases: Releases, report: CommandReport): Promise<Handled> {
  await report.begin('Looking what would change; the result appears', reading());
  const onProgress = (progress: ReindexProgress) => report.progress({ kind: 'reindex-progress', progress });
  const end = await releases
    .run({ by: 'staff' }, { dryRun: true, onProgress })
    .then((result): Content => ({ kind: 'reindex-plan', result }), failed);
  return report.end(end);
}

async function showStatus(
  desk: Desk,
  releases: Releases,
  item: InboxItem,
  given: CommandGiven,
): Promise<Handled> {
  const content = await releases
    .status()
    .then((status): Content => ({ kind: 'reindex-status', status }), statusFailed);
  return { commit: (db) => respond(desk, db, item, given, content) };
}

/** The id of the command goes along: carried out again after a crash, it must not go back and forth. */
async function rollBack(
  desk: Desk,
  releases: Releases,
  report: CommandReport,
  item: InboxItem,
  given: CommandGiven,
): Promise<Handled> {
  await report.begin('Going back to the version before; the result appears', {
    kind: 'line',
    text: 'Going back to the version before …',
  });
  const asked = { by: 'staff', user: given.user, id: item.id } as const;
  return releases.rollback(asked).then(
    (rolledBack) =>
      report.end({ kind: 'rolled-back', rolledBack }, (db) =>
        appendAudit(
          db,
          {
            actor: given.user,
            action: 'index.rolled_back',
            subject: rolledBack.to.version,
            detail: { from: rolledBack.from?.version ?? null },
          },
          desk.clock.now(),
        ),
      ),
    (error: unknown) => report.end(failed(error)),
  );
}

function reading(): Content {
  return { kind: 'reindex-progress', progress: { phase: 'reading', done: 0, total: 0 } };
}

/** Nothing was run, so nothing can be said of what serves. */
function statusFailed(error: unknown): Content {
  const reason = toError(error).message;
  return {
    kind: 'line',
    text: `❌ Where the knowledge stands cannot be read: ${reason}. \`/reindex rollback\` or \`npm run reindex -- --force\` may repair the index.`,
  };
}

function failed(error: unknown): Content {
  return { kind: 'reindex-failed', reason: toError(error).message };
}

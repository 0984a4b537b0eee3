import type { ReleaseRun, ReleaseStatus } from '../../knowledge/release-status.ts';
import type { RolledBack } from '../../knowledge/rollback.ts';
import type { IndexVersion } from '../../ports.ts';
import { escapeLine, moment } from './mrkdwn.ts';
import { type ReindexMessage, reindexMessage, warningLines } from './reindex.ts';

const OUTCOME = {
  released: 'released',
  unchanged: 'nothing to do',
  refused: 'refused',
  failed: 'failed',
  stopped: 'stopped before its end',
  'rolled-back': 'rolled back',
};

const BY = {
  start: 'at the start',
  schedule: 'by the schedule',
  watch: 'after a change of the pages',
  operator: 'from the command line',
  staff: 'from Slack',
};

/** What serves, what served before, and how the last run ended. */
export function renderStatus({ active, previous, lastRun, held }: ReleaseStatus): ReindexMessage {
  return reindexMessage('📚 *Knowledge index*', [
    `*Serves* ${active === undefined ? 'nothing yet' : version(active)}`,
    `*Version before* ${previous === undefined ? 'none' : version(previous)}`,
    `*Last run* ${lastRun === undefined ? 'none is known' : run(lastRun)}`,
    ...(held === undefined ? [] : [hold(held)]),
  ]);
}

export function renderRolledBack(rolledBack: RolledBack): ReindexMessage {
  const { from, to } = rolledBack;
  return reindexMessage('↩️ *Rolled back*', [
    `*Serves now* ${version(to)}`,
    `*Left* ${from === undefined ? 'a version that could not be read' : version(from)}`,
    'Runs of the schedule wait, because they would bring back what was left. `/reindex` reads the sources again and ends that; `/reindex rollback` takes this back.',
    ...warningLines(rolledBack),
  ]);
}

function version({ version: name, pages, passages, builtAt, embedder }: IndexVersion): string {
  const by = embedder === undefined ? 'words only' : `words and meanings by ${escapeLine(embedder.id)}`;
  return `${escapeLine(name)} · built ${moment(builtAt)} · ${pages} pages, ${passages} passages · ${by}`;
}

function run({ by, user, startedAt, finishedAt, outcome, says }: ReleaseRun): string {
  const who = user === undefined ? BY[by] : `${BY[by]} by <@${escapeLine(user)}>`;
  const begun = `${moment(startedAt)} ${who}`;
  if (finishedAt === undefined || outcome === undefined)
    return `${begun}: has not ended; it is going on, or it was stopped half way and the next run completes it`;
  return `${begun}: ${OUTCOME[outcome]}, ${escapeLine(says)}`;
}

function hold(held: ReleaseRun): string {
  return `⏸️ Runs of the schedule wait since the roll-back of ${moment(held.startedAt)}; \`/reindex\` ends that, and \`/reindex rollback\` takes the roll-back back.`;
}

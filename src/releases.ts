import { toError } from './errors.ts';
import type { Reindex, ReindexOptions } from './knowledge/reindex.ts';
import { ReindexRefused } from './knowledge/reindex-refused.ts';
import type { Initiator, ReleaseRun, ReleaseStatus } from './knowledge/release-status.ts';
import type { Rollback, RolledBack } from './knowledge/rollback.ts';
import type { ReindexResult } from './knowledge/types.ts';
import type { Clock, KnowledgeIndex } from './ports.ts';
import { beginRun, endRun, listRuns } from './store/release-runs.ts';
import type { Database } from './store/schema.ts';

/** Who asks. The id is the same when the same command is carried out again after a crash. */
export interface Asked {
  by: Initiator;
  user?: string | undefined;
  id?: string | undefined;
}

/** `held`: a version was rolled back, and a run that nobody asked for would bring what was left back at once. */
export type RunEnd = { kind: 'done'; result: ReindexResult } | { kind: 'held'; since: ReleaseRun };

/** The releases of the knowledge, each remembered: from the schedule, from Slack and from the command line alike. */
export interface Releases {
  run(asked: Asked, options?: ReindexOptions): Promise<ReindexResult>;
  /** For runs that nobody asked for: they wait after a roll-back. */
  runUnasked(by: 'schedule' | 'watch'): Promise<RunEnd>;
  rollback(asked: Asked): Promise<RolledBack>;
  status(): Promise<ReleaseStatus>;
}

/** A roll-back is among the last runs, unless more runs than these were refused since. */
const RUNS_READ = 100;
const UNASKED: Initiator[] = ['schedule', 'watch'];

export function createReleases(parts: {
  db: Database;
  clock: Clock;
  newId: () => string;
  /** Names the set of sources whose index it is. */
  knowledge: string;
  index: KnowledgeIndex;
  reindex: Reindex;
  rollback: Rollback;
}): Releases {
  const { db, clock, newId, knowledge, index } = parts;

  /** Keeps what came of it, whatever that is. */
  const remember = async <T>(
    asked: Asked,
    work: (from: string | undefined) => Promise<T>,
    describe: (result: T) => Pick<ReleaseRun, 'says'> & { outcome: NonNullable<ReleaseRun['outcome']> },
  ): Promise<T> => {
    const { by, user, id = newId() } = asked;
    const key = { knowledge, id };
    // A damaged index has no version to name, and must not stand in the way of building it anew.
    const version = await index.active().then(
      (active) => active?.version,
      () => undefined,
    );
    const { from } = await beginRun(db, key, { by, user, from: version, now: clock.now() });
    try {
      const result = await work(from);
      await endRun(db, key, { ...describe(result), now: clock.now() });
      return result;
    } catch (error) {
      const outcome = error instanceof ReindexRefused ? 'refused' : 'failed';
      await endRun(db, key, { outcome, says: toError(error).message, now: clock.now() });
      throw error;
    }
  };

  const run: Releases['run'] = (asked, options = {}) => {
    // What changes nothing is nothing to remember.
    if (options.dryRun) return parts.reindex(options);
    return remember(asked, () => parts.reindex(options), describeRun);
  };

  return {
    run,
    async runUnasked(by) {
      const since = findHold(await listRuns(db, knowledge, RUNS_READ));
      return since === undefined ? { kind: 'done', result: await run({ by }) } : { kind: 'held', since };
    },
    rollback: (asked) =>
      remember(
        asked,
        (from) => parts.rollback({ from }),
        ({ from, to }) => ({
          outcome: 'rolled-back',
          says: `from ${from?.version ?? 'a damaged version'} to ${to.version}`,
        }),
      ),
    async status() {
      const [active, previous, runs] = await Promise.all([
        index.active(),
        index.previous(),
        listRuns(db, knowledge, RUNS_READ),
      ]);
      return { active, previous, lastRun: runs[0], held: findHold(runs) };
    },
  };
}

/** The roll-back that no release asked for by a person has followed yet. */
function findHold(runs: ReleaseRun[]): ReleaseRun | undefined {
  const last = runs.find(
    ({ by, outcome }) =>
      outcome === 'rolled-back' ||
      (!UNASKED.includes(by) && (outcome === 'released' || outcome === 'unchanged')),
  );
  return last?.outcome === 'rolled-back' ? last : undefined;
}

function describeRun(result: ReindexResult): { outcome: 'released' | 'unchanged'; says: string } {
  const { pages, added, changed, removed, failed, gate } = result;
  const says = `${pages} pages: ${added} added, ${changed} changed, ${removed} removed, ${failed.length} failed`;
  return { outcome: gate === null ? 'unchanged' : 'released', says };
}

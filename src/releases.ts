import { toError } from './errors.ts';
import { findHold } from './knowledge/find-hold.ts';
import type { Reindex, ReindexOptions } from './knowledge/reindex.ts';
import { ReindexRefused } from './knowledge/reindex-refused.ts';
import { ReindexStopped } from './knowledge/reindex-stopped.ts';
import type { Initiator, ReleaseRun, ReleaseStatus } from './knowledge/release-status.ts';
import type { Rollback, RolledBack } from './knowledge/rollback.ts';
import type { ReindexResult } from './knowledge/types.ts';
import type { Logger } from './log.ts';
import type { Clock, KnowledgeIndex } from './ports.ts';
import { beginRun, endRun, listRuns, noteLeftOut } from './store/release-runs.ts';
import type { Database } from './store/schema.ts';

/** Who asks. The id is the same when the same command is carried out again after a crash. */
export interface Asked {
  by: Initiator;
  user?: string | undefined;
  id?: string | undefined;
}

/**
 * `held`: a version was rolled back, and a run that nobody asked for would bring what was left back at once. `leftOut`
 * names the pages that failed and stays the same until others do.
 */
export type RunEnd =
  | { kind: 'done'; result: ReindexResult; leftOut: string | undefined }
  | { kind: 'held'; since: ReleaseRun };

/** The releases of the knowledge, each remembered: from the schedule, from Slack and from the command line alike. */
export interface Releases {
  run(asked: Asked, options?: ReindexOptions): Promise<ReindexResult>;
  /** For runs that nobody asked for: they wait after a roll-back. */
  runUnasked(by: 'schedule' | 'watch'): Promise<RunEnd>;
  rollback(asked: Asked): Promise<RolledBack>;
  status(): Promise<ReleaseStatus>;
  /** Ends what is going on before it changes anything, takes nothing new, and waits so long for it. */
  stop(timeoutMs: number): Promise<void>;
}

/** A roll-back is among the last runs, unless more runs than these were refused since. */
const RUNS_READ = 100;

interface Parts {
  db: Database;
  clock: Clock;
  newId: () => string;
  /** Names the set of sources whose index it is. */
  knowledge: string;
  index: KnowledgeIndex;
  reindex: Reindex;
  rollback: Rollback;
  /** Every page that a run leaves out is named here. */
  log?: Pick<Logger, 'warn'> | undefined;
}

type Known = Asked & { id: string };

export function createReleases(parts: Parts): Releases {
  const { db, newId, knowledge, index } = parts;
  const going = createGoing(parts.clock);
  const known = (asked: Asked): Known => ({ ...asked, id: asked.id ?? newId() });
  const readRuns = () => listRuns(db, knowledge, RUNS_READ);
  const run = (asked: Asked, options: ReindexOptions = {}) =>
    going.follow((signal) => runOnce(parts, known(asked), { ...options, signal: either(signal, options) }));

  return {
    run: async (asked, options) => (await run(asked, options)).result,
    async runUnasked(by) {
      const since = findHold(await readRuns(), await readServing(index));
      return since === undefined ? { kind: 'done', ...(await run({ by })) } : { kind: 'held', since };
    },
    rollback: (asked) => going.follow(() => goBack(parts, known(asked))),
    async status() {
      const [active, previous, runs] = await Promise.all([index.active(), index.previous(), readRuns()]);
      return { active, previous, lastRun: runs[0], held: findHold(runs, active?.version) };
    },
    stop: going.stop,
  };
}

/** What is going on in this process, so that it can be ended before what it works on is closed. */
function createGoing(clock: Clock) {
  const stopping = new AbortController();
  const going = new Set<Promise<unknown>>();
  return {
    async follow<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
      if (stopping.signal.aborted) throw new ReindexStopped();
      const running = work(stopping.signal);
      const settled = running.catch(() => undefined);
      going.add(settled);
      return running.finally(() => going.delete(settled));
    },
    async stop(timeoutMs: number): Promise<void> {
      stopping.abort();
      const waited = new AbortController();
      const timeout = clock.sleep(timeoutMs, waited.signal).catch(() => undefined);
      await Promise.race([Promise.all(going), timeout]);
      waited.abort();
    },
  };
}

function either(signal: AbortSignal, options: ReindexOptions): AbortSignal {
  return options.signal === undefined ? signal : AbortSignal.any([signal, options.signal]);
}

async function runOnce(
  parts: Parts,
  asked: Known,
  options: ReindexOptions,
): Promise<{ result: ReindexResult; leftOut: string | undefined }> {
  const { db, knowledge, reindex, log } = parts;
  const work = () => reindex(options);
  // What changes nothing is nothing to remember.
  const result = options.dryRun ? await work() : await remember(parts, asked, work, describeRun);
  for (const { source, reason } of result.failed)
    log?.warn('a page was left out of the index', { source, reason });
  if (options.dryRun) return { result, leftOut: undefined };
  const sources = result.failed.map(({ source }) => source);
  return { result, leftOut: await noteLeftOut(db, { knowledge, id: asked.id }, sources) };
}

function goBack(parts: Parts, asked: Known): Promise<RolledBack> {
  return remember(
    parts,
    { ...asked, goesBack: true },
    (from) => parts.rollback({ from }),
    ({ from, to }) => ({
      outcome: 'rolled-back',
      says: `from ${from?.version ?? 'a damaged version'} to ${to.version}`,
      to: to.version,
    }),
  );
}

/** Keeps what came of it, whatever that is. */
async function remember<T>(
  { db, clock, knowledge, index }: Parts,
  asked: Known & { goesBack?: boolean },
  work: (from: string | undefined) => Promise<T>,
  describe: (result: T) => {
    outcome: NonNullable<ReleaseRun['outcome']>;
    says: string;
    to?: string | undefined;
  },
): Promise<T> {
  const { by, user, id, goesBack } = asked;
  const key = { knowledge, id };
  const begun = { by, user, goesBack, from: await readServing(index), now: clock.now() };
  const { from } = await beginRun(db, key, begun);
  let result: T;
  try {
    result = await work(from);
  } catch (error) {
    await endRun(db, key, { outcome: outcomeOf(error), says: toError(error).message, now: clock.now() });
    throw error;
  }
  await endRun(db, key, { ...describe(result), now: clock.now() });
  return result;
}

/** A damaged index has no version to name, and must not stand in the way of building it anew. */
function readServing(index: KnowledgeIndex): Promise<string | undefined> {
  return index.active().then(
    (active) => active?.version,
    () => undefined,
  );
}

function outcomeOf(error: unknown): 'refused' | 'stopped' | 'failed' {
  if (error instanceof ReindexRefused) return 'refused';
  return error instanceof ReindexStopped ? 'stopped' : 'failed';
}

function describeRun(result: ReindexResult): { outcome: 'released' | 'unchanged'; says: string } {
  const { pages, added, changed, removed, failed, gate } = result;
  const says = `${pages} pages: ${added} added, ${changed} changed, ${removed} removed, ${failed.length} failed`;
  return { outcome: gate === null ? 'unchanged' : 'released', says };
}

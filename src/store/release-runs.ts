import { createHash } from 'node:crypto';
import type { ReleaseRun, RunOutcome } from '../knowledge/release-status.ts';
import type { Db } from './schema.ts';

/** Which run of which knowledge base; the id is told again when the same command is carried out again. */
export interface RunKey {
  knowledge: string;
  id: string;
}

/** What is kept of a run besides its times. */
interface Note {
  by: ReleaseRun['by'];
  user?: string | undefined;
  /** The version that served when it began. */
  from: string | undefined;
  /** It goes back. Known from its beginning, so that a roll-back that was killed half way is known as one. */
  goesBack?: boolean | undefined;
  /** The version that a roll-back ended with. */
  to?: string | undefined;
  outcome?: RunOutcome | undefined;
  says: string;
  leftOut?: LeftOut | undefined;
}

/** Which pages a run had to leave out, and the beginning of the first run since which they have been the same. */
interface LeftOut {
  hash: string;
  since: number;
}

/** As many runs in a row may be refused before the pages left out count as news again. */
const RUNS_SEARCHED = 50;

/** Notes that a run begins. Returns the version that served when it was begun first, which may be long ago. */
export async function beginRun(
  db: Db,
  key: RunKey,
  begun: {
    by: ReleaseRun['by'];
    user?: string | undefined;
    from: string | undefined;
    goesBack?: boolean | undefined;
    now: number;
  },
): Promise<{ from: string | undefined }> {
  const { by, user, from, goesBack, now } = begun;
  const note: Note = { by, user, from, goesBack, says: '' };
  await db
    .insertInto('job_runs')
    .values({ ...placeOf(key), started_at: now, finished_at: null, result: JSON.stringify(note) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return { from: (await readNote(db, key)).from };
}

export async function endRun(
  db: Db,
  key: RunKey,
  ended: { outcome: RunOutcome; says: string; to?: string | undefined; now: number },
): Promise<void> {
  const { outcome, says, to, now } = ended;
  const note: Note = { ...(await readNote(db, key)), outcome, says, to };
  await db
    .updateTable('job_runs')
    .set({ finished_at: now, result: JSON.stringify(note) })
    .where('job', '=', jobOf(key.knowledge))
    .where('slot', '=', key.id)
    .execute();
}

/**
 * Keeps which pages a run had to leave out. Returns a name for them that stays the same as long as the following runs
 * leave out the same ones, and undefined where there are none.
 */
export async function noteLeftOut(db: Db, key: RunKey, sources: string[]): Promise<string | undefined> {
  const hash = createHash('sha256').update(sources.toSorted().join('\n')).digest('hex').slice(0, 16);
  const rows = await db
    .selectFrom('job_runs')
    .select(['slot', 'started_at', 'result'])
    .where('job', '=', jobOf(key.knowledge))
    .orderBy('started_at', 'desc')
    .orderBy('slot', 'desc')
    .limit(RUNS_SEARCHED)
    .execute();
  const own = rows.find(({ slot }) => slot === key.id);
  if (own === undefined) return undefined;
  const earlier = rows.filter((row) => row !== own).flatMap(({ result }) => parse(result).leftOut ?? []);
  const leftOut = earlier[0]?.hash === hash ? earlier[0] : { hash, since: Number(own.started_at) };
  const note: Note = { ...parse(own.result), leftOut };
  await db
    .updateTable('job_runs')
    .set({ result: JSON.stringify(note) })
    .where('job', '=', jobOf(key.knowledge))
    .where('slot', '=', key.id)
    .execute();
  return sources.length === 0 ? undefined : `${hash}:${leftOut.since}`;
}

/** The last runs, newest first. */
export async function listRuns(db: Db, knowledge: string, limit: number): Promise<ReleaseRun[]> {
  const rows = await db
    .selectFrom('job_runs')
    .select(['started_at', 'finished_at', 'result'])
    .where('job', '=', jobOf(knowledge))
    .orderBy('started_at', 'desc')
    .orderBy('slot', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => {
    const { by, user, from, to, goesBack, outcome, says } = parse(row.result);
    const rollback = goesBack || outcome === 'rolled-back' ? { from, to } : undefined;
    const finishedAt = row.finished_at === null ? undefined : Number(row.finished_at);
    return { by, user, startedAt: Number(row.started_at), finishedAt, outcome, says, rollback };
  });
}

async function readNote(db: Db, key: RunKey): Promise<Note> {
  const row = await db
    .selectFrom('job_runs')
    .select('result')
    .where('job', '=', jobOf(key.knowledge))
    .where('slot', '=', key.id)
    .executeTakeFirst();
  return parse(row?.result ?? null);
}

function parse(result: string | null): Note {
  return result === null ? { by: 'operator', from: undefined, says: '' } : (JSON.parse(result) as Note);
}

function placeOf({ knowledge, id }: RunKey): { job: string; slot: string } {
  return { job: jobOf(knowledge), slot: id };
}

/** Another set of sources is another index, with a history of its own. */
function jobOf(knowledge: string): string {
  return `release:${knowledge}`;
}

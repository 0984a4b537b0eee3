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
  outcome?: RunOutcome | undefined;
  says: string;
}

/** Notes that a run begins. Returns the version that served when it was begun first, which may be long ago. */
export async function beginRun(
  db: Db,
  key: RunKey,
  begun: { by: ReleaseRun['by']; user?: string | undefined; from: string | undefined; now: number },
): Promise<{ from: string | undefined }> {
  const { by, user, from, now } = begun;
  const note: Note = { by, user, from, says: '' };
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
  ended: { outcome: RunOutcome; says: string; now: number },
): Promise<void> {
  const { outcome, says, now } = ended;
  const note: Note = { ...(await readNote(db, key)), outcome, says };
  await db
    .updateTable('job_runs')
    .set({ finished_at: now, result: JSON.stringify(note) })
    .where('job', '=', jobOf(key.knowledge))
    .where('slot', '=', key.id)
    .execute();
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
    const { by, user, outcome, says } = parse(row.result);
    const finishedAt = row.finished_at === null ? undefined : Number(row.finished_at);
    return { by, user, startedAt: Number(row.started_at), finishedAt, outcome, says };
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

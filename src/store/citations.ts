import type { Selectable } from 'kysely';
import type { CitedSpan } from '../pipeline/recall/cited-span.ts';
import type { CitationsTable, Db } from './schema.ts';

/** A span that an answer rests on and that is still watched. */
export interface Citation extends CitedSpan {
  id: string;
  answerId: string;
  /** Where it was found last: a sentence may move to another page. */
  page: string;
  /** Hash of that page when it was looked at last, empty when there was none; undefined = never. */
  checked: string | undefined;
}

/**
 * Keeps what an answer cited. Call it in the transaction that keeps the answer, or that replaces what it rests on;
 * `by` is the id of either, so that the rows of both differ.
 */
export async function recordCitations(
  db: Db,
  answerId: string,
  spans: readonly CitedSpan[],
  { by, now }: { by: string; now: number },
): Promise<void> {
  if (spans.length === 0) return;
  const rows = spans.map(({ source, title, url, text, next, hash, place }, at) => ({
    ...{
      id: `${by}:${String(at + 1).padStart(3, '0')}`,
      answer_id: answerId,
      source,
      title,
      url: url ?? null,
    },
    ...{ text, next, hash, passage: place?.passage ?? null },
    ...{ start_at: place?.start ?? null, end_at: place?.end ?? null },
    ...{ page: source, checked: null, state: 'watched' as const, created_at: now },
  }));
  await db.insertInto('citations').values(rows).execute();
}

/** What is watched of answers no older than `since`, the newest answers first. */
export async function listWatched(db: Db, since: number): Promise<Citation[]> {
  const rows = await watched(db)
    .innerJoin('answers', 'answers.id', 'citations.answer_id')
    .where('answers.outcome', '=', 'answer')
    .where('answers.created_at', '>=', since)
    .orderBy('answers.created_at', 'desc')
    .orderBy('citations.id')
    .execute();
  return rows.map(toCitation);
}

export async function listWatchedOf(db: Db, answerId: string): Promise<Citation[]> {
  const rows = await watched(db)
    .where('citations.answer_id', '=', answerId)
    .orderBy('citations.id')
    .execute();
  return rows.map(toCitation);
}

/** Writes down that the span was looked at, and where it stands. */
export async function markChecked(
  db: Db,
  checked: { id: string; page: string; hash: string },
): Promise<void> {
  await db
    .updateTable('citations')
    .set({ page: checked.page, checked: checked.hash })
    .where('id', '=', checked.id)
    .execute();
}

/** Staff have decided about these spans: they are watched no more. */
export async function settleCitations(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db
    .updateTable('citations')
    .set({ state: 'settled' })
    .where('id', 'in', [...ids])
    .execute();
}

function watched(db: Db) {
  return db.selectFrom('citations').selectAll('citations').where('citations.state', '=', 'watched');
}

function toCitation(row: Selectable<CitationsTable>): Citation {
  const { passage, start_at: start, end_at: end } = row;
  return {
    ...{
      id: row.id,
      answerId: row.answer_id,
      source: row.source,
      title: row.title,
      url: row.url ?? undefined,
    },
    ...{ text: row.text, next: row.next, hash: row.hash, page: row.page, checked: row.checked ?? undefined },
    place:
      passage === null || start === null || end === null
        ? undefined
        : { passage, start: Number(start), end: Number(end) },
  };
}

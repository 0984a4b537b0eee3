import { copyFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import Sqlite from 'libsql';
import { plainText } from '../knowledge/plain-text.ts';
import type { IndexChange } from '../ports.ts';
import { createTables, firstValue, rows, type Value } from './sqlite-index-schema.ts';

/** Slack wants an answer within three seconds and the desk is one thread: nobody waits longer than this. */
const SLICE_MS = 12;

/** Pages of the full-text index merged in one step; takes 1 to 5 ms. */
const MERGE_PAGES = 64;

type Run = (sql: string, ...values: Value[]) => void;

export interface BuildPlan {
  file: string;
  /** The file to start from, or undefined to start empty. */
  base: string | undefined;
  upserts: IndexChange[];
  removals: string[];
  builtAt: number;
  onProgress: ((done: number, total: number) => void) | undefined;
}

/** Writes a whole new version into `plan.file` and returns how many passages it holds. */
export async function buildIndexFile(plan: BuildPlan): Promise<number> {
  if (plan.base) await copyFile(plan.base, plan.file);
  const db = new Sqlite(plan.file);
  try {
    // Nobody reads the file before it is complete and flushed, so a journal would only cost time.
    db.exec('pragma journal_mode = off; pragma synchronous = off;');
    if (!plan.base) createTables(db);
    const run = createRun(db);
    await applyChanges(db, run, plan);
    await mergeWords(db, 'passage_words');
    await mergeWords(db, 'page_words');
    const passages = Number(firstValue(db, 'select count(*) from passage'));
    const pages = Number(firstValue(db, 'select count(*) from page'));
    db.exec('begin');
    setMeta(run, 'built_at', plan.builtAt);
    setMeta(run, 'passages', passages);
    setMeta(run, 'pages', pages);
    db.exec('commit');
    return passages;
  } finally {
    db.close();
  }
}

async function applyChanges(db: Sqlite.Database, run: Run, plan: BuildPlan): Promise<void> {
  const total = plan.upserts.length + plan.removals.length;
  let done = 0;
  const step = createPause();
  const apply = async (work: () => Iterable<unknown>) => {
    for (const _ of work()) {
      if (!step.isDue()) continue;
      db.exec('commit');
      plan.onProgress?.(done, total);
      await step.pause();
      db.exec('begin');
    }
    done += 1;
  };
  db.exec('begin');
  for (const source of plan.removals) await apply(() => removePage(db, run, source));
  for (const change of plan.upserts) await apply(() => replacePage(db, run, change));
  db.exec('commit');
  plan.onProgress?.(total, total);
}

/** Generators, because a page of a megabyte takes longer than one slice. */
function* removePage(db: Sqlite.Database, run: Run, source: string): Generator<void> {
  const [id, title] = rows(db, 'select id, title from page where source = ?', source)[0] ?? [];
  if (id === undefined || title === undefined) return;
  const sql = 'select id, headings, words from passage where page = ? order by id';
  const indexed = rows(db, sql, id).map((row) => ({
    id: row[0] ?? null,
    headings: JSON.parse(String(row[1])) as string[],
    words: String(row[2]),
  }));
  for (const passage of indexed) {
    const values = [passage.id, title, passage.headings.join('\n'), passage.words];
    run(
      `insert into passage_words (passage_words, rowid, title, headings, body) values ('delete', ?, ?, ?, ?)`,
      ...values,
    );
    yield;
  }
  const values = [id, title, ...pageFields(indexed)];
  run(
    `insert into page_words (page_words, rowid, title, headings, body) values ('delete', ?, ?, ?, ?)`,
    ...values,
  );
  run('delete from passage where page = ?', id);
  run('delete from page where id = ?', id);
  yield;
}

function* replacePage(db: Sqlite.Database, run: Run, { page, passages }: IndexChange): Generator<void> {
  yield* removePage(db, run, page.source);
  const { source, hash, stamp } = page;
  const { title = source, url, updated } = passages[0] ?? {};
  const values = [source, title, url ?? null, updated ?? null, hash, stamp];
  run('insert into page (source, title, url, updated, hash, stamp) values (?, ?, ?, ?, ?, ?)', ...values);
  const id = firstValue(db, 'select id from page where source = ?', source);
  const indexed: { headings: string[]; words: string }[] = [];
  for (const { id: key, headings, text } of passages) {
    const words = plainText(text);
    indexed.push({ headings, words });
    const row = [id, key, JSON.stringify(headings), text, words];
    run('insert into passage (page, key, headings, text, words) values (?, ?, ?, ?, ?)', ...row);
    const sql =
      'insert into passage_words (rowid, title, headings, body) values (last_insert_rowid(), ?, ?, ?)';
    run(sql, title, headings.join('\n'), words);
    yield;
  }
  const sql = 'insert into page_words (rowid, title, headings, body) values (?, ?, ?, ?)';
  run(sql, id, title, ...pageFields(indexed));
  yield;
}

/** Headings, each once, and text of a whole page as they are indexed. */
function pageFields(passages: { headings: string[]; words: string }[]): [headings: string, body: string] {
  const headings = new Set(passages.flatMap((passage) => passage.headings));
  return [[...headings].join('\n'), passages.map(({ words }) => words).join('\n')];
}

/** One segment instead of many makes a search several times faster; merged in steps that others can wait for. */
async function mergeWords(db: Sqlite.Database, table: string): Promise<void> {
  const step = createPause();
  const merge = db.prepare(`insert into ${table} (${table}, rank) values ('merge', ?)`);
  const changes = () => Number(firstValue(db, 'select total_changes()'));
  // A negative number begins a merge of all segments, positive ones carry it on.
  for (let pages = -MERGE_PAGES; ; pages = MERGE_PAGES) {
    const before = changes();
    merge.run(pages);
    // The full-text module's own sign that nothing is left to merge.
    if (changes() - before < 2) return;
    if (step.isDue()) await step.pause();
  }
}

function createPause() {
  let since = performance.now();
  return {
    isDue: () => performance.now() - since >= SLICE_MS,
    async pause() {
      await setImmediate();
      since = performance.now();
    },
  };
}

function setMeta(run: Run, name: string, value: Value): void {
  run('insert or replace into meta (name, value) values (?, ?)', name, value);
}

/** A statement is prepared once per build: for a short row that takes as long as writing it. */
function createRun(db: Sqlite.Database): Run {
  const prepared = new Map<string, Sqlite.Statement>();
  return (sql, ...values) => {
    let statement = prepared.get(sql);
    if (!statement) {
      statement = db.prepare(sql);
      prepared.set(sql, statement);
    }
    statement.run(...values);
  };
}

import { copyFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import Sqlite from 'libsql';
import { plainText } from '../knowledge/plain-text.ts';
import type { Passage } from '../knowledge/types.ts';
import type { IndexChange } from '../ports.ts';
import { createTables, firstValue, rows, type Value } from './sqlite-index-schema.ts';

/** Slack wants an answer within three seconds and the desk is one thread: nobody waits longer than this. */
const SLICE_MS = 12;

/** Pages of the full-text index merged in one step; takes 1 to 5 ms. */
const MERGE_PAGES = 64;

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
    await applyChanges(db, plan);
    await mergeWords(db, 'passage_words');
    await mergeWords(db, 'page_words');
    const passages = Number(firstValue(db, 'select count(*) from passage'));
    const pages = Number(firstValue(db, 'select count(*) from page'));
    db.exec('begin');
    setMeta(db, 'built_at', plan.builtAt);
    setMeta(db, 'passages', passages);
    setMeta(db, 'pages', pages);
    db.exec('commit; analyze;');
    return passages;
  } finally {
    db.close();
  }
}

async function applyChanges(db: Sqlite.Database, plan: BuildPlan): Promise<void> {
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
  for (const source of plan.removals) await apply(() => removePage(db, source));
  for (const change of plan.upserts) await apply(() => replacePage(db, change));
  db.exec('commit');
  plan.onProgress?.(total, total);
}

/** Generators, because a page of a megabyte takes longer than one slice. */
function* removePage(db: Sqlite.Database, source: string): Generator<void> {
  const id = firstValue(db, 'select id from page where source = ?', source);
  if (id === null) return;
  for (const [passage] of rows(db, 'select id from passage where page = ?', id)) {
    run(db, 'delete from passage_words where rowid = ?', passage ?? null);
    yield;
  }
  run(db, 'delete from page_words where rowid = ?', id);
  run(db, 'delete from passage where page = ?', id);
  run(db, 'delete from page where id = ?', id);
  yield;
}

function* replacePage(db: Sqlite.Database, { page, passages }: IndexChange): Generator<void> {
  yield* removePage(db, page.source);
  const first = passages[0];
  const title = first?.title ?? page.source;
  run(
    db,
    'insert into page (source, title, url, updated, hash, stamp) values (?, ?, ?, ?, ?, ?)',
    ...[page.source, title, first?.url ?? null, first?.updated ?? null, page.hash, page.stamp],
  );
  const id = firstValue(db, 'select id from page where source = ?', page.source);
  const bodies: string[] = [];
  for (const passage of passages) {
    const body = plainText(passage.text);
    bodies.push(body);
    insertPassage(db, id, passage, body);
    yield;
  }
  const headings = [...new Set(passages.flatMap((passage) => passage.headings))].join('\n');
  const sql = 'insert into page_words (rowid, title, headings, body) values (?, ?, ?, ?)';
  run(db, sql, id, title, headings, bodies.join('\n'));
  yield;
}

function insertPassage(db: Sqlite.Database, page: Value, passage: Passage, body: string): void {
  const { id: key, headings, text, title } = passage;
  const values = [page, key, JSON.stringify(headings), text];
  run(db, 'insert into passage (page, key, headings, text) values (?, ?, ?, ?)', ...values);
  const sql = `insert into passage_words (rowid, title, headings, body) values (last_insert_rowid(), ?, ?, ?)`;
  run(db, sql, title, headings.join('\n'), body);
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

function setMeta(db: Sqlite.Database, name: string, value: Value): void {
  run(db, 'insert or replace into meta (name, value) values (?, ?)', name, value);
}

function run(db: Sqlite.Database, sql: string, ...values: Value[]): void {
  db.prepare(sql).run(...values);
}

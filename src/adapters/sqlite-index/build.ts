import { copyFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import Sqlite from 'libsql';
import { FIELDS, type FieldTerms, readPageTerms, readPassageTerms } from '../../knowledge/terms.ts';
import type { Passage } from '../../knowledge/types.ts';
import type { IndexChange, IndexChanges } from '../../ports.ts';
import { createPostingChanges, type PostingChanges } from './postings.ts';
import { createTables, firstValue, type Row, rows, type Value } from './schema.ts';

/** Slack wants an answer within three seconds and the desk is one thread: nobody waits longer than this. */
const SLICE_MS = 2;

export interface BuildPlan extends IndexChanges {
  file: string;
  /** The file to start from, or undefined to start empty. */
  base: string | undefined;
  builtAt: number;
  onProgress: ((done: number, total: number) => void) | undefined;
}

interface Build {
  db: Sqlite.Database;
  /** Returns the number of the row. A statement is prepared once per build: that takes as long as a short row. */
  run: (sql: string, ...values: Value[]) => number;
  passages: PostingChanges;
  pages: PostingChanges;
}

/** Writes a whole new version into `plan.file`. */
export async function buildIndexFile(plan: BuildPlan): Promise<void> {
  if (plan.base) await copyFile(plan.base, plan.file);
  const db = new Sqlite(plan.file);
  try {
    // Nobody reads the file before it is complete and flushed, so a journal would only cost time.
    db.exec('pragma journal_mode = off; pragma synchronous = off;');
    if (!plan.base) createTables(db);
    const [passages, pages] = [createPostingChanges(), createPostingChanges()];
    const build = { db, run: createRun(db), passages, pages };
    await inSlices(build, applyChanges(build, plan));
    await inSlices(build, writePostings(build, 'passage_posting', build.passages));
    await inSlices(build, writePostings(build, 'page_posting', build.pages));
    writeMeta(build, plan);
  } finally {
    db.close();
  }
}

/** Takes the work a few milliseconds at a time, each slice a transaction of its own. */
async function inSlices({ db }: Build, work: Iterable<unknown>): Promise<void> {
  let since = performance.now();
  db.exec('begin');
  for (const _ of work) {
    if (performance.now() - since < SLICE_MS) continue;
    db.exec('commit');
    await setImmediate();
    since = performance.now();
    db.exec('begin');
  }
  db.exec('commit');
}

function* applyChanges(build: Build, plan: BuildPlan): Generator<void> {
  const total = plan.upserts.length + plan.removals.length;
  let done = 0;
  const step = () => plan.onProgress?.(++done, total);
  for (const source of plan.removals) {
    yield* removePage(build, source);
    step();
  }
  for (const change of plan.upserts) {
    yield* replacePage(build, change);
    step();
  }
}

function* removePage({ db, run, passages, pages }: Build, source: string): Generator<void> {
  const [id, title] = rows(db, 'select id, title from page where source = ?', source)[0] ?? [];
  if (id === undefined || title === undefined) return;
  const stored = rows(db, 'select id, headings, text from passage where page = ? order by id', id);
  const indexed = stored.map((row) => toIndexed(String(title), row));
  for (const passage of indexed) {
    passages.remove(passage.id, readPassageTerms(passage));
    yield;
  }
  pages.remove(Number(id), readPageTerms(indexed));
  run('delete from passage where page = ?', id);
  run('delete from page where id = ?', id);
  yield;
}

function toIndexed(title: string, row: Row): { id: number } & Pick<Passage, 'title' | 'headings' | 'text'> {
  return {
    id: Number(row[0]),
    title,
    headings: JSON.parse(String(row[1])) as string[],
    text: String(row[2]),
  };
}

function* replacePage(build: Build, { page, passages, vectors }: IndexChange): Generator<void> {
  const { run } = build;
  yield* removePage(build, page.source);
  const { title = page.source, url = null, updated = null, tenant = null } = passages[0] ?? {};
  const pageTerms = readPageTerms(passages);
  yield;
  const pageId = run(
    'insert into page (source, title, url, updated, tenant, hash, stamp, lengths) values (?, ?, ?, ?, ?, ?, ?, ?)',
    ...[page.source, title, url, updated, tenant, page.hash, page.stamp, lengthsOf(pageTerms)],
  );
  build.pages.add(pageId, pageTerms);
  for (const [at, passage] of passages.entries()) {
    const terms = readPassageTerms(passage);
    const { id: key, headings, text } = passage;
    const id = run(
      'insert into passage (page, key, headings, text, lengths, vector) values (?, ?, ?, ?, ?, ?)',
      ...[pageId, key, JSON.stringify(headings), text, lengthsOf(terms), toBlob(vectors?.[at])],
    );
    build.passages.add(id, terms);
    yield;
  }
}

/** Numbers of terms by field, as `[2,0,140,3]`. */
function lengthsOf(terms: FieldTerms): string {
  return JSON.stringify(FIELDS.map((field) => terms[field].length));
}

function toBlob(vector: Float32Array | undefined): Buffer | null {
  return vector ? Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength) : null;
}

function* writePostings(
  { db, run }: Build,
  table: 'passage_posting' | 'page_posting',
  changes: PostingChanges,
): Generator<void> {
  const find = db.prepare(`select data from ${table} where term = ?`).raw();
  const read = (term: string) => (find.all([term]) as [Buffer][])[0]?.[0];
  for (const [term, data] of changes.apply(read)) {
    if (data) run(`insert or replace into ${table} (term, data) values (?, ?)`, term, data);
    else run(`delete from ${table} where term = ?`, term);
    yield;
  }
}

function writeMeta({ db, run }: Build, { builtAt, embedder }: BuildPlan): void {
  const put = (name: string, value: Value) =>
    run('insert or replace into meta (name, value) values (?, ?)', name, value);
  db.exec('begin');
  put('built_at', builtAt);
  put('passages', firstValue(db, 'select count(*) from passage'));
  put('pages', firstValue(db, 'select count(*) from page'));
  run('delete from meta where name = ?', 'embedder');
  if (embedder) put('embedder', JSON.stringify(embedder));
  db.exec('commit');
}

function createRun(db: Sqlite.Database): Build['run'] {
  const prepared = new Map<string, Sqlite.Statement>();
  return (sql, ...values) => {
    let statement = prepared.get(sql);
    if (!statement) {
      statement = db.prepare(sql);
      prepared.set(sql, statement);
    }
    return Number(statement.run(values).lastInsertRowid);
  };
}

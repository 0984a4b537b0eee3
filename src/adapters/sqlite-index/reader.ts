import { setImmediate } from 'node:timers/promises';
import type Sqlite from 'libsql';
import { BM25, FIELD_COUNTS } from '../../knowledge/bm25.ts';
import { FIELDS } from '../../knowledge/terms.ts';
import type { IndexVersion } from '../../ports.ts';
import { ENTRY_BYTES } from './postings.ts';
import { type Row, rows } from './schema.ts';
import { addVector, createVectors, type Vectors } from './vectors.ts';

/** Read at once: a millisecond or two; vectors are memory of their own, for which the collector may stop everything. */
const ROWS_A_SLICE = { lengths: 500, vectors: 100 };

/** Texts of one kind, all passages or all pages, with what is counted once per version: a version never changes. */
export interface Texts {
  count: number;
  /** In how many of them a term stands; read once per term. */
  occurs(term: string): number;
  /** By number of the text: what its length adds to the occurrences of a word in BM25. */
  norms: Float32Array;
}

/** An open version in memory, all but the texts themselves. */
export interface IndexReader {
  db: Sqlite.Database;
  info: IndexVersion;
  passages: Texts;
  pages: Texts;
  /** Page of each passage, and whom it concerns, by the passage's number; tenant 0 = everybody. */
  pageOf: Int32Array;
  tenantOf: Int32Array;
  /** Numbers of the passages of a page. */
  passagesOf(page: number): number[];
  /** Numbers of tenants by name. */
  tenants: Map<string, number>;
  /** Read when first asked for: they are most of what a version weighs, and a search by words needs none. */
  vectors(): Promise<Vectors>;
}

export async function createIndexReader(db: Sqlite.Database, info: IndexVersion): Promise<IndexReader> {
  const tenants = new Map<string, number>();
  const tenantOfPage = new Map<number, number>();
  const pages = createLengths(maxId(db, 'page'));
  await eachLengths(db, 'page', 'tenant', ([id, lengths, tenant]) => {
    pages.add(id, lengths);
    if (tenant === null) return;
    const name = String(tenant);
    tenants.set(name, tenants.get(name) ?? tenants.size + 1);
    tenantOfPage.set(id, tenants.get(name) ?? 0);
  });
  const members = new Map<number, number[]>();
  const size = maxId(db, 'passage') + 1;
  const passages = createLengths(size - 1);
  const [pageOf, tenantOf] = [new Int32Array(size), new Int32Array(size)];
  await eachLengths(db, 'passage', 'page', ([number, lengths, page]) => {
    passages.add(number, lengths);
    const pageNumber = Number(page);
    pageOf[number] = pageNumber;
    const siblings = members.get(pageNumber);
    if (siblings) siblings.push(number);
    else members.set(pageNumber, [number]);
    tenantOf[number] = tenantOfPage.get(pageNumber) ?? 0;
  });
  let vectors: Promise<Vectors> | undefined;
  return {
    passagesOf: (page) => members.get(page) ?? [],
    ...{
      db,
      info,
      passages: passages.texts(createCounts(db, 'passage')),
      pages: pages.texts(createCounts(db, 'page')),
    },
    ...{ pageOf, tenantOf, tenants },
    vectors() {
      vectors ??= readVectors(db, info, size - 1);
      return vectors;
    },
  };
}

async function readVectors(db: Sqlite.Database, info: IndexVersion, maxNumber: number): Promise<Vectors> {
  const dimensions = info.embedder?.dimensions ?? 0;
  const vectors = createVectors(info.passages, maxNumber, dimensions);
  if (dimensions === 0) return vectors;
  const sql = `select id, vector from passage where id > ? order by id limit ${ROWS_A_SLICE.vectors}`;
  for (let last = -1; ; ) {
    const slice = rows(db, sql, last);
    for (const [id, vector] of slice) {
      if (Buffer.isBuffer(vector) && vector.length === 4 * dimensions) addVector(vectors, Number(id), vector);
    }
    if (slice.length < ROWS_A_SLICE.vectors) break;
    last = Number(slice.at(-1)?.[0]);
    // Opening a large version keeps nobody waiting.
    await setImmediate();
  }
  return vectors;
}

/** Terms whose counts are kept: the words of titles are asked for with every search. */
const KEPT_COUNTS = 50_000;

function createCounts(db: Sqlite.Database, level: 'passage' | 'page'): Texts['occurs'] {
  const find = db.prepare(`select length(data) / ${ENTRY_BYTES} from ${level}_posting where term = ?`).raw();
  const counts = new Map<string, number>();
  return (term) => {
    let count = counts.get(term);
    if (count === undefined) {
      if (counts.size >= KEPT_COUNTS) counts.clear();
      count = Number((find.all([term]) as Row[])[0]?.[0] ?? 0);
      counts.set(term, count);
    }
    return count;
  };
}

/** Collects lengths, and makes norms of them. */
function createLengths(maxNumber: number) {
  const { k1, b } = BM25;
  const norms = new Float32Array(maxNumber + 1);
  let count = 0;
  let total = 0;
  return {
    add(number: number, lengths: number[]) {
      const length = FIELDS.reduce((sum, field, at) => sum + FIELD_COUNTS[field] * (lengths[at] ?? 0), 0);
      norms[number] = length;
      total += length;
      count += 1;
    },
    texts(occurs: Texts['occurs']): Texts {
      const average = Math.max(1, total) / Math.max(1, count);
      return { count, occurs, norms: norms.map((length) => k1 * (1 - b + (b * length) / average)) };
    },
  };
}

/** One text for a slice instead of a row for each: taking a row from the driver takes longer than reading it. */
async function eachLengths(
  db: Sqlite.Database,
  table: 'page' | 'passage',
  more: 'tenant' | 'page',
  work: (row: [id: number, lengths: number[], more: string | number | null]) => void,
): Promise<void> {
  const slice = `select id, lengths, ${more} from ${table} where id > ? order by id limit ${ROWS_A_SLICE.lengths}`;
  const sql = `select json_group_array(json_array(id, json(lengths), ${more})) from (${slice})`;
  for (let last = -1; ; ) {
    const read = JSON.parse(String(rows(db, sql, last)[0]?.[0])) as Parameters<typeof work>[0][];
    for (const row of read) {
      work(row);
      last = Math.max(last, row[0]);
    }
    if (read.length < ROWS_A_SLICE.lengths) return;
    await setImmediate();
  }
}

function maxId(db: Sqlite.Database, table: 'page' | 'passage'): number {
  return Number(rows(db, `select max(id) from ${table}`)[0]?.[0] ?? 0);
}

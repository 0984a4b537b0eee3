import { setImmediate } from 'node:timers/promises';
import type Sqlite from 'libsql';
import { BM25, FIELD_COUNTS } from '../../knowledge/bm25.ts';
import { FIELDS } from '../../knowledge/terms.ts';
import type { IndexVersion } from '../../ports.ts';
import { ENTRY_BYTES } from './postings.ts';
import { type Row, rows } from './schema.ts';
import { addVector, createVectors, type Vectors } from './vectors.ts';

/** Rows read at once take about a millisecond; vectors are memory of their own, which the collector counts at once. */
const ROWS_A_SLICE = { lengths: 250, vectors: 100 };

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
  await eachRow(db, 'select id, lengths, tenant from page', ([id, lengths, tenant]) => {
    pages.add(Number(id), String(lengths));
    if (tenant === null || tenant === undefined) return;
    const name = String(tenant);
    tenants.set(name, tenants.get(name) ?? tenants.size + 1);
    tenantOfPage.set(Number(id), tenants.get(name) ?? 0);
  });
  const members = new Map<number, number[]>();
  const size = maxId(db, 'passage') + 1;
  const passages = createLengths(size - 1);
  const [pageOf, tenantOf] = [new Int32Array(size), new Int32Array(size)];
  await eachRow(db, 'select id, lengths, page from passage', ([id, lengths, page]) => {
    const number = Number(id);
    passages.add(number, String(lengths));
    pageOf[number] = Number(page);
    const siblings = members.get(Number(page));
    if (siblings) siblings.push(number);
    else members.set(Number(page), [number]);
    tenantOf[number] = tenantOfPage.get(Number(page)) ?? 0;
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
  const add = ([id, vector]: Row) => {
    if (Buffer.isBuffer(vector) && vector.length === 4 * dimensions) addVector(vectors, Number(id), vector);
  };
  await eachRow(db, 'select id, vector from passage', add, ROWS_A_SLICE.vectors);
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
    add(number: number, json: string) {
      const lengths = JSON.parse(json) as number[];
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

/** Reads a table in slices, so that opening a large version keeps nobody waiting. */
async function eachRow(
  db: Sqlite.Database,
  select: string,
  work: (row: Row) => void,
  atOnce = ROWS_A_SLICE.lengths,
): Promise<void> {
  const sql = `${select} where id > ? order by id limit ${atOnce}`;
  for (let last = -1; ; ) {
    const slice = rows(db, sql, last);
    for (const row of slice) work(row);
    if (slice.length < atOnce) return;
    last = Number(slice.at(-1)?.[0]);
    await setImmediate();
  }
}

function maxId(db: Sqlite.Database, table: 'page' | 'passage'): number {
  return Number(rows(db, `select max(id) from ${table}`)[0]?.[0] ?? 0);
}

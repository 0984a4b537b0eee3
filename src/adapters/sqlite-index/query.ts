import { setImmediate } from 'node:timers/promises';
import { BM25, createTitleScore, FIELD_COUNTS, type WeighedTerm, weighTerms } from '../../knowledge/bm25.ts';
import { pageSimilarity } from '../../knowledge/page-similarity.ts';
import { orderByWords } from '../../knowledge/rank.ts';
import { FIELDS, type QueryTerm } from '../../knowledge/terms.ts';
import type { Passage } from '../../knowledge/types.ts';
import type { Candidate, IndexQuery } from '../../ports.ts';
import { type Postings, readPostings } from './postings.ts';
import type { IndexReader, Texts } from './reader.ts';
import { type Row, rows } from './schema.ts';
import { best, findNearest, similarityOf, type Vectors } from './vectors.ts';

/** Scores by number of the passage, and of the page. */
interface Scored {
  chunk: Float64Array;
  page: Float64Array;
  /** Passages that hold a word of the query and may be shown. */
  worded: number[];
}

/** Every passage is looked at; the best by words and the best by meaning come back, each with all its scores. */
export async function findCandidates(reader: IndexReader, query: IndexQuery): Promise<Candidate[]> {
  const mayShow = createWall(reader, query.tenant);
  const scored = scoreWords(reader, query.terms, mayShow);
  const { vector, limit } = query;
  const near = vector && { vector, vectors: await reader.vectors() };
  if (near) await setImmediate();
  const nearest = near ? await findNearest(near.vectors, near.vector, limit, mayShow) : [];
  const chosen = [...new Set([...bestByWords(reader, scored, limit), ...nearest])];
  const found = readPassages(reader, chosen);
  const titleScoreOf = createTitleScore(query.terms, reader.pages);
  const nearnessOf = createPageNearness(reader, near);
  return chosen.flatMap((number) => {
    const passage = found.get(number);
    if (!passage) return [];
    const page = reader.pageOf[number] ?? 0;
    return [
      {
        passage,
        chunkScore: scored.chunk[number] ?? 0,
        pageScore: scored.page[page] ?? 0,
        titleScore: titleScoreOf(passage.title),
        similarity: near && similarityOf(near.vectors, near.vector, number),
        pageSimilarity: nearnessOf(page),
      },
    ];
  });
}

function scoreWords(reader: IndexReader, terms: QueryTerm[], mayShow: (number: number) => boolean): Scored {
  const score = (level: 'passage' | 'page', texts: Texts) =>
    scoreTexts(texts, readAllPostings(reader, level, terms), weighTerms(terms, texts, reader.passages));
  const chunk = score('passage', reader.passages);
  const page = score('page', reader.pages);
  const worded: number[] = [];
  for (let number = 0; number < chunk.length; number += 1) {
    if ((chunk[number] as number) > 0 && mayShow(number)) worded.push(number);
  }
  return { chunk, page, worded };
}

/** The tenant wall: what concerns one customer is for nobody else. */
function createWall(reader: IndexReader, tenant: string | undefined): (passage: number) => boolean {
  const own = tenant === undefined ? 0 : (reader.tenants.get(tenant) ?? 0);
  return (passage) => reader.tenantOf[passage] === 0 || reader.tenantOf[passage] === own;
}

function readAllPostings(
  { db }: IndexReader,
  level: 'passage' | 'page',
  terms: QueryTerm[],
): Map<string, Postings> {
  const find = db.prepare(`select data from ${level}_posting where term = ?`).raw();
  const found = new Map<string, Postings>();
  for (const { term } of terms) {
    const data = (find.all([term]) as [Buffer][])[0]?.[0];
    if (data) found.set(term, readPostings(data));
  }
  return found;
}

/** BM25 of every text, by its number. */
function scoreTexts({ norms }: Texts, postings: Map<string, Postings>, weighed: WeighedTerm[]): Float64Array {
  const scores = new Float64Array(norms.length);
  for (const { term, share } of weighed) {
    const entries = postings.get(term);
    if (entries) addTerm(scores, norms, entries, share * (BM25.k1 + 1));
  }
  return scores;
}

const COUNTS = FIELDS.map((field) => FIELD_COUNTS[field]) as [number, number, number, number];

function addTerm(scores: Float64Array, norms: Float32Array, postings: Postings, gain: number): void {
  const { count, numbers, bytes } = postings;
  const [title, headings, body, codes] = COUNTS;
  for (let at = 0; at < count; at += 1) {
    const number = numbers[2 * at] as number;
    const entry = 8 * at + 4;
    const occurs =
      title * (bytes[entry] as number) +
      headings * (bytes[entry + 1] as number) +
      body * (bytes[entry + 2] as number) +
      codes * (bytes[entry + 3] as number);
    scores[number] = (scores[number] as number) + (gain * occurs) / (occurs + (norms[number] as number));
  }
}

function bestByWords(reader: IndexReader, { chunk, page, worded }: Scored, limit: number): number[] {
  const orderOf = (number: number) =>
    orderByWords(chunk[number] as number, page[reader.pageOf[number] as number] as number);
  return best(worded, orderOf, limit);
}

/** How near pages are, from all their passages; a page of several passages among the candidates is asked once. */
function createPageNearness(
  reader: IndexReader,
  near: { vector: Float32Array; vectors: Vectors } | undefined,
): (page: number) => number | undefined {
  const known = new Map<number, number | undefined>();
  if (!near) return () => undefined;
  return (page) => {
    if (known.has(page)) return known.get(page);
    const each = reader.passagesOf(page).map((number) => similarityOf(near.vectors, near.vector, number));
    const nearness = pageSimilarity(each.filter((one) => one !== undefined));
    known.set(page, nearness);
    return nearness;
  };
}

const PASSAGE = `select passage.id, passage.key, page.source, page.title, page.url, page.updated, page.tenant,
    passage.headings, passage.text
  from passage join page on page.id = passage.page`;

function readPassages({ db }: IndexReader, numbers: number[]): Map<number, Passage> {
  const sql = `${PASSAGE} where passage.id in (${numbers.join(',')})`;
  return new Map(rows(db, sql).map((row) => [Number(row[0]), toPassage(row)]));
}

/** All passages of these pages, in the order of the pages and of their text. */
export function readPassagesOf(reader: Pick<IndexReader, 'db'>, sources: string[]): Passage[] {
  const sql = `${PASSAGE} where page.source = ? order by passage.id`;
  return sources.flatMap((source) => rows(reader.db, sql, source).map(toPassage));
}

function toPassage(row: Row): Passage {
  const optional = (value: Row[number] | undefined) => (value === null ? undefined : String(value));
  return {
    id: String(row[1]),
    source: String(row[2]),
    title: String(row[3]),
    url: optional(row[4]),
    updated: optional(row[5]),
    tenant: optional(row[6]),
    headings: JSON.parse(String(row[7])) as string[],
    text: String(row[8]),
  };
}

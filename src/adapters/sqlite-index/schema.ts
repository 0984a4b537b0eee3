import type Sqlite from 'libsql';
import { TERMS_FORMAT } from '../../knowledge/terms.ts';

/** Raise it with every change of the schema; the terms have a number of their own. */
const SCHEMA_FORMAT = 2;

/** A file of another format counts as no index. */
const INDEX_FORMAT = SCHEMA_FORMAT * 1_000 + TERMS_FORMAT;

/**
 * `lengths` are the numbers of terms by field. The postings of a term say in which passages, or pages, it stands how
 * often (see postings.ts): scored here instead of by a full-text module, so that every field counts by
 * itself, passages and pages count in one pass, and the search on Weaviate can count the same.
 */
export function createTables(db: Sqlite.Database): void {
  db.exec(`
    create table page (
      id integer primary key, source text not null unique, title text not null, url text, updated text, tenant text,
      hash text not null, stamp text not null, lengths text not null
    );
    create table passage (
      id integer primary key, page integer not null references page (id), key text not null,
      headings text not null, text text not null, lengths text not null, vector blob
    );
    create index passage_by_page on passage (page);
    create table passage_posting (term text primary key, data blob not null);
    create table page_posting (term text primary key, data blob not null);
    create table meta (name text primary key, value not null) without rowid;
    pragma user_version = ${INDEX_FORMAT};
  `);
}

/** Rows come as arrays here: libsql adds a field of its own to objects. */
export type Row = (string | number | Buffer | null)[];

/** The only values that may be bound: libsql aborts the whole process on a boolean. */
export type Value = string | number | Buffer | null;

export function rows(db: Sqlite.Database, sql: string, ...values: Value[]): Row[] {
  // In one array, because a single Buffer given by itself aborts the process too.
  return db.prepare(sql).raw().all(values) as Row[];
}

export function firstValue(db: Sqlite.Database, sql: string, ...values: Value[]): Row[number] {
  return rows(db, sql, ...values)[0]?.[0] ?? null;
}

/** Whether a file is one of ours as this release writes them. */
export function isCurrentFormat(db: Sqlite.Database): boolean {
  return firstValue(db, 'pragma user_version') === INDEX_FORMAT;
}

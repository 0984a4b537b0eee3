import type Sqlite from 'libsql';

/** Raise it with every change of the schema or of the indexed text: an older file then counts as no index. */
const INDEX_FORMAT = 1;

/** Stems, so that "refunded" finds "refunds"; accents are folded, so that "cafe" finds "café". */
const TOKENIZER = 'porter unicode61 remove_diacritics 2';

/**
 * `text` is quoted, `words` is its readable form and is searched. The full-text tables keep no text of their own,
 * so what was indexed has to be told to them again to be deleted; their own `contentless_delete` is no way out,
 * it forgets to take deleted rows off the totals that scores are made of. `passage_terms` counts in how many
 * passages a word occurs.
 */
export function createTables(db: Sqlite.Database): void {
  db.exec(`
    create table page (
      id integer primary key, source text not null unique, title text not null, url text, updated text,
      hash text not null, stamp text not null
    );
    create table passage (
      id integer primary key, page integer not null references page (id), key text not null,
      headings text not null, text text not null, words text not null
    );
    create index passage_by_page on passage (page);
    create table meta (name text primary key, value not null) without rowid;
    create virtual table passage_words using fts5 (
      title, headings, body, content = '', tokenize = '${TOKENIZER}'
    );
    create virtual table page_words using fts5 (
      title, headings, body, content = '', tokenize = '${TOKENIZER}'
    );
    create virtual table passage_terms using fts5vocab (passage_words, row);
    pragma user_version = ${INDEX_FORMAT};
  `);
}

/** Rows come as arrays here: libsql adds a field of its own to objects. */
export type Row = (string | number | null)[];

/** The only values that may be bound: libsql aborts the whole process on a boolean. */
export type Value = string | number | null;

export function rows(db: Sqlite.Database, sql: string, ...values: Value[]): Row[] {
  return db
    .prepare(sql)
    .raw()
    .all(...values) as Row[];
}

export function firstValue(db: Sqlite.Database, sql: string, ...values: Value[]): string | number | null {
  return rows(db, sql, ...values)[0]?.[0] ?? null;
}

/** How the indexed text of a file looks, or undefined when it is not a file of ours in today's format. */
export function isCurrentFormat(db: Sqlite.Database): boolean {
  return firstValue(db, 'pragma user_version') === INDEX_FORMAT;
}

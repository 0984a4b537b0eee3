import Sqlite from 'libsql';

/** Enough for the words of many thousand questions; then it starts anew. */
const CACHED_WORDS = 20_000;

export interface Stems {
  /** The word as the full-text index knows it; a word it sees nothing in has none. */
  stem(word: string): string | undefined;
  close(): void;
}

/** Asks the index's own tokenizer, in memory: a stemmer of our own would disagree with it sooner or later. */
export function createStems(): Stems {
  const db = new Sqlite(':memory:');
  db.exec(`
    create virtual table words using fts5 (word, tokenize = 'porter unicode61 remove_diacritics 2');
    create virtual table terms using fts5vocab (words, row);
  `);
  const put = db.prepare('insert into words (rowid, word) values (1, ?)');
  const read = db.prepare('select term from terms').raw();
  const clear = db.prepare('delete from words');
  const known = new Map<string, string | undefined>();

  return {
    stem(word) {
      if (known.has(word)) return known.get(word);
      if (known.size >= CACHED_WORDS) known.clear();
      put.run(word);
      const terms = read.all() as string[][];
      clear.run();
      // A word of several terms stands in no index as one.
      const stem = terms.length === 1 ? terms[0]?.[0] : undefined;
      known.set(word, stem);
      return stem;
    },
    close: () => db.close(),
  };
}

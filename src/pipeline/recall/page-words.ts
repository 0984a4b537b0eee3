import { readStatements, type Statement } from './statements.ts';

/** Where a statement stands in a page, in statements of the page. */
export interface Place {
  first: number;
  /** Of the last statement that it reaches into. */
  last: number;
}

/** A page, read so that a statement can be looked for however its lines, lists and sentences are cut now. */
export interface PageWords {
  statements: Statement[];
  /** Every place where these words stand as whole sentences: what was added before or behind them counts. */
  find(words: readonly string[]): Place[];
}

export function readPageWords(texts: readonly string[]): PageWords {
  const statements = texts.flatMap(readStatements);
  const starts = new Map<number, number>();
  let stream = ' ';
  for (const [at, { words }] of statements.entries()) {
    starts.set(stream.length, at);
    stream += `${words.join(' ')} `;
  }
  starts.set(stream.length, statements.length);
  return {
    statements,
    find(words) {
      const places: Place[] = [];
      const wanted = `${words.join(' ')} `;
      for (let at = stream.indexOf(` ${wanted}`); at >= 0; at = stream.indexOf(` ${wanted}`, at + 1)) {
        const first = starts.get(at + 1);
        const next = starts.get(at + 1 + wanted.length);
        if (first !== undefined && next !== undefined) places.push({ first, last: next - 1 });
      }
      return places;
    },
  };
}

import type { QueryTerm } from '../../knowledge/terms.ts';
import { type Attempts, SEARCH, type WeaviateConnection } from './connection.ts';

export type Row = Record<string, unknown> & { _additional?: Record<string, unknown> };

/** The parts of one request, each under a name of its own; all of them are answered in one round trip. */
export async function ask(
  connection: WeaviateConnection,
  what: 'Get' | 'Aggregate',
  parts: Record<string, string>,
  attempts: Attempts = SEARCH,
): Promise<(name: string) => Row[]> {
  const list = Object.entries(parts).map(([name, part]) => `${name}: ${part}`);
  if (list.length === 0) return () => [];
  const data = await connection.use(attempts, async (client) => {
    const answer = await client.graphql
      .raw()
      .withQuery(`{ ${what} { ${list.join(' ')} } }`)
      .do();
    return (answer as { data: Record<string, Record<string, Row[] | null>> }).data[what];
  });
  return (name) => data?.[name] ?? [];
}

/** The escapes of JSON are those of GraphQL. */
export function quote(text: string): string {
  return JSON.stringify(text.replace(/\p{Surrogate}/gu, '\uFFFD'));
}

const quoteAll = (texts: string[]) => `[${texts.map(quote).join(', ')}]`;

/** The most often a term is repeated to count for more. */
const MOST_REPEATS = 4;

/** The server adds up a term as often as it is asked for, which is how one counts for more than another. */
export function wordQuery(terms: QueryTerm[]): string {
  const least = Math.min(...terms.map(({ weight }) => weight));
  return terms
    .flatMap(({ term, weight }) => {
      const times = Math.min(MOST_REPEATS, Math.max(1, Math.round(weight / least)));
      return Array.from({ length: times }, () => term);
    })
    .join(' ');
}

export const byWords = (words: string) => `bm25: { query: ${quote(words)}, properties: ["terms"] }`;

export function byVector(vector: Float32Array): string {
  return `nearVector: { vector: [${Array.from(vector).join(', ')}] }`;
}

export const whereIn = (property: string, values: string[]) =>
  `where: { path: [${quote(property)}], operator: ContainsAny, valueText: ${quoteAll(values)} }`;

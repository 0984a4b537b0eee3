import type { TermCounts } from '../../knowledge/bm25.ts';
import type { IndexVersion } from '../../ports.ts';
import { BATCH, SEARCH, type WeaviateConnection } from './connection.ts';
import { type Counts, weighLengths } from './counts.ts';
import { createPageCache, type PageCache } from './pages.ts';
import { type Classes, classesOf, INDEX_FORMAT, objectId } from './schema.ts';

/** What is counted once per version and kept in an object of its own; without it a version is not complete. */
export interface VersionFacts {
  format: number;
  builtAt: number;
  pages: number;
  passages: number;
  embedder: { id: string; dimensions: number } | null;
  /** Terms by field over all passages and over all pages. */
  lengths: { passages: number[]; pages: number[] };
  /** In how many objects it is written how many texts each term stands in. */
  termParts: number;
  /** Customers with pages of their own. */
  tenants: string[];
}

/** `average` is the mean length, as bm25.ts counts it. */
interface Texts extends TermCounts {
  average: number;
}

/** In how many passages and in how many pages a term stands. */
export type Occurs = Map<string, { passages: number; pages: number }>;

/** A version as searches use it. It never changes, so what was once read is kept. */
export interface OpenVersion {
  info: IndexVersion;
  facts: VersionFacts;
  classes: Classes;
  tenants: Set<string>;
  /** Of all passages, and of all pages, whoever may see them. */
  texts: { passages: Texts; pages: Texts };
  pages: PageCache;
}

/** `facts` alone are enough to say what a version is; a search opens it whole. */
export async function readVersion(
  connection: WeaviateConnection,
  name: string,
  version: string,
): Promise<{ info: IndexVersion; facts: VersionFacts } | undefined> {
  const meta = await readText(connection, classesOf(name, version), objectId('meta'), 'meta');
  const facts = meta === undefined ? undefined : (JSON.parse(meta) as VersionFacts);
  // A version of another format counts as none.
  if (facts?.format !== INDEX_FORMAT) return undefined;
  const { builtAt, pages, passages, embedder } = facts;
  return { info: { version, pages, passages, builtAt, embedder: embedder ?? undefined }, facts };
}

export async function openVersion(
  connection: WeaviateConnection,
  name: string,
  version: string,
): Promise<OpenVersion | undefined> {
  const read = await readVersion(connection, name, version);
  if (!read) return undefined;
  const { info, facts } = read;
  const classes = classesOf(name, version);
  const occurs = await readOccurs(connection, classes, facts.termParts);
  const textsOf = (kind: 'passages' | 'pages'): Texts => ({
    count: facts[kind],
    occurs: (term) => occurs.get(term)?.[kind] ?? 0,
    average: Math.max(1, weighLengths(facts.lengths[kind])) / Math.max(1, facts[kind]),
  });
  return {
    ...{ info, facts, classes, tenants: new Set(facts.tenants) },
    texts: { passages: textsOf('passages'), pages: textsOf('pages') },
    pages: createPageCache(facts.embedder?.dimensions ?? 0),
  };
}

/** Terms in one object; about 80 kB. */
const TERMS_A_PART = 5_000;

export function writeOccurs(occurs: Occurs): string[] {
  const all = Array.from(occurs, ([term, { passages, pages }]) => `${term}:${passages}.${pages}`);
  const parts: string[] = [];
  for (let from = 0; from < all.length; from += TERMS_A_PART) {
    parts.push(all.slice(from, from + TERMS_A_PART).join(' '));
  }
  return parts;
}

async function readOccurs(connection: WeaviateConnection, classes: Classes, parts: number): Promise<Occurs> {
  const occurs: Occurs = new Map();
  for (let part = 0; part < parts; part += 1) {
    const text = await readText(connection, classes, objectId('terms', String(part)), 'terms', BATCH);
    for (const entry of (text ?? '').split(' ')) {
      const at = entry.lastIndexOf(':');
      const [passages = 0, pages = 0] = entry
        .slice(at + 1)
        .split('.')
        .map(Number);
      if (at > 0) occurs.set(entry.slice(0, at), { passages, pages });
    }
  }
  return occurs;
}

async function readText(
  connection: WeaviateConnection,
  { records }: Classes,
  id: string,
  property: 'meta' | 'terms',
  attempts = SEARCH,
): Promise<string | undefined> {
  const path = `/objects/${records}/${id}`;
  const found = await connection.rest<{ properties?: Record<string, string> }>(attempts, 'GET', path);
  return found?.properties?.[property];
}

/** Adds one for each term of a text. */
export function countTerms(occurs: Occurs, counts: Counts, kind: 'passages' | 'pages'): void {
  for (const entry of counts.split(' ').slice(2, -1)) {
    const term = entry.slice(0, entry.lastIndexOf(':'));
    const counted = occurs.get(term) ?? { passages: 0, pages: 0 };
    counted[kind] += 1;
    occurs.set(term, counted);
  }
}

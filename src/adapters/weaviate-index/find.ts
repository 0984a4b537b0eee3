import type { Passage } from '../../knowledge/types.ts';
import type { IndexQuery } from '../../ports.ts';
import type { WeaviateConnection } from './connection.ts';
import type { Counts } from './counts.ts';
import * as graphql from './graphql.ts';
import { PASSAGE_FIELDS, readPassage } from './objects.ts';
import type { KnownPage } from './pages.ts';
import { objectId, tenantName } from './schema.ts';
import type { OpenVersion } from './version.ts';

/** Where a search looks: everybody's part, and that of the one customer who asks. */
interface Part {
  key: 'all' | 'own';
  passages: string;
  pages: string;
  tenant: string | undefined;
}

export interface FoundPassage {
  passage: Passage;
  /** Which of its page's passages it is. */
  place: number;
  counts: Counts;
}

/** Passages by id, and by source the pages they are of. */
export interface FoundTexts {
  passages: Map<string, FoundPassage>;
  pages: Map<string, KnownPage>;
}

const SHOWN = `${PASSAGE_FIELDS} counts`;

/**
 * The server's best by words and by meaning in one request, and in a second one what their pages hold; nothing, when
 * all of these were met by searches before.
 */
export async function findTexts(
  connection: WeaviateConnection,
  open: OpenVersion,
  query: IndexQuery,
): Promise<FoundTexts> {
  const parts = partsOf(open, query.tenant);
  const first = await graphql.ask(connection, 'Get', merge(parts.map((part) => firstGets(part, query))));
  const found: FoundTexts = { passages: new Map(), pages: new Map() };
  const pagesOf = (part: Part) => {
    const rows = [...first(`${part.key}Words`), ...first(`${part.key}Near`)];
    addPassages(found, part, rows);
    return pageGets(open, part, rows, found);
  };
  const rest = await graphql.ask(connection, 'Get', merge(parts.map(pagesOf)));
  for (const part of parts) {
    for (const row of rest(`${part.key}Pages`)) {
      if (!isOf(part, row)) continue;
      const vectors = typeof row.vectors === 'string' ? row.vectors : undefined;
      const source = String(row.source);
      // Also for this search alone: what the cache holds may have to make room at any time.
      found.pages.set(source, open.pages.add(source, String(row.counts), vectors));
    }
  }
  return found;
}

function partsOf({ classes, tenants }: OpenVersion, tenant: string | undefined): Part[] {
  const all: Part = { key: 'all', passages: classes.passages, pages: classes.pages, tenant: undefined };
  if (tenant === undefined || !tenants.has(tenant)) return [all];
  return [all, { key: 'own', passages: classes.ownPassages, pages: classes.ownPages, tenant }];
}

function firstGets(part: Part, { terms, vector, limit }: IndexQuery): Record<string, string> {
  const { key } = part;
  const gets: Record<string, string> = {};
  if (terms.length > 0) {
    const search = graphql.byWords(graphql.wordQuery(terms));
    gets[`${key}Words`] = get(part, 'passages', [search], limit, SHOWN);
  }
  if (vector) gets[`${key}Near`] = get(part, 'passages', [graphql.byVector(vector)], limit, SHOWN);
  return gets;
}

function pageGets(
  open: OpenVersion,
  part: Part,
  rows: graphql.Row[],
  found: FoundTexts,
): Record<string, string> {
  const sources = new Set(rows.filter((row) => isOf(part, row)).map(({ source }) => String(source)));
  const unknown = [...sources].filter((source) => {
    const known = open.pages.find(source);
    if (known) found.pages.set(source, known);
    return !known;
  });
  if (unknown.length === 0) return {};
  const ids = unknown.map((source) => objectId('page', source));
  const fields = 'source tenant counts vectors';
  return { [`${part.key}Pages`]: get(part, 'pages', [graphql.whereIn('id', ids)], ids.length, fields) };
}

function get(
  { tenant, ...classes }: Part,
  kind: 'passages' | 'pages',
  search: string[],
  limit: number,
  fields: string,
): string {
  const partition = tenant === undefined ? [] : [`tenant: ${graphql.quote(tenantName(tenant))}`];
  return `${classes[kind]}(${[...partition, ...search, `limit: ${limit}`].join(', ')}) { ${fields} }`;
}

function merge(parts: Record<string, string>[]): Record<string, string> {
  return Object.assign({}, ...parts);
}

function addPassages(found: FoundTexts, part: Part, rows: graphql.Row[]): void {
  for (const row of rows) {
    if (!isOf(part, row)) continue;
    const passage = readPassage(row);
    found.passages.set(passage.id, { passage, place: Number(row.place), counts: String(row.counts) });
  }
}

/** The wall between customers stands on the server; that it did is checked on everything that comes back. */
function isOf(part: Part, row: graphql.Row): boolean {
  return (row.tenant ?? undefined) === part.tenant;
}

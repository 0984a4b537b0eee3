import type { WeaviateObject } from 'weaviate-ts-client';
import type { Passage } from '../../knowledge/types.ts';
import type { IndexedPage } from '../../ports.ts';
import { BATCH, type WeaviateConnection } from './connection.ts';
import * as graphql from './graphql.ts';
import { PASSAGE_FIELDS, readPassage, readRecord } from './objects.ts';
import { objectId, tenantName } from './schema.ts';
import type { OpenVersion } from './version.ts';

/** Objects a request: with vectors about half a megabyte, records are far smaller. */
const WITH_VECTORS = 100;
const WITHOUT_VECTORS = 500;
const SOURCES_A_REQUEST = 20;
/** The most a server gives back for one query as it comes. */
const MOST_RESULTS = 10_000;

/** All objects of a class, or of one customer's part of it, slice by slice in the order of their ids. */
export async function* eachObject(
  connection: WeaviateConnection,
  from: { className: string; tenant: string | undefined },
  withVectors: boolean,
): AsyncGenerator<WeaviateObject[]> {
  const limit = withVectors ? WITH_VECTORS : WITHOUT_VECTORS;
  let next = readSlice(connection, from, withVectors, limit, undefined);
  while (true) {
    const slice = await next;
    const last = slice.at(-1)?.id;
    const isLast = slice.length < limit || last === undefined;
    // The next slice is on its way while this one is worked on.
    if (!isLast) {
      next = readSlice(connection, from, withVectors, limit, last);
      next.catch(() => undefined);
    }
    yield slice;
    if (isLast) return;
  }
}

async function readSlice(
  connection: WeaviateConnection,
  { className, tenant }: { className: string; tenant: string | undefined },
  withVectors: boolean,
  limit: number,
  after: string | undefined,
): Promise<WeaviateObject[]> {
  const answer = await connection.use(BATCH, (client) => {
    const getter = client.data.getter().withClassName(className).withLimit(limit);
    if (withVectors) getter.withVector();
    if (tenant !== undefined) getter.withTenant(tenant);
    if (after !== undefined) getter.withAfter(after);
    return getter.do();
  });
  return answer.objects ?? [];
}

export async function readPages(
  connection: WeaviateConnection,
  { classes }: Pick<OpenVersion, 'classes'>,
): Promise<IndexedPage[]> {
  const pages: IndexedPage[] = [];
  const from = { className: classes.records, tenant: undefined };
  for await (const objects of eachObject(connection, from, false)) {
    for (const { properties = {} } of objects) {
      if (properties.source === undefined) continue;
      const { source, hash, stamp } = readRecord(properties);
      pages.push({ source, hash, stamp });
    }
  }
  return pages.sort((a, b) => (a.source < b.source ? -1 : 1));
}

/** All passages of these pages, in the order of the pages and of their text. */
export async function readPassagesOf(
  connection: WeaviateConnection,
  open: OpenVersion,
  sources: string[],
): Promise<Passage[]> {
  const passages: Passage[] = [];
  for (let from = 0; from < sources.length; from += SOURCES_A_REQUEST) {
    const wanted = sources.slice(from, from + SOURCES_A_REQUEST);
    const rows = await readRowsOf(connection, open, wanted);
    for (const source of wanted) {
      const own = rows.filter((row) => row.source === source);
      passages.push(...own.sort((a, b) => Number(a.place) - Number(b.place)).map(readPassage));
    }
  }
  return passages;
}

async function readRowsOf(
  connection: WeaviateConnection,
  { classes }: Pick<OpenVersion, 'classes'>,
  sources: string[],
) {
  const ids = sources.map((source) => objectId('record', source));
  const search = graphql.whereIn('id', ids);
  const records = `${classes.records}(${search}, limit: ${ids.length}) { source tenant passages }`;
  const found = (await graphql.ask(connection, 'Get', { records }, BATCH))('records');
  const byTenant = new Map<string | undefined, graphql.Row[]>();
  for (const row of found) {
    const tenant = row.tenant === null || row.tenant === undefined ? undefined : String(row.tenant);
    byTenant.set(tenant, [...(byTenant.get(tenant) ?? []), row]);
  }
  const gets: Record<string, string> = {};
  for (const [tenant, pages] of byTenant) {
    const count = pages.reduce((sum, { passages }) => sum + Number(passages), 0);
    const args = [
      ...(tenant === undefined ? [] : [`tenant: ${graphql.quote(tenantName(tenant))}`]),
      graphql.whereIn(
        'source',
        pages.map(({ source }) => String(source)),
      ),
      `limit: ${Math.min(MOST_RESULTS, count + 1)}`,
    ];
    const className = tenant === undefined ? classes.passages : classes.ownPassages;
    gets[`of${Object.keys(gets).length}`] = `${className}(${args.join(', ')}) { ${PASSAGE_FIELDS} }`;
  }
  return Object.keys(gets).flatMap(await graphql.ask(connection, 'Get', gets, BATCH));
}

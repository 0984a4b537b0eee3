import type { Selected } from './parse-query.ts';
import type { Shard, Store, StoredObject } from './store.ts';

interface Hit {
  object: StoredObject;
  score?: number;
  distance?: number;
}

interface Where {
  path: string[];
  operator: string;
  valueText: string | string[];
}

/** What a query fails with; the answer has status 200 all the same. */
export class QueryFailed extends Error {}

export function runGet(store: Store, { name, args, fields }: Selected): unknown[] {
  requireShard(store, name, args);
  const shard = store.searched(name, args.tenant as string | undefined);
  const definition = store.classes.get(store.aliases.get(name) ?? name);
  let hits = filter(shard, args.where as Where | undefined).map((object): Hit => ({ object }));
  if (args.bm25) {
    const { k1, b } = definition?.invertedIndexConfig?.bm25 ?? { k1: 1.2, b: 0.75 };
    hits = byWords(shard, hits, args.bm25 as { query: string; properties: string[] }, k1, b);
  }
  if (args.nearVector) hits = byVector(hits, (args.nearVector as { vector: number[] }).vector);
  const limit = typeof args.limit === 'number' ? args.limit : 10_000;
  return hits.slice(0, limit).map((hit) => show(hit, fields));
}

export function runAggregate(store: Store, { name, args }: Selected): unknown[] {
  return [
    { meta: { count: filter(requireShard(store, name, args), args.where as Where | undefined).length } },
  ];
}

function requireShard(store: Store, name: string, args: Record<string, unknown>): Shard {
  const className = store.aliases.get(name) ?? name;
  if (!store.classes.has(className))
    throw new QueryFailed(`Cannot query field "${name}" on type "GetObjectsObj".`);
  const shard = store.shard(className, args.tenant as string | undefined);
  if (shard) return shard;
  const hasTenants = store.classes.get(className)?.multiTenancyConfig?.enabled;
  if (args.tenant === undefined)
    throw new QueryFailed(`class ${className} has multi-tenancy enabled, but request was without tenant`);
  throw new QueryFailed(
    hasTenants ? `tenant not found: "${args.tenant}"` : `class ${className} has multi-tenancy disabled`,
  );
}

function filter(shard: Shard, where: Where | undefined): StoredObject[] {
  // In the order of their ids, as the server gives them.
  const all = [...shard.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  if (!where) return all;
  const [path = ''] = where.path;
  const wanted = [where.valueText].flat();
  return all.filter(({ id, properties }) => {
    if (path === 'id') return wanted.includes(id);
    const text = String(properties[path] ?? '');
    // Of the properties that are cut into words only one is filtered by.
    return path === 'terms' ? text.split(' ').includes(wanted[0] ?? '') : wanted.includes(text);
  });
}

function byWords(
  shard: Shard,
  hits: Hit[],
  { query, properties }: { query: string; properties: string[] },
  k1: number,
  b: number,
): Hit[] {
  const terms = query.split(/\s+/).filter((term) => term !== '');
  if (terms.length === 0) throw new QueryFailed('keyword search (bm25) must have query set');
  const scores = new Map<string, number>();
  for (const property of properties) {
    const [name = '', boost = '1'] = property.split('^');
    const texts = new Map(Array.from(shard.values(), (one) => [one.id, words(one, name)]));
    const all = [...texts.values()];
    const average = all.reduce((sum, one) => sum + one.length, 0) / Math.max(1, all.length);
    for (const term of terms) {
      const holders = all.filter((one) => one.includes(term)).length;
      const idf = Math.log(1 + (all.length - holders + 0.5) / (holders + 0.5));
      for (const [id, text] of texts) {
        const occurs = text.filter((one) => one === term).length;
        if (occurs === 0) continue;
        const gain = (idf * occurs) / (occurs + k1 * (1 - b + (b * text.length) / average));
        scores.set(id, (scores.get(id) ?? 0) + Number(boost) * gain);
      }
    }
  }
  return hits
    .filter(({ object }) => scores.has(object.id))
    .map((hit) => ({ ...hit, score: scores.get(hit.object.id) ?? 0 }))
    .sort((x, y) => y.score - x.score);
}

function words({ properties }: StoredObject, name: string): string[] {
  return String(properties[name] ?? '')
    .split(' ')
    .filter((word) => word !== '');
}

function byVector(hits: Hit[], query: number[]): Hit[] {
  return hits
    .filter(({ object }) => object.vector)
    .map((hit) => {
      const vector = hit.object.vector ?? [];
      if (vector.length !== query.length) {
        throw new QueryFailed(`vector lengths don't match: ${query.length} vs ${vector.length}`);
      }
      const product = vector.reduce((sum, value, at) => sum + value * (query[at] ?? 0), 0);
      return { ...hit, distance: 1 - product / (Math.hypot(...vector) * Math.hypot(...query)) };
    })
    .sort((a, b) => a.distance - b.distance);
}

function show({ object, score, distance }: Hit, fields: Selected[]): Record<string, unknown> {
  const additional: Record<string, unknown> = {
    ...{ id: object.id, distance: distance ?? null, vector: object.vector ?? [] },
    score: score === undefined ? '0' : String(score),
  };
  const shown = fields.map(({ name, fields: inner }) => {
    if (name !== '_additional') return [name, object.properties[name] ?? null];
    return [name, Object.fromEntries(inner.map((one) => [one.name, additional[one.name]]))];
  });
  return Object.fromEntries(shown);
}

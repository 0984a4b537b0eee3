import type { Asked } from './server.ts';
import type { Store, StoredClass, StoredObject } from './store.ts';

export interface Answer {
  status: number;
  body: unknown;
}

const NOT_FOUND: Answer = { status: 404, body: undefined };
const done = (body: unknown = {}): Answer => ({ status: 200, body });
const refused = (message: string): Answer => ({ status: 422, body: { error: [{ message }] } });

export function answerRest(store: Store, asked: Asked): Answer {
  const [room, first, second] = asked.path.split('/').slice(1).map(decodeURIComponent);
  if (room === 'schema') return answerSchema(store, asked, first, second);
  if (room === 'aliases') return answerAliases(store, asked, first);
  if (room === 'batch' && first === 'objects') return answerBatch(store, asked);
  if (room === 'objects') return answerObjects(store, asked, first, second);
  return NOT_FOUND;
}

function answerSchema(
  store: Store,
  { method, body }: Asked,
  name: string | undefined,
  what: string | undefined,
): Answer {
  const { classes } = store;
  if (name === undefined) {
    if (method === 'GET') return done({ classes: [...classes.values()] });
    const definition = body as StoredClass;
    if (classes.has(definition.class)) return refused(`class name ${definition.class} already exists`);
    store.addClass(definition);
    return done(definition);
  }
  const found = classes.get(name);
  if (what === 'tenants') {
    for (const { name: tenant } of body as { name: string }[]) store.addTenant(name, tenant);
    return done(body);
  }
  if (method === 'DELETE') {
    store.removeClass(name);
    return done();
  }
  if (!found) return NOT_FOUND;
  if (method === 'PUT') found.description = (body as StoredClass).description ?? '';
  return done(found);
}

function answerAliases(
  { aliases, classes }: Store,
  { method, body }: Asked,
  name: string | undefined,
): Answer {
  const { alias = name ?? '', class: className = '' } = (body ?? {}) as { alias?: string; class?: string };
  if (method === 'POST') {
    if (aliases.has(alias)) return refused(`create alias: alias name ${alias} already exists`);
    if (!classes.has(className)) return refused(`class ${className} does not exist`);
    aliases.set(alias, className);
    return done({ alias, class: className });
  }
  if (!aliases.has(alias)) return NOT_FOUND;
  if (method === 'PUT') aliases.set(alias, className);
  if (method !== 'DELETE') return done({ alias, class: aliases.get(alias) });
  aliases.delete(alias);
  return { status: 204, body: undefined };
}

/** Objects are written in no fixed order, and the answer is 200 whatever became of each. */
function answerBatch(store: Store, { body, fault }: Asked): Answer {
  const { objects } = body as { objects: StoredObject[] };
  const missing = objects.find((one) => !store.classes.has(store.aliases.get(one.class) ?? one.class));
  if (missing) return refused(`class "${missing.class}" not found in schema, auto-schema is disabled`);
  const errors = new Map<StoredObject, string>();
  for (const [at, object] of [...objects].reverse().entries()) {
    const isHit = fault !== undefined && at < fault.failItems;
    const error = isHit ? fault.message : store.put(object);
    if (error !== undefined) errors.set(object, error);
  }
  const results = objects.map((object) => {
    const message = errors.get(object);
    if (message === undefined) return { ...object, result: { status: 'SUCCESS' } };
    return { ...object, result: { status: 'FAILED', errors: { error: [{ message }] } } };
  });
  return done(results);
}

function answerObjects(
  store: Store,
  { method, query, body }: Asked,
  className: string | undefined,
  id: string | undefined,
): Answer {
  if (method !== 'GET')
    return refused(`the double has no ${method} of objects; ${JSON.stringify(body).length}`);
  if (className !== undefined) {
    const object = store.shard(className, undefined)?.get(id ?? '');
    return object ? done(object) : NOT_FOUND;
  }
  const shard = store.shard(query.get('class') ?? '', query.get('tenant') ?? undefined);
  if (!shard) return refused('class or tenant not found');
  const after = query.get('after') ?? '';
  const slice = [...shard.values()]
    .filter(({ id: one }) => one > after)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .slice(0, Number(query.get('limit') ?? 25));
  const withVectors = query.get('include')?.includes('vector') ?? false;
  return done({
    objects: slice.map(({ vector, ...rest }) => (withVectors && vector ? { ...rest, vector } : rest)),
  });
}

import type { WeaviateObject } from 'weaviate-ts-client';
import { VendorRefused } from '../../errors.ts';
import { FIELDS } from '../../knowledge/terms.ts';
import type { Clock, IndexChanges } from '../../ports.ts';
import { createBatchWriter } from './batch.ts';
import { BATCH, SCHEMA, type WeaviateConnection } from './connection.ts';
import { VENDOR } from './errors.ts';
import { ask } from './graphql.ts';
import { objectsOf } from './objects.ts';
import { eachObject } from './read.ts';
import {
  type Classes,
  classesOf,
  classOf,
  INDEX_FORMAT,
  type Kind,
  objectId,
  tenantName,
  versionOf,
} from './schema.ts';
import { createSender, type Sender } from './sender.ts';
import type { OpenVersion, VersionFacts } from './version.ts';

/** Parts of a version counted in one request. */
const COUNTS_A_REQUEST = 50;

export interface BuildPlan extends IndexChanges {
  name: string;
  version: string;
  /** The version to start from, or undefined to start empty. */
  base: OpenVersion | undefined;
  builtAt: number;
  onProgress: ((done: number, total: number) => void) | undefined;
}

/** Writes a whole new version into classes of its own. What was copied and what is new counts into its facts. */
export async function buildVersion(
  connection: WeaviateConnection,
  clock: Clock,
  plan: BuildPlan,
): Promise<void> {
  const classes = classesOf(plan.name, plan.version);
  const facts = emptyFacts(plan);
  const hasVectors = plan.embedder !== undefined;
  const make = (kinds: readonly Kind[]) => makeClasses(connection, classes, kinds, hasVectors);
  await make(['passages', 'pages', 'records']);
  const sender = createSender({
    ...{ connection, clock, classes, facts },
    // Most knowledge is everybody's, and a class takes a fifth of a second to make.
    makeOwn: () => make(['ownPassages', 'ownPages']),
  });
  if (plan.base) await copyKept(connection, plan, plan.base, sender);
  const total = plan.upserts.length + plan.removals.length;
  for (const [at, change] of plan.upserts.entries()) {
    const { record, objects } = objectsOf(classes, change, plan.embedder?.dimensions);
    await sender.send(objects, record.tenant);
    plan.onProgress?.(plan.removals.length + at + 1, total);
  }
  await requireComplete(connection, await sender.finish());
  const meta = { class: classes.records, id: objectId('meta'), properties: { meta: JSON.stringify(facts) } };
  const last = createBatchWriter(connection, clock);
  await last.add([meta]);
  await last.flush();
  plan.onProgress?.(total, total);
}

function emptyFacts({ builtAt, embedder }: BuildPlan): VersionFacts {
  const none = () => FIELDS.map(() => 0);
  return {
    ...{ format: INDEX_FORMAT, builtAt, pages: 0, passages: 0, embedder: embedder ?? null },
    lengths: { passages: none(), pages: none() },
    tenants: [],
    termParts: 0,
  };
}

async function makeClasses(
  connection: WeaviateConnection,
  classes: Classes,
  kinds: readonly Kind[],
  hasVectors: boolean,
): Promise<void> {
  for (const kind of kinds) {
    const definition = classOf(classes, kind, hasVectors);
    await connection.use({ ...SCHEMA, tries: 1 }, (client) =>
      client.schema.classCreator().withClass(definition).do(),
    );
  }
}

/** Everything of the base but the pages that are replaced or removed. */
async function copyKept(
  connection: WeaviateConnection,
  plan: BuildPlan,
  base: OpenVersion,
  sender: Sender,
): Promise<void> {
  const classes = classesOf(plan.name, plan.version);
  const touched = new Set([...plan.upserts.map(({ page }) => page.source), ...plan.removals]);
  const copy = async (kind: Kind, tenant: string | undefined) => {
    const from = {
      className: base.classes[kind],
      tenant: tenant === undefined ? undefined : tenantName(tenant),
    };
    const withVectors = base.info.embedder !== undefined && (kind === 'passages' || kind === 'ownPassages');
    for await (const objects of eachObject(connection, from, withVectors)) {
      const kept = objects.filter(({ properties = {} }) => {
        return properties.source !== undefined && !touched.has(String(properties.source));
      });
      if (kept.length === 0) continue;
      const copies = kept.map((one) => ({ ...one, class: classes[kind] }));
      await sender.send(copies.map(withoutTimes), tenant);
    }
  };
  await copy('records', undefined);
  for (const kind of ['passages', 'pages'] as const) await copy(kind, undefined);
  for (const tenant of base.facts.tenants) {
    for (const kind of ['ownPassages', 'ownPages'] as const) await copy(kind, tenant);
  }
}

/** What the server adds to an object is its own to set. */
function withoutTimes({ class: className, id, properties, vector, tenant }: WeaviateObject): WeaviateObject {
  const more = { ...(vector ? { vector } : {}), ...(tenant ? { tenant } : {}) };
  return { class: className, id, properties, ...more };
}

/** A version that lacks a passage is worse than none: the page would count as indexed and never be found. */
async function requireComplete(connection: WeaviateConnection, sent: Map<string, number>): Promise<void> {
  const all = [...sent];
  for (let from = 0; from < all.length; from += COUNTS_A_REQUEST) {
    const some = all.slice(from, from + COUNTS_A_REQUEST);
    const parts = Object.fromEntries(some.map(([where], at) => [`n${at}`, `${where} { meta { count } }`]));
    const rows = await ask(connection, 'Aggregate', parts, BATCH);
    for (const [at, [, count]] of some.entries()) {
      const stored = (rows(`n${at}`)[0] as { meta?: { count?: number } } | undefined)?.meta?.count ?? 0;
      if (stored === count) continue;
      throw new VendorRefused(VENDOR, `${stored} of ${count} objects are there after a build`, {
        retry: 'later',
      });
    }
  }
}

/** Removes every class of the index but those of the versions kept. Only the holder of the lock may call it. */
export async function removeVersions(
  connection: WeaviateConnection,
  name: string,
  isGone: (version: string) => boolean,
): Promise<void> {
  const schema = await connection.use(SCHEMA, (client) => client.schema.getter().do());
  for (const { class: className = '' } of schema.classes ?? []) {
    const version = versionOf(name, className);
    if (version === undefined || !isGone(version)) continue;
    await connection.use(SCHEMA, (client) => client.schema.classDeleter().withClassName(className).do());
  }
}

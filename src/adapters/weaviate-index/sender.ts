import type { WeaviateObject } from 'weaviate-ts-client';
import type { Clock } from '../../ports.ts';
import { createBatchWriter } from './batch.ts';
import { SCHEMA, type WeaviateConnection } from './connection.ts';
import { readLengths } from './counts.ts';
import { quote } from './graphql.ts';
import { type Classes, objectId, tenantName } from './schema.ts';
import { countTerms, type Occurs, type VersionFacts, writeOccurs } from './version.ts';

/** Sends the objects of a version, new ones and copies alike, and counts them into its facts. */
export interface Sender {
  send(objects: WeaviateObject[], tenant: string | undefined): Promise<void>;
  /** How many objects were sent, by class and tenant as a query names them. */
  finish(): Promise<Map<string, number>>;
}

export function createSender(parts: {
  connection: WeaviateConnection;
  clock: Clock;
  classes: Classes;
  facts: VersionFacts;
  makeOwn: () => Promise<void>;
}): Sender {
  const { connection, clock, classes, facts, makeOwn } = parts;
  const writer = createBatchWriter(connection, clock);
  const tenants = new Set<string>();
  const occurs: Occurs = new Map();
  const sent = new Map<string, number>();
  const add = async (objects: WeaviateObject[]) => {
    for (const { class: className, tenant } of objects) {
      const where = `${className}${tenant === undefined ? '' : `(tenant: ${quote(tenant)})`}`;
      sent.set(where, (sent.get(where) ?? 0) + 1);
    }
    await writer.add(objects);
  };
  return {
    async send(objects, tenant) {
      // A partition has to be there before what goes into it.
      if (tenant !== undefined && !tenants.has(tenant)) {
        if (tenants.size === 0) await makeOwn();
        await makeTenant(connection, classes, tenantName(tenant));
        tenants.add(tenant);
      }
      for (const object of objects) count(facts, occurs, classes, object);
      await add(objects);
    },
    async finish() {
      const parts = writeOccurs(occurs);
      facts.tenants = [...tenants];
      facts.termParts = parts.length;
      for (const [part, terms] of parts.entries()) {
        const id = objectId('terms', String(part));
        await add([{ class: classes.records, id, properties: { kind: 'terms', terms } }]);
      }
      await writer.flush();
      return sent;
    },
  };
}

function count(
  facts: VersionFacts,
  occurs: Occurs,
  classes: Classes,
  { class: className, properties }: WeaviateObject,
): void {
  if (className === classes.records) {
    facts.pages += 1;
    return;
  }
  const isPassage = className === classes.passages || className === classes.ownPassages;
  const kind = isPassage ? 'passages' : 'pages';
  if (isPassage) facts.passages += 1;
  const counts = String(properties?.counts);
  countTerms(occurs, counts, kind);
  const sums = facts.lengths[kind];
  for (const [at, length] of readLengths(counts).entries()) sums[at] = (sums[at] ?? 0) + length;
}

async function makeTenant(connection: WeaviateConnection, classes: Classes, name: string): Promise<void> {
  for (const className of [classes.ownPassages, classes.ownPages]) {
    await connection.use(SCHEMA, (client) => client.schema.tenantsCreator(className, [{ name }]).do());
  }
}

import { InvariantError } from '../../errors.ts';
import { SCHEMA, SEARCH, type WeaviateConnection } from './connection.ts';
import { classesOf, objectId, versionOf } from './schema.ts';

export interface Served {
  current: string | undefined;
  previous: string | undefined;
}

/** Which version serves; every search asks, so that a switch by another process is seen at once. */
export interface IndexPointer {
  /** Reads nothing but which version serves. */
  current(): Promise<string | undefined>;
  read(): Promise<Served>;
  /** `version` serves from now on, and what served becomes the previous one. */
  switchTo(version: string): Promise<void>;
}

/**
 * Two aliases, `<Name>` and `<Name>_previous`, on the passages of a version. They cannot be set in one step: the one
 * that is served is set first, so that whatever breaks in between, the wanted version serves. What may be lost then
 * is the way back by one version, or it leads one version further.
 */
export function createAliasPointer(connection: WeaviateConnection, name: string): IndexPointer {
  const aliases = { current: name, previous: `${name}_previous` };
  const target = async (alias: string) => {
    const found = await connection.rest<{ class?: string }>(SEARCH, 'GET', `/aliases/${alias}`);
    return found && versionOf(name, found.class ?? '');
  };
  const set = async (alias: string, version: string) => {
    const className = classesOf(name, version).passages;
    if ((await connection.rest(SCHEMA, 'PUT', `/aliases/${alias}`, { class: className })) === undefined) {
      await connection.rest(SCHEMA, 'POST', '/aliases', { alias, class: className });
    }
  };
  const read = async () => {
    const [current, previous] = await Promise.all([target(aliases.current), target(aliases.previous)]);
    return { current, previous: previous === current ? undefined : previous };
  };
  return {
    current: () => target(aliases.current),
    read,
    async switchTo(version) {
      const before = await read();
      if (before.current === version) return;
      await set(aliases.current, version);
      if (before.current !== undefined) await set(aliases.previous, before.current);
    },
  };
}

/** One object that names both versions, for servers before 1.32, which have no aliases. */
export function createObjectPointer(connection: WeaviateConnection, name: string): IndexPointer {
  const className = `${name}_pointer`;
  const id = objectId('meta', name, 'pointer');
  const read = async (): Promise<Served> => {
    const found = await connection.rest<{ properties?: Record<string, string> }>(
      SEARCH,
      'GET',
      `/objects/${className}/${id}`,
    );
    const { current, previous } = found?.properties ?? {};
    return { current, previous };
  };
  return {
    current: async () => (await read()).current,
    read,
    async switchTo(version) {
      const before = await read();
      if (before.current === version) return;
      const properties = { current: version, ...(before.current ? { previous: before.current } : {}) };
      if (before.current === undefined) await makePointerClass(connection, className);
      const [result] = await connection.use(SCHEMA, (client) =>
        client.batch.objectsBatcher().withObjects({ class: className, id, properties }).do(),
      );
      if (result?.result?.status !== 'SUCCESS')
        throw new InvariantError(`the pointer of ${name} was not stored`);
    },
  };
}

async function makePointerClass(connection: WeaviateConnection, className: string): Promise<void> {
  const there = await connection.rest(SCHEMA, 'GET', `/schema/${className}`);
  if (there !== undefined) return;
  const property = (name: string) => ({
    name,
    dataType: ['text'],
    indexFilterable: false,
    indexSearchable: false,
  });
  await connection.use(SCHEMA, (client) =>
    client.schema
      .classCreator()
      .withClass({
        class: className,
        description: 'Which version of the Countersign knowledge index serves',
        vectorizer: 'none',
        vectorIndexConfig: { skip: true },
        properties: [property('current'), property('previous')],
      })
      .do(),
  );
}

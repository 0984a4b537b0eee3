/** What the double keeps, in memory. */
export interface StoredObject {
  class: string;
  id: string;
  properties: Record<string, unknown>;
  vector?: number[];
  tenant?: string;
}

export interface StoredClass {
  class: string;
  description?: string;
  invertedIndexConfig?: { bm25?: { k1: number; b: number } };
  multiTenancyConfig?: { enabled: boolean };
  [more: string]: unknown;
}

/** Objects of a class, or of one tenant of it. */
export type Shard = Map<string, StoredObject>;

export interface Store {
  classes: Map<string, StoredClass>;
  aliases: Map<string, string>;
  /** Undefined when there is none such; a class with tenants has none without one. */
  shard(className: string, tenant: string | undefined): Shard | undefined;
  /** What a search of that shard looks at. */
  searched(className: string, tenant: string | undefined): Shard;
  addClass(definition: StoredClass): void;
  removeClass(name: string): void;
  addTenant(className: string, tenant: string): void;
  /** An error text, or undefined when the object was stored. */
  put(object: StoredObject): string | undefined;
}

export function createStore({ hasHoles }: { hasHoles: boolean }): Store {
  const classes = new Map<string, StoredClass>();
  const aliases = new Map<string, string>();
  const shards = new Map<string, Map<string | undefined, Shard>>();
  const nameOf = (name: string) => aliases.get(name) ?? name;
  const store: Store = {
    ...{ classes, aliases },
    shard: (className, tenant) => shards.get(nameOf(className))?.get(tenant),
    searched(className, tenant) {
      if (!hasHoles) return store.shard(className, tenant) ?? new Map();
      const [, kind = '', version = ''] = nameOf(className).match(/_t?([a-z])_(\w+)$/) ?? [];
      const alike = [...shards].filter(([name]) => name.endsWith(`${kind}_${version}`));
      return new Map(alike.flatMap(([, each]) => [...each.values()].flatMap((one) => [...one])));
    },
    addClass(definition) {
      classes.set(definition.class, definition);
      const hasTenants = definition.multiTenancyConfig?.enabled === true;
      shards.set(definition.class, new Map(hasTenants ? [] : [[undefined, new Map()]]));
    },
    removeClass(name) {
      classes.delete(name);
      shards.delete(name);
    },
    addTenant(className, tenant) {
      const all = shards.get(nameOf(className));
      if (all && !all.has(tenant)) all.set(tenant, new Map());
    },
    put(object) {
      const shard = store.shard(object.class, object.tenant);
      if (!shard) return `tenant not found: "${object.tenant ?? ''}"`;
      // Whichever vector comes first fixes the length for all that follow.
      const first = [...shard.values()].find(({ vector }) => vector)?.vector;
      if (first && object.vector && first.length !== object.vector.length) {
        return `new node has a vector with length ${object.vector.length}. Existing nodes have vectors with length ${first.length}`;
      }
      shard.set(object.id, object);
      return undefined;
    },
  };
  return store;
}

import type { Logger } from '../../log.ts';
import { SEARCH, type WeaviateConnection } from './connection.ts';
import { readFailure } from './errors.ts';

/** What this adapter was tried with. */
const TESTED = { from: [1, 32], to: [1, 39] } as const;
const ALIASES_SINCE = [1, 32] as const;

export interface ServerFacts {
  version: string;
  hasAliases: boolean;
}

/**
 * Asked once, at first use: which server it is, and whether it can be searched at all. Throws with the remedy when
 * GraphQL is switched off.
 */
export async function probeServer(connection: WeaviateConnection, log: Logger): Promise<ServerFacts> {
  const meta = await connection.rest<{ version?: string }>(SEARCH, 'GET', '/meta');
  const version = meta?.version ?? 'unknown';
  await connection.use(SEARCH, async (client) => {
    try {
      await client.graphql.raw().withQuery('{ __typename }').do();
    } catch (error) {
      // Said before the first class exists: there is nothing to search yet, and nothing wrong.
      if (!/no graphql provider present/i.test(readFailure(error).said)) throw error;
    }
  });
  const numbers = readVersion(version);
  if (!numbers || isBefore(numbers, TESTED.from) || isBefore(TESTED.to, numbers)) {
    const range = `v${TESTED.from.join('.')} to v${TESTED.to.join('.')}`;
    log.warn(
      `Weaviate ${version} is none of the versions this was tried with, ${range}; see docs/weaviate.md`,
    );
  }
  return { version, hasAliases: numbers === undefined || !isBefore(numbers, ALIASES_SINCE) };
}

function readVersion(text: string): [number, number] | undefined {
  const [, major, minor] = text.match(/^v?(\d+)\.(\d+)/) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor)];
}

function isBefore(a: readonly [number, number], b: readonly [number, number]): boolean {
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
}

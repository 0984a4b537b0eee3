import type { WeaviateObject } from 'weaviate-ts-client';
import { VendorRefused } from '../../errors.ts';
import type { Clock } from '../../ports.ts';
import { BATCH, type WeaviateConnection } from './connection.ts';
import { toWeaviateError, VENDOR } from './errors.ts';

/** Objects a request; with vectors and texts about half a megabyte. */
const OBJECTS_A_BATCH = 100;
const TRIES = 4;
const FIRST_WAIT_MS = 250;

/** Sends objects in batches, holding back until there are enough for one. */
export interface BatchWriter {
  add(objects: WeaviateObject[]): Promise<void>;
  flush(): Promise<void>;
}

/**
 * An answer of 200 says nothing about the objects: each has a result of its own, and only those that failed are sent
 * again. Ids are fixed, so sending one twice does no harm.
 */
export function createBatchWriter(connection: WeaviateConnection, clock: Clock): BatchWriter {
  let waiting: WeaviateObject[] = [];
  const sendFull = async (least: number) => {
    while (waiting.length >= least && waiting.length > 0) {
      const batch = waiting.slice(0, OBJECTS_A_BATCH);
      waiting = waiting.slice(OBJECTS_A_BATCH);
      await sendAll(connection, clock, batch);
    }
  };
  return {
    async add(objects) {
      waiting.push(...objects);
      await sendFull(OBJECTS_A_BATCH);
    },
    flush: () => sendFull(1),
  };
}

async function sendAll(connection: WeaviateConnection, clock: Clock, batch: WeaviateObject[]): Promise<void> {
  let left = batch;
  for (let tried = 1; ; tried += 1) {
    const { failed, said } = await sendOnce(connection, left);
    if (failed.length === 0) return;
    const error = refusal(failed.length, said);
    // One object refused for good is not helped by sending the others again.
    if (tried >= TRIES || error.retry === 'never') throw error;
    left = failed;
    await clock.sleep(FIRST_WAIT_MS * 2 ** (tried - 1));
  }
}

async function sendOnce(connection: WeaviateConnection, batch: WeaviateObject[]) {
  const results = await connection.use(BATCH, (client) =>
    client.batch
      .objectsBatcher()
      .withObjects(...batch)
      .do(),
  );
  const keyOf = (one: { class?: string; id?: string }) => `${one.class} ${one.id}`;
  const resultOf = new Map(results.map((one) => [keyOf(one), one.result]));
  // An object the server does not speak of was not stored, as far as anybody knows.
  const failed = batch.filter((object) => {
    const result = resultOf.get(keyOf(object));
    return !result || result.status === 'FAILED' || (result.errors?.error?.length ?? 0) > 0;
  });
  const said = failed
    .map((object) => resultOf.get(keyOf(object))?.errors?.error?.[0]?.message ?? '')
    .find((text) => text !== '');
  return { failed, said: said ?? '' };
}

function refusal(count: number, said: string): VendorRefused {
  const judged = toWeaviateError(new Error(`usage error (422): ${said}`));
  const reason = judged instanceof VendorRefused ? judged.reason : 'refused';
  const cause = reason === 'status 422' ? '' : `: ${reason}`;
  // Without a known cause it may be a passing one, such as a node that is busy.
  const retry = cause === '' ? 'later' : judged.retry;
  return new VendorRefused(VENDOR, `${count} objects of a batch were not stored${cause}`, { retry });
}

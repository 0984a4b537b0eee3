import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSearch } from '../../src/knowledge/search.ts';
import type { Passage } from '../../src/knowledge/types.ts';
import type { KnowledgeIndex } from '../../src/ports.ts';
import { createRandom } from '../../src/training/seeded-random.ts';
import {
  createQuestions,
  makeCanaries,
  sharedPages,
  type WallQuestion,
  withVectors,
} from '../helpers/canaries.ts';
import { createWordEmbedder } from '../helpers/word-embedder.ts';
import type { IndexPlace } from './knowledge-index.ts';

const TENANTS = 50;
const embedder = createWordEmbedder();
const canaries = makeCanaries(TENANTS);

/** Half of them of the index itself, half as the pipeline asks; several at a time, as customers do. */
export interface WallOptions {
  queries: number;
  atOnce?: number;
  timeoutMs?: number;
}

/** What was seen over many questions. */
interface Seen {
  /** Questions whose answer held another customer's canary, with its kind. */
  foreign: string[];
  /** Answers that held a canary of whoever asked: without any, nothing would have been tried. */
  own: number;
  results: number;
}

export function describeTenantWall(
  name: string,
  create: () => Promise<IndexPlace>,
  { queries, atOnce = 1, timeoutMs = 60_000 }: WallOptions,
): void {
  describe(`the wall between customers of ${name}`, () => {
    let place: IndexPlace;
    let index: KnowledgeIndex;

    beforeAll(async () => {
      place = await create();
      index = place.open();
      await fillWithCanaries(index);
    }, 120_000);

    afterAll(async () => {
      await index.close();
      await place.dispose();
    });

    test('lets every customer find the own canary, by words, by vector and by search', async () => {
      const search = createSearch({ index, embedder, threshold: 0 });
      for (const { tenant, token, tickets } of canaries) {
        const text = tickets[0]?.passages[0]?.text ?? '';
        const [vector] = await embedder.embed([text], 'query');
        const near = await index.candidates({ terms: [], vector, tenant, limit: 3 });
        expect(near.some(({ passage }) => passage.text.includes(token))).toBe(true);
        const { passages } = await search([{ text, weight: 1 }], { limit: 5, tenant });
        expect(passages.some((passage) => passage.text.includes(token))).toBe(true);
      }
    }, 60_000);

    test(
      `shows no foreign canary in ${queries} questions by words, by vector, mixed, random and aimed`,
      async () => {
        const seed = Number(process.env.WALL_SEED ?? Date.now() % 1_000_000);
        const from = performance.now();
        const seen = await askMany(index, { queries, atOnce, seed });
        const seconds = ((performance.now() - from) / 1_000).toFixed(1);
        console.info(
          `${name}: ${queries} questions of ${TENANTS} customers in ${seconds} s, ${seen.results} passages, ${seen.own} times the own canary, ${seen.foreign.length} times a foreign one; WALL_SEED=${seed} repeats them`,
        );
        expect(seen.foreign).toEqual([]);
        expect(seen.own).toBeGreaterThan(queries / 100);
      },
      timeoutMs,
    );
  });
}

/** Everybody's pages, and two tickets of each customer. */
export async function fillWithCanaries(index: KnowledgeIndex): Promise<void> {
  const changes = [...sharedPages(), ...canaries.flatMap(({ tickets }) => tickets)];
  const upserts = await withVectors(changes, embedder);
  const build = await index.build({ upserts, removals: [], embedder: { id: embedder.id, dimensions: 32 } });
  await build.activate();
}

export async function askMany(
  index: KnowledgeIndex,
  { queries, atOnce, seed }: { queries: number; atOnce: number; seed: number },
): Promise<Seen> {
  const next = createQuestions({ canaries, embedder, random: createRandom(seed) });
  const search = createSearch({ index, embedder, threshold: 0 });
  const ask = async ({ query, text, tenant }: WallQuestion, at: number): Promise<Passage[]> => {
    if (at % 2 === 0) return (await index.candidates(query)).map(({ passage }) => passage);
    return (await search([{ text, weight: 1 }], { limit: query.limit, tenant })).passages;
  };
  const seen: Seen = { foreign: [], own: 0, results: 0 };
  for (let from = 0; from < queries; from += atOnce) {
    const some = await Promise.all(Array.from({ length: Math.min(atOnce, queries - from) }, next));
    const answers = await Promise.all(some.map((question, at) => ask(question, from + at)));
    for (const [at, passages] of answers.entries()) look(seen, some[at] ?? expect.fail(), passages);
    // Kept for other tests, and too many here.
    embedder.asked.query.length = 0;
  }
  return seen;
}

/** By the text itself: what an index says of a passage's customer may be as wrong as its wall. */
function look(seen: Seen, { kind, text, tenant }: WallQuestion, passages: Passage[]): void {
  seen.results += passages.length;
  const owners = passages.map((passage) => ownerOf(passage));
  if (owners.some((owner) => owner !== undefined && owner === tenant)) seen.own += 1;
  const foreign = owners.find((owner) => owner !== undefined && owner !== tenant);
  if (foreign !== undefined) seen.foreign.push(`${tenant} saw ${foreign} (${kind}): ${text}`);
}

const tenantOfToken = new Map(canaries.map(({ tenant, token }) => [token, tenant]));

function ownerOf(passage: Passage): string | undefined {
  const [token] = JSON.stringify(passage).match(/canary\d+x/) ?? [];
  return token === undefined ? undefined : tenantOfToken.get(token);
}

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEmbeddingCache, type EmbeddingCache, withCache } from '../../src/adapters/embedding-cache.ts';
import { createSqliteIndex } from '../../src/adapters/sqlite-index/sqlite-index.ts';
import { createReindex, type Reindex } from '../../src/knowledge/reindex.ts';
import { createSearch } from '../../src/knowledge/search.ts';
import type { ReindexResult } from '../../src/knowledge/types.ts';
import type { KnowledgeIndex } from '../../src/ports.ts';
import { createListSource, handbook, type ListSource } from '../helpers/list-source.ts';
import { createTestClock } from '../helpers/test-clock.ts';
import { createWordEmbedder } from '../helpers/word-embedder.ts';

/** Three passages a page make 10,000. */
const PAGES = 3_334;
const CHANGED = Math.round(PAGES / 100);
const clock = createTestClock();
const embedder = createWordEmbedder({ dimensions: 384 });
/** What a text costs with a real model at its fastest; one on the machine itself takes several times as long. */
const MS_PER_TEXT = 2;

let base: string;
let index: KnowledgeIndex;
let cache: EmbeddingCache;
let source: ListSource;
let reindex: Reindex;
let full: Cost;

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'countersign-size-'));
  index = createSqliteIndex({ folder: join(base, 'index'), clock });
  cache = createEmbeddingCache({ file: join(base, 'embeddings.sqlite'), clock });
  source = createListSource(handbook(PAGES));
  reindex = createReindex({ index, sources: [source], clock, embedder: withCache(embedder, cache) });
  const { chunks, gate, cost } = await measure();
  expect(chunks).toBeGreaterThanOrEqual(10_000);
  expect(gate?.titles).toMatchObject({ asked: 500, lost: 0 });
  full = cost;
}, 120_000);

afterAll(async () => {
  await index.close();
  cache.close();
  rmSync(base, { recursive: true, force: true });
});

/** Time of the processor: on a busy machine the clock says more about the others. */
interface Cost {
  cpuMs: number;
  totalMs: number;
}

async function measure(): Promise<ReindexResult & { cost: Cost }> {
  const texts = embedder.asked.passage.length;
  const before = process.cpuUsage();
  const result = await reindex();
  const { user, system } = process.cpuUsage(before);
  const cpuMs = (user + system) / 1_000;
  const totalMs = cpuMs + (embedder.asked.passage.length - texts) * MS_PER_TEXT;
  return { ...result, cost: { cpuMs, totalMs } };
}

function describeCost({ cpuMs, totalMs }: Cost): string {
  const share = (part: number, whole: number) => `${((part / whole) * 100).toFixed(2)} %`;
  return `${cpuMs.toFixed(0)} ms (${share(cpuMs, full.cpuMs)}), with embedding ${totalMs.toFixed(0)} ms (${share(totalMs, full.totalMs)})`;
}

function edit(count: number, sentence: string): void {
  const names = [...source.pages.keys()];
  for (let at = 0; at < count; at += 1) {
    const name = names[(at * 97) % names.length] ?? '';
    const page = source.pages.get(name) ?? expect.fail();
    source.pages.set(name, { ...page, body: page.body.replace('## What may', `${sentence}\n\n## What may`) });
  }
}

test('an unchanged corpus of 10,000 passages asks no embedder, writes nothing and takes under 2 % of a build', async () => {
  const files = () => readdirSync(join(base, 'index'));
  const before = files();
  embedder.asked.passage.length = 0;
  const { unchanged, cost } = await measure();
  console.log(`full build ${describeCost(full)}; unchanged ${describeCost(cost)}`);
  expect(unchanged).toBe(PAGES);
  expect(embedder.asked).toEqual({ passage: [], query: [] });
  expect(files()).toEqual(before);
  // Without an embedder's time on either side.
  expect(cost.cpuMs).toBeLessThan(full.cpuMs * 0.02);
});

test('one page in a hundred changed embeds the changed passages alone and takes under 4 % of a build', async () => {
  edit(CHANGED, 'One more sentence.');
  const { changed, cost } = await measure();
  console.log(`${changed} pages changed: ${describeCost(cost)}`);
  expect(changed).toBe(CHANGED);
  expect(embedder.asked.passage).toHaveLength(CHANGED);
  expect(embedder.asked.query).toEqual([]);
  expect(cost.totalMs).toBeLessThan(full.totalMs * 0.04);
});

test('twenty searches a second go on through a whole re-index, and nothing waits for 50 ms', async () => {
  const search = createSearch({ index, threshold: 0 });
  edit(PAGES / 2, 'Half of the pages have changed.');
  let isDone = false;
  let asked = 0;
  const searching = (async () => {
    while (!isDone) {
      const question = `refunds for teams case ${asked}`;
      const { passages } = await search([{ text: question, weight: 1 }], { limit: 5 });
      expect(passages.length).toBeGreaterThan(0);
      asked += 1;
      await sleep(50);
    }
  })();
  const stall = measureStall(() => isDone);
  const { ms } = await reindex({ force: true }).finally(() => {
    isDone = true;
  });
  await searching;
  const stallMs = await stall;
  console.log(`${asked} searches in ${ms} ms, longest stall ${stallMs.toFixed(1)} ms`);
  expect(asked).toBeGreaterThan(10);
  expect(stallMs).toBeLessThan(50);
}, 120_000);

/**
 * The longest turn of the event loop, in time of the processor: on a busy machine the clock says more about the
 * others. Counts the searches and the garbage collector too.
 */
async function measureStall(isDone: () => boolean): Promise<number> {
  let longest = 0;
  let last = process.cpuUsage();
  while (!isDone()) {
    await setImmediate();
    const { user, system } = process.cpuUsage(last);
    longest = Math.max(longest, (user + system) / 1_000);
    last = process.cpuUsage();
  }
  return longest;
}

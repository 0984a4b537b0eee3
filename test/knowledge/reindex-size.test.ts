import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
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
  const files = () =>
    readdirSync(join(base, 'index'))
      .filter((name) => !name.startsWith('lock'))
      .map((name) => [name, statSync(join(base, 'index', name)).mtimeMs]);
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

test('twenty searches a second go on through a whole re-index, each on one version, and nothing waits for 50 ms', async () => {
  const search = createSearch({ index, threshold: 0 });
  const editionsIn = async (at: number) => {
    const { passages } = await search([{ text: `refunds for teams case ${at}`, weight: 1 }], { limit: 5 });
    return new Set(passages.map(({ text }) => text.includes('second edition')));
  };
  await editionsIn(0);
  const idle = await searchOften(editionsIn, sleep(2_000));
  // Every passage is another one then.
  for (const [name, page] of source.pages) {
    const body = page.body.replace(/\.(?=\n|$)/g, ', says the second edition.');
    source.pages.set(name, { ...page, body });
  }
  let isDone = false;
  const run = reindex({ force: true }).finally(() => {
    isDone = true;
  });
  const [during, stallMs, { ms }] = await Promise.all([
    searchOften(editionsIn, run),
    measureStall(() => isDone),
    run,
  ]);
  console.log(
    `${during.seen.length} searches in ${ms} ms, p95 ${during.p95Ms.toFixed(1)} ms and ${idle.p95Ms.toFixed(1)} ms idle, longest stall ${stallMs.toFixed(1)} ms of the processor, load of the machine ${loadavg()[0]?.toFixed(1)}`,
  );
  expect(during.seen.length).toBeGreaterThan(10);
  // All old or all new, and never old again once it was new.
  const editions = during.seen.map((each) => [...each]);
  expect(editions.every((each) => each.length === 1)).toBe(true);
  expect(editions.flat()).toEqual(editions.flat().sort());
  expect(await editionsIn(0)).toEqual(new Set([true]));
  expect(stallMs).toBeLessThan(50);
}, 120_000);

/** Twenty a second, however long each takes, until something else has ended; a search that fails fails this. */
async function searchOften(
  ask: (at: number) => Promise<Set<boolean>>,
  until: Promise<unknown>,
): Promise<{ seen: Set<boolean>[]; p95Ms: number }> {
  let isOver = false;
  const over = until.finally(() => {
    isOver = true;
  });
  const searches: Promise<Set<boolean>>[] = [];
  const took: number[] = [];
  while (!isOver) {
    const from = performance.now();
    const asked = ask(searches.length);
    searches.push(asked.finally(() => took.push(performance.now() - from)));
    await Promise.race([sleep(50), over]);
  }
  const seen = await Promise.all(searches);
  took.sort((a, b) => a - b);
  return { seen, p95Ms: took[Math.floor(took.length * 0.95)] ?? 0 };
}

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

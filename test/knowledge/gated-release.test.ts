import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEmbeddingCache, withCache } from '../../src/adapters/embedding-cache.ts';
import { createRunLock } from '../../src/adapters/run-lock.ts';
import { createSqliteIndex } from '../../src/adapters/sqlite-index/sqlite-index.ts';
import { VendorUnreachable } from '../../src/errors.ts';
import { readGoldenQuestions } from '../../src/knowledge/probe-file.ts';
import { createReindex, type Reindex, type Switched } from '../../src/knowledge/reindex.ts';
import { ReindexRefused } from '../../src/knowledge/reindex-refused.ts';
import { ReindexStopped } from '../../src/knowledge/reindex-stopped.ts';
import { createRollback } from '../../src/knowledge/rollback.ts';
import { createSearch } from '../../src/knowledge/search.ts';
import type { ReindexProgress } from '../../src/knowledge/types.ts';
import type { Embedder, KnowledgeIndex } from '../../src/ports.ts';
import { createListSource, handbook, type ListSource } from '../helpers/list-source.ts';
import { createTestClock } from '../helpers/test-clock.ts';
import { createWordEmbedder, type WordEmbedder } from '../helpers/word-embedder.ts';

const clock = createTestClock();
const PAGES = 40;

let base: string;
let index: KnowledgeIndex;
let source: ListSource;
let embedder: WordEmbedder;
let switched: Switched[];
let closing: { close(): unknown }[];

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'countersign-release-'));
  index = createSqliteIndex({ folder: join(base, 'index'), clock });
  source = createListSource(handbook(PAGES));
  embedder = createWordEmbedder();
  switched = [];
  closing = [index];
});

afterEach(async () => {
  for (const one of closing) await one.close();
  rmSync(base, { recursive: true, force: true });
});

const job = (by: Embedder | undefined = embedder): Reindex =>
  createReindex({
    ...{ index, sources: [source], clock, embedder: by },
    lock: createRunLock(join(base, 'run.sqlite')),
    readQuestions: (path) =>
      readGoldenQuestions(path ?? join(base, 'probes.jsonl'), { isNamed: path !== undefined }),
    onSwitched: async (seen) => void switched.push(seen),
  });
const serving = async () => (await index.active())?.version;
const ask = async (text: string) => {
  const { passages } = await createSearch({ index, embedder, threshold: 0 })([{ text, weight: 1 }], {
    limit: 3,
  });
  return passages.map((passage) => passage.source);
};
const edit = (
  change: (page: { title: string; body: string }, at: number) => Partial<{ title: string; body: string }>,
) => {
  for (const [at, [name, page]] of [...source.pages].entries())
    source.pages.set(name, { ...page, ...change(page, at) });
};
const isDue = (phase: string, { done, total }: ReindexProgress) =>
  phase === 'switching' ? done === total : done < total || phase === 'indexing';
const rejection = (run: Promise<unknown>): Promise<Error> =>
  run.then(
    () => expect.fail('it was released'),
    (error: Error) => error,
  );

describe('the gate lets pass', () => {
  test('a first build, an edit, a new page and a removal', async () => {
    expect(await job()()).toMatchObject({ added: PAGES, gate: { titles: { asked: PAGES, found: PAGES } } });
    const [first, second] = [...source.pages.keys()];
    source.pages.set(first ?? '', { title: 'Refunds anew', body: '# Refunds anew\n\nThey take a week.' });
    source.pages.delete(second ?? '');
    source.pages.set('new.md', { title: 'Parrots', body: '# Parrots\n\nParrots may sit on shoulders.' });
    expect(await job()()).toMatchObject({ added: 1, changed: 1, removed: 1, warnings: [] });
    expect((await ask('parrots on shoulders'))[0]).toBe('new.md');
    expect(await serving()).not.toBe((await index.previous())?.version);
  });

  test('a page that its site no longer has, and one that its site says is unchanged', async () => {
    await job()();
    const [first, second] = [...source.pages.keys()] as [string, string];
    source.answers.set(first, { gone: true }).set(second, { unchanged: true });
    edit(({ body }, at) => (at < 2 ? { body: `${body}\n` } : {}));
    expect(await job()()).toMatchObject({ pages: PAGES - 1, removed: 1, changed: 0, unchanged: PAGES - 1 });
    source.answers.delete(first);
    source.pages.delete(first);
    expect(await job()({ force: true })).toMatchObject({ pages: PAGES - 1, unchanged: PAGES - 1 });
    expect(await index.passagesOf([second])).not.toEqual([]);
  });
});

describe('the gate stops', () => {
  const faults: [string, () => void, RegExp][] = [
    ['an empty listing', () => source.pages.clear(), /No page would be left/],
    [
      'half of the pages missing',
      () =>
        [...source.pages.keys()].filter((_, at) => at % 2).forEach((name) => void source.pages.delete(name)),
      /20 of 40 indexed pages are gone from the sources/,
    ],
    [
      'every page replaced by one and the same error page',
      () => edit(() => ({ title: 'Log in', body: '# Log in\n\nPlease log in to continue.' })),
      /40 of 40 pages have another title .*"Log in".*40 of 40 changed pages now say the same/,
    ],
    [
      'a third of the pages replaced by an error page that names the address and a number',
      () =>
        edit(({ title }, at) =>
          at % 3
            ? {}
            : { body: `# ${title}\n\nPage ${[...source.pages.keys()][at]} not found, error ${at}77.` },
        ),
      /14 of 14 changed pages now say the same/,
    ],
    [
      'the same pages listed twice under other paths',
      () => {
        for (const [name, page] of [...source.pages]) source.pages.set(`copy/${name}`, page);
      },
      /40 of 80 pages repeat the text of another page, 0 did before/,
    ],
    [
      'headings stripped',
      () => edit(({ body }) => ({ body: body.replace(/^## .*$/gm, '') })),
      /40 of 40 pages with headings have lost most of them/,
    ],
    [
      'pages emptied to their first line',
      () => edit(({ body }) => ({ body: body.split('\n\n').slice(0, 2).join('\n\n') })),
      /pages that stay have lost \d+ % of their text/,
    ],
  ];

  test.each(faults)('%s, and the old index serves on', async (_, spoil, text) => {
    await job()();
    const before = await serving();
    const found = await ask('webhooks for teams case 10');
    spoil();
    const error = await rejection(job()());
    expect(error).toBeInstanceOf(ReindexRefused);
    expect(error.message).toMatch(text);
    expect(await serving()).toBe(before);
    expect(await ask('webhooks for teams case 10')).toEqual(found);
    expect((await job()({ dryRun: true })).refused).toMatch(text);
    expect(await serving()).toBe(before);
    if (source.pages.size === 0) return;
    const { warnings } = await job()({ force: true });
    expect(warnings[0]).toContain('Released by force');
  });

  test('a first build of nothing but one error page', async () => {
    edit(() => ({ title: 'Log in', body: '# Log in\n\nPlease log in to continue.' }));
    await expect(job()()).rejects.toThrow(/40 of 40 pages have one and the same title and text/);
    expect(await index.active()).toBeUndefined();
  });

  const broken = (make: (text: string, at: number) => Float32Array): Embedder => ({
    ...embedder,
    id: 'words-1',
    embed: async (texts) => texts.map(make),
  });

  test.each<[string, (text: string, at: number) => Float32Array, RegExp]>([
    ['zeros', () => new Float32Array(32), /returned a vector of zeros/],
    ['another dimension', () => new Float32Array(31).fill(0.2), /vector of 31 numbers where 32 are due/],
    ['no numbers', () => new Float32Array(32).fill(Number.NaN), /holds no numbers/],
    ['the same for all', () => new Float32Array(32).fill(0.2), /one and the same vector/],
  ])('an embedder that returns %s, forced or not', async (_, make, text) => {
    await job()();
    const before = await serving();
    edit(({ body }) => ({ body: `${body}\n\nOne more sentence.` }));
    for (const force of [false, true]) {
      const error = await rejection(job(broken(make))({ force }));
      expect(error).toBeInstanceOf(ReindexRefused);
      expect(error.message).toMatch(text);
    }
    expect(await serving()).toBe(before);
  });

  test('a probe question of the team that no longer finds its page, and names it', async () => {
    const gold = 'refunds/0.md';
    const line = JSON.stringify({ question: 'refunds in europe case 0', gold: [gold] });
    writeFileSync(join(base, 'probes.jsonl'), `${line}\nnonsense\n`);
    const first = await job()();
    expect(first.gate?.questions).toEqual({ asked: 1, found: 1, lost: 0 });
    expect(first.warnings).toEqual([expect.stringMatching(/probes\.jsonl, line 2: is no JSON object/)]);
    source.pages.set(gold, { title: 'Nothing', body: '# Nothing\n\nThis moved elsewhere.' });
    await expect(job()()).rejects.toThrow(/1 of 1 probe questions no longer find their page.*refunds\/0\.md/);
    await expect(job()({ probes: join(base, 'not-there.jsonl') })).rejects.toThrow('cannot be read (ENOENT)');
    expect(await job()({ force: true })).toMatchObject({ gate: { questions: { asked: 1, found: 0 } } });
  });
});

describe('vectors', () => {
  test('are made for changed passages alone, and for none when nothing has changed', async () => {
    const cache = createEmbeddingCache({ file: join(base, 'embeddings.sqlite'), clock });
    closing.push(cache);
    const run = job(withCache(embedder, cache));
    const { chunks } = await run();
    expect(embedder.asked.passage).toHaveLength(chunks);
    embedder.asked.passage.length = 0;
    await run();
    expect(embedder.asked).toEqual({ passage: [], query: [] });
    edit(({ body }, at) => (at === 3 ? { body: body.replace('second field', 'third field') } : {}));
    expect(await run()).toMatchObject({ changed: 1, chunks });
    expect(embedder.asked.passage).toEqual([expect.stringContaining('third field')]);
    expect(embedder.asked.query).toEqual([]);
  });

  test('of another embedder are made for every page, also for one that cannot be read just now', async () => {
    await job()();
    const other = createWordEmbedder({ id: 'words-2', dimensions: 16 });
    const [first] = [...source.pages.keys()] as [string];
    source.answers.set(first, { failed: { source: first, reason: 'is locked' } });
    edit(({ body }, at) => (at === 0 ? { body: `${body}!` } : {}));
    const result = await job(other)();
    expect(result).toMatchObject({ pages: PAGES, changed: 0, failed: [{ source: first }] });
    expect((await index.active())?.embedder).toEqual({ id: 'words-2', dimensions: 16 });
    expect(other.asked.passage).toHaveLength(result.chunks);
  });

  test('wait while the embedder is down at the first build, and come with the next run', async () => {
    embedder.failure = new VendorUnreachable('the embedder', 'connection refused');
    const first = await job()();
    expect(first.warnings).toEqual([
      expect.stringMatching(/did not answer.*words alone.*connection refused/),
    ]);
    expect((await index.active())?.embedder).toBeUndefined();
    const version = await serving();
    expect(await job()()).toMatchObject({ version, warnings: [expect.stringContaining('did not answer')] });
    embedder.failure = undefined;
    expect(await job()()).toMatchObject({ unchanged: PAGES, embeddings: { needed: first.chunks } });
    expect((await index.active())?.embedder?.id).toBe('words-1');
  });

  test('that cannot be made for a change stop it, and a run without a change does not notice', async () => {
    await job()();
    const version = await serving();
    embedder.failure = new VendorUnreachable('the embedder', 'connection refused');
    expect(await job()()).toMatchObject({ unchanged: PAGES });
    edit(({ body }, at) => (at === 0 ? { body: `${body}!` } : {}));
    await expect(job()()).rejects.toThrow('connection refused');
    expect(await serving()).toBe(version);
  });

  test('stay when the model is missing for a moment, unless the run is forced', async () => {
    await job()();
    const version = await serving();
    const run = createReindex({ index, sources: [source], clock });
    expect(await run()).toMatchObject({ unchanged: PAGES, version });
    edit(({ body }, at) => (at === 0 ? { body: `${body}!` } : {}));
    const error = await rejection(run());
    expect(error).toBeInstanceOf(ReindexRefused);
    expect(error.message).toMatch(/vectors of words-1.*EMBEDDINGS=none.*--force/);
    expect((await run({ dryRun: true })).refused).toBe(error.message);
    expect(await serving()).toBe(version);
    expect((await run({ dryRun: true, force: true })).refused).toBeUndefined();
    expect((await run({ force: true })).warnings).toEqual([
      expect.stringContaining('vectors of words-1 are gone'),
    ]);
  });

  test('go when there is no embedder by choice and something is written, which is said', async () => {
    await job()();
    edit(({ body }, at) => (at === 0 ? { body: `${body}!` } : {}));
    const run = createReindex({ index, sources: [source], clock, wordsChosen: true });
    expect((await run()).warnings).toEqual([expect.stringContaining('vectors of words-1 are gone')]);
    expect((await index.active())?.embedder).toBeUndefined();
  });
});

describe('a release', () => {
  const steps = ['reading', 'embedding', 'indexing', 'checking', 'switching'] as const;

  test.each(steps)('that is stopped while %s changes nothing, and the next run is whole', async (phase) => {
    await job()();
    const version = await serving();
    edit(({ body }) => ({ body: `${body}\n\nOne more sentence.` }));
    const stopping = new AbortController();
    let after = 0;
    const error = await rejection(
      job()({
        signal: stopping.signal,
        onProgress(progress) {
          if (stopping.signal.aborted) after += 1;
          // The switch begins with its only step before it is made.
          if (progress.phase === (phase === 'switching' ? 'checking' : phase) && isDue(phase, progress))
            stopping.abort();
        },
      }),
    );
    expect(error).toBeInstanceOf(ReindexStopped);
    expect(after).toBe(0);
    expect(await serving()).toBe(version);
    expect(await job()()).toMatchObject({ changed: PAGES });
  });

  test('that was stopped when it had switched already stands', async () => {
    await job()();
    edit(({ body }, at) => (at === 0 ? { body: `${body}!` } : {}));
    const stopping = new AbortController();
    const onProgress = ({ phase }: { phase: string }) => phase === 'switching' && stopping.abort();
    const result = await job()({ signal: stopping.signal, onProgress });
    expect(result).toMatchObject({ changed: 1, version: await serving() });
  });

  test('says which pages of probe questions are not there, on a dry run as well', async () => {
    const rows = [
      { question: 'refunds in europe case 0', gold: ['refunds/0.md'] },
      { question: 'where did it go', gold: ['moved/elsewhere.md'] },
    ];
    writeFileSync(join(base, 'probes.jsonl'), rows.map((row) => JSON.stringify(row)).join('\n'));
    const warned = [
      expect.stringMatching(/not in the index.*: moved\/elsewhere\.md \("where did it go"\)\./),
    ];
    expect((await job()({ dryRun: true })).warnings).toEqual(warned);
    expect((await job()()).warnings).toEqual(warned);
  });

  test('that was taken back stands though its pages cannot be read any more', async () => {
    await job()();
    const first = await serving();
    edit(({ title }, at) => (at === 0 ? { body: `# ${title}\n\nIt takes one day.` } : {}));
    await job()();
    let hasGoneBack = false;
    const weak: KnowledgeIndex = {
      ...index,
      rollback() {
        hasGoneBack = true;
        return index.rollback();
      },
      pages: () => (hasGoneBack ? Promise.reject(new Error('the disk is gone')) : index.pages()),
    };
    const rolledBack = await createRollback({ index: weak, onSwitched: async () => undefined })();
    expect(rolledBack).toMatchObject({
      to: { version: first },
      warnings: [expect.stringContaining('the disk is gone')],
    });
  });

  test('tells of the passages of changed and removed pages as they were and as they are', async () => {
    await job()();
    expect(switched).toEqual([]);
    const [first, second] = [...source.pages.keys()] as [string, string];
    const page = source.pages.get(first);
    source.pages.set(first, { title: page?.title ?? '', body: `# ${page?.title}\n\nIt takes one day.` });
    source.pages.delete(second);
    await job()();
    expect(switched).toHaveLength(1);
    const { before, after } = switched[0] ?? expect.fail();
    expect(new Set(before.map((passage) => passage.source))).toEqual(new Set([first, second]));
    expect(after.map(({ text }) => text)).toEqual(['It takes one day.']);
  });

  test('is made by one run at a time, and a dry run beside it is no second one', async () => {
    const runs = await Promise.allSettled([job()(), job()(), job()({ dryRun: true })]);
    expect(runs.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(String((runs[1] as PromiseRejectedResult).reason)).toContain('Another re-index');
    expect(await job()()).toMatchObject({ unchanged: PAGES });
  });

  test('can be taken back and forth, and says of which pages', async () => {
    const rollback = createRollback({ index, onSwitched: async (seen) => void switched.push(seen) });
    await expect(rollback()).rejects.toThrow('no former version');
    await job()();
    const first = await serving();
    edit(({ title }, at) => (at === 0 ? { body: `# ${title}\n\nIt takes one day.` } : {}));
    await job()();
    const second = await serving();
    switched.length = 0;
    expect(await rollback({ from: second })).toMatchObject({
      from: { version: second },
      to: { version: first },
    });
    expect(await serving()).toBe(first);
    expect(switched[0]?.before.map(({ text }) => text)).toEqual(['It takes one day.']);
    expect(switched[0]?.after.length).toBeGreaterThan(1);
    // The same command carried out again after a crash.
    expect(await rollback({ from: second })).toMatchObject({ to: { version: first } });
    expect(await serving()).toBe(first);
    await rollback();
    expect(await serving()).toBe(second);
  });
});

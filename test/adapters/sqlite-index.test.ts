import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSqliteIndex } from '../../src/adapters/sqlite-index/sqlite-index.ts';
import type { KnowledgeIndex } from '../../src/ports.ts';
import { change, describeKnowledgeIndex } from '../contract/knowledge-index.ts';
import { createTestClock } from '../helpers/test-clock.ts';

const clock = createTestClock();

describeKnowledgeIndex('the SQLite index', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-index-'));
  return {
    open: () => createSqliteIndex({ folder, clock }),
    dispose: async () => rmSync(folder, { recursive: true, force: true }),
  };
});

describe('the files of the SQLite index', () => {
  let folder: string;
  let index: KnowledgeIndex;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'countersign-index-'));
    index = createSqliteIndex({ folder, clock });
  });

  afterEach(async () => {
    await index.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const store = async (word: string) => {
    const build = await index.build({
      upserts: [change(`${word}.md`, word, `All about ${word}.\n`)],
      removals: [],
    });
    await build.activate();
    return build.version;
  };
  const files = () => readdirSync(folder).filter((name) => /^(index|building)-/.test(name));

  test('the version before is kept and older ones are removed', async () => {
    const versions = [await store('one'), await store('two'), await store('three')];
    expect(files()).toEqual(versions.slice(1).map((version) => `index-${version}.sqlite`));
    expect(readFileSync(join(folder, 'CURRENT'), 'utf8')).toBe(`${versions[2]}\n${versions[1]}\n`);
  });

  test('a discarded build leaves no file', async () => {
    const build = await index.build({ upserts: [change('a.md', 'A', 'a\n')], removals: [] });
    expect(files()).toHaveLength(1);
    await build.discard();
    expect(files()).toEqual([]);
    await expect(build.activate()).rejects.toThrow('already activated or discarded');
  });

  test('a file that is damaged counts as no index, and the next build replaces it', async () => {
    const version = await store('one');
    await index.close();
    writeFileSync(
      join(folder, `index-${version}.sqlite`),
      'this is no database, whatever its name says'.repeat(100),
    );
    index = createSqliteIndex({ folder, clock });
    expect(await index.active()).toBeUndefined();
    await store('two');
    expect(await index.active()).toMatchObject({ pages: 1 });
  });

  test('nobody is sent back to a version that is damaged', async () => {
    const [damaged, serving] = [await store('one'), await store('two')];
    const file = join(folder, `index-${damaged}.sqlite`);
    const bytes = readFileSync(file);
    // The head is whole, as after a bad block on a disk; what follows is not.
    bytes.fill(7, 4_096);
    writeFileSync(file, bytes);
    await expect(index.rollback()).rejects.toThrow('is damaged, so the present one serves on');
    expect(await index.active()).toMatchObject({ version: serving });
  });

  test('a version that cannot be opened for a moment is an error, and is there again with the next question', async () => {
    const version = await store('one');
    await index.close();
    index = createSqliteIndex({ folder, clock });
    const file = join(folder, `index-${version}.sqlite`);
    const kept = `${file}.kept`;
    renameSync(file, kept);
    mkdirSync(file);
    await expect(index.active()).rejects.toThrow('cannot be opened');
    rmdirSync(file);
    renameSync(kept, file);
    expect(await index.active()).toMatchObject({ version });
  });

  test('a build that fails leaves the lock and the folder free', async () => {
    await store('one');
    const twice = change('twice.md', 'Twice', 'Twice.\n');
    const broken = { ...twice, page: { ...twice.page, hash: null as unknown as string } };
    await expect(index.build({ upserts: [broken], removals: [] })).rejects.toThrow('could not be built');
    expect(files()).toHaveLength(1);
    await store('two');
    expect(await index.active()).toMatchObject({ pages: 2 });
  });

  test('a build that is killed leaves the old version serving and is cleaned up by the next', async () => {
    const version = await store('one');
    const child = await buildAndStop(folder);
    expect(files()).toHaveLength(2);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await index.active()).toMatchObject({ version, pages: 1 });
    expect(await index.candidates({ terms: [{ term: 'two', weight: 1 }], limit: 3 })).toEqual([]);
    await store('two');
    expect(files().filter((name) => name.startsWith('building-'))).toEqual([]);
    expect(await index.active()).toMatchObject({ pages: 2 });
  });

  test('other work goes on while a large build runs', async () => {
    const body = Array.from(
      { length: 400 },
      (_, at) => `## Part ${at}\n\n${'Words of many kinds. '.repeat(40)}\n`,
    ).join('\n');
    const upserts = Array.from({ length: 6 }, (_, at) => change(`${at}.md`, `Page ${at}`, body));
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    const build = await index.build({ upserts, removals: [] });
    clearInterval(timer);
    await build.discard();
    expect(build.passages).toBeGreaterThan(2_000);
    expect(turns).toBeGreaterThan(5);
  });
});

/** Starts a build in a process of its own and returns the process while it holds the finished, hidden build. */
async function buildAndStop(folder: string) {
  const path = (inside: string) => JSON.stringify(new URL(inside, import.meta.url).href);
  const script = `
    import { createSqliteIndex } from ${path('../../src/adapters/sqlite-index/sqlite-index.ts')};
    const index = createSqliteIndex({ folder: ${JSON.stringify(folder)}, clock: { now: () => Date.now() } });
    const page = { source: 'killed.md', hash: 'h', stamp: 's' };
    await index.build({ upserts: [{ page, passages: [] }], removals: [] });
    console.log('built');
    setInterval(() => undefined, 1000);
  `;
  const tsx = createRequire(import.meta.url).resolve('tsx');
  const child = spawn(process.execPath, ['--import', tsx, '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

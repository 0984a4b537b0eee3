import { type ChildProcess, spawn } from 'node:child_process';
import { writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createRunLock } from '../../src/adapters/run-lock.ts';
import { createSqliteIndex } from '../../src/adapters/sqlite-index/sqlite-index.ts';
import { createWeaviateIndex } from '../../src/adapters/weaviate-index/weaviate-index.ts';
import { systemClock } from '../../src/clock.ts';
import { createReindex, type Reindex } from '../../src/knowledge/reindex.ts';
import type { Clock, KnowledgeIndex } from '../../src/ports.ts';
import { createListSource, handbook } from './list-source.ts';
import { createLogbook } from './logbook.ts';
import { createWordEmbedder } from './word-embedder.ts';

/** Where a run is to be stopped: at the beginning, half-way through or at the end of a phase. */
export interface Moment {
  phase: string;
  at: 'begin' | 'middle' | 'end';
}

/** Where a run keeps what it makes: all of it in a folder, or the index on a server. */
export interface ReindexPlace {
  folder: string;
  server?: { url: string; name: string } | undefined;
}

const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const SELF = fileURLToPath(import.meta.url);
/** Longer than any test waits: the process is killed where it stands. */
const FOR_EVER_MS = 60_000;

/** The pages of two moments: every page says which of them it is of. */
export function openReindex(
  place: ReindexPlace,
  age: 'old' | 'new',
  options: { run?: Parameters<Reindex>[0]; clock?: Clock; runClock?: Clock } = {},
): { index: KnowledgeIndex; reindex: () => ReturnType<Reindex> } {
  const { clock = systemClock, run } = options;
  const { folder, server } = place;
  const index = server
    ? createWeaviateIndex({ ...server, clock, log: createLogbook() })
    : createSqliteIndex({ folder: join(folder, 'index'), clock });
  const pages = Object.entries(handbook(60)).map(([name, { title, body }]) => {
    return [name, { title, body: `${body}\n\nThis is the ${age} text.` }] as const;
  });
  const reindex = createReindex({
    ...{ index, sources: [createListSource(Object.fromEntries(pages))], clock: options.runClock ?? clock },
    ...{ embedder: createWordEmbedder(), lock: createRunLock(join(folder, 'run.sqlite')) },
  });
  return { index, reindex: () => reindex(run) };
}

/** Runs a re-index in a process of its own; resolves when it has come to the moment. */
export async function startReindex(
  place: ReindexPlace,
  moment: Moment & { holds: boolean },
): Promise<{ kill(): Promise<void> }> {
  const child = spawn(
    process.execPath,
    ['--import', TSX, SELF, JSON.stringify(place), JSON.stringify(moment)],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { PATH: process.env.PATH } },
  );
  const exited = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  await untilSaid(child, exited);
  return {
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

function untilSaid(child: ChildProcess, exited: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.stdout?.on('data', () => resolve());
    exited.then(() => reject(new Error('The run ended before it came to the moment')));
  });
}

const HAS_COME: Record<Moment['at'], (done: number, total: number) => boolean> = {
  begin: (done, total) => done < total,
  middle: (done, total) => done >= total / 2 && done < total,
  end: (done, total) => done === total,
};

async function runUntil(place: ReindexPlace, moment: Moment & { holds: boolean }): Promise<void> {
  let now = systemClock.now();
  const { reindex, index } = openReindex(place, 'new', {
    // Progress is told once a second, and here every step is wanted.
    runClock: { ...systemClock, now: () => (now += 1_000) },
    run: {
      onProgress({ phase, done, total }) {
        if (phase !== moment.phase || !HAS_COME[moment.at](done, total)) return;
        writeSync(1, 'here');
        // Nothing in this process gets to run any more, so that the kill comes at exactly this moment.
        if (moment.holds) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FOR_EVER_MS);
      },
    },
  });
  await reindex();
  await index.close();
  writeSync(1, 'ended');
}

const [, main, place, moment] = process.argv;
if (main === SELF && place !== undefined && moment !== undefined)
  await runUntil(JSON.parse(place), JSON.parse(moment));

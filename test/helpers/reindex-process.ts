import { type ChildProcess, spawn } from 'node:child_process';
import { writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createRunLock } from '../../src/adapters/run-lock.ts';
import { createSqliteIndex } from '../../src/adapters/sqlite-index/sqlite-index.ts';
import { systemClock } from '../../src/clock.ts';
import { createReindex, type Reindex } from '../../src/knowledge/reindex.ts';
import type { KnowledgeIndex } from '../../src/ports.ts';
import { createListSource, handbook } from './list-source.ts';
import { createWordEmbedder } from './word-embedder.ts';

/** Where a run is to be stopped: at the beginning or at the end of a phase. */
export interface Moment {
  phase: string;
  at: 'begin' | 'end';
}

const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const SELF = fileURLToPath(import.meta.url);
/** Longer than any test waits: the process is killed where it stands. */
const FOR_EVER_MS = 60_000;

/** The pages of two moments: every page says which of them it is of. */
export function openReindex(
  folder: string,
  age: 'old' | 'new',
  onProgress?: Parameters<Reindex>[0],
): { index: KnowledgeIndex; reindex: () => ReturnType<Reindex> } {
  const index = createSqliteIndex({ folder: join(folder, 'index'), clock: systemClock });
  const pages = Object.entries(handbook(60)).map(([name, { title, body }]) => {
    return [name, { title, body: `${body}\n\nThis is the ${age} text.` }] as const;
  });
  const reindex = createReindex({
    ...{ index, sources: [createListSource(Object.fromEntries(pages))], clock: systemClock },
    ...{ embedder: createWordEmbedder(), lock: createRunLock(join(folder, 'run.sqlite')) },
  });
  return { index, reindex: () => reindex(onProgress) };
}

/** Runs a re-index in a process of its own; resolves when it has come to the moment. */
export async function startReindex(
  folder: string,
  moment: Moment & { holds: boolean },
): Promise<{ kill(): Promise<void> }> {
  const child = spawn(process.execPath, ['--import', TSX, SELF, folder, JSON.stringify(moment)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH },
  });
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

async function runUntil(folder: string, moment: Moment & { holds: boolean }): Promise<void> {
  const { reindex, index } = openReindex(folder, 'new', {
    onProgress({ phase, done, total }) {
      if (phase !== moment.phase || (moment.at === 'end') !== (done === total)) return;
      writeSync(1, 'here');
      // Nothing in this process gets to run any more, so that the kill comes at exactly this moment.
      if (moment.holds) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FOR_EVER_MS);
    },
  });
  await reindex();
  await index.close();
  writeSync(1, 'ended');
}

const [, main, folder, moment] = process.argv;
if (main === SELF && folder !== undefined && moment !== undefined) await runUntil(folder, JSON.parse(moment));

import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RawEnvironment } from '../../src/config.ts';
import { ROOT } from './source-facts.ts';

export interface BotProcess {
  /** Ends the process as a power cut would: nothing in it gets to run any more. */
  kill(): Promise<void>;
  /** As a supervisor does it; resolves to the exit code. */
  terminate(): Promise<number | null>;
  stderr(): string;
}

const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** `src/main.ts` in one process of its own, in `cwd`, with no more environment than given. Resolves when it is up. */
export async function startBotProcess(options: { cwd: string; env: RawEnvironment }): Promise<BotProcess> {
  const child = spawn(process.execPath, ['--import', TSX, join(ROOT, 'src', 'main.ts')], {
    cwd: options.cwd,
    env: { PATH: process.env.PATH, ...options.env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  const exited = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const running = new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      if (stderr.includes('Countersign is running')) resolve();
    });
    exited.then((code) => reject(new Error(`The bot ended with ${code} before it was up:\n${stderr}`)));
  });
  await running;
  return {
    kill: () => end(child, 'SIGKILL', exited).then(() => undefined),
    terminate: () => end(child, 'SIGTERM', exited),
    stderr: () => stderr,
  };
}

function end(
  child: ChildProcess,
  signal: NodeJS.Signals,
  exited: Promise<number | null>,
): Promise<number | null> {
  child.kill(signal);
  return exited;
}

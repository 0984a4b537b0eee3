import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from './source-facts.ts';

export interface ScriptResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

const TSX = createRequire(import.meta.url).resolve('tsx/cli');

/** Runs `scripts/NAME.ts` as the operator would, in `cwd`, with no more environment than given. */
export function runScript(
  name: string,
  args: string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<ScriptResult> {
  const child = spawn(process.execPath, [TSX, join(ROOT, 'scripts', `${name}.ts`), ...args], {
    cwd: options.cwd ?? ROOT,
    env: { PATH: process.env.PATH, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const result: ScriptResult = { code: null, stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    result.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    result.stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ ...result, code }));
  });
}

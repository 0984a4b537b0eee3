import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../helpers/source-facts.ts';

const TSX = createRequire(import.meta.url).resolve('tsx/cli');

let empty: string;

beforeAll(() => {
  empty = mkdtempSync(join(tmpdir(), 'countersign-start-'));
});

afterAll(() => rmSync(empty, { recursive: true, force: true }));

test('npm start without settings names each missing one and where to get it, and the way to try it without', async () => {
  const { code, output } = await start({});
  expect(code, output).toBe(2);
  for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'CUSTOMER_CHANNELS', 'MANAGER_CHANNEL']) {
    expect(output).toMatch(new RegExp(`^ *${name}: is missing; .+; .+$`, 'm'));
  }
  expect(output).toContain('https://api.slack.com/apps');
  expect(output).toContain('npm run local');
  expect(output).not.toMatch(/\bat .*\.ts:\d+/);
});

test('npm start reports malformed settings together with the missing ones, and never prints a token', async () => {
  const { code, output } = await start({
    SLACK_BOT_TOKEN: 'xoxp-very-secret-value',
    PORT: 'http',
    MANAGER_CHANNEL: '#refunds',
    REINDEX_CRON: 'at night',
  });
  expect(code, output).toBe(2);
  for (const name of ['SLACK_BOT_TOKEN', 'PORT', 'MANAGER_CHANNEL', 'REINDEX_CRON', 'CUSTOMER_CHANNELS']) {
    expect(output).toMatch(new RegExp(`^ *${name}: `, 'm'));
  }
  expect(output).not.toContain('very-secret');
});

/** What `npm start` runs, in a folder without a `.env`. */
function start(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  const [program, script = ''] = scripts.start.split(' ');
  expect(program).toBe('tsx');
  const child = spawn(process.execPath, [TSX, join(ROOT, script)], {
    cwd: empty,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runScript } from '../helpers/run-script.ts';
import { ROOT } from '../helpers/source-facts.ts';

describe('npm run model-double', () => {
  test('explains itself, with every mode and fault', async () => {
    const { code, stdout } = await runScript('model-double', ['--help']);
    expect(code).toBe(0);
    for (const word of ['vllm', 'llama.cpp', 'slow-drip', 'spend-limit', '--fault'])
      expect(stdout).toContain(word);
  });

  test.each([
    [['--mode', 'gpt'], /--mode gpt: must be one of anthropic/],
    [['--fault', 'fire'], /--fault fire: must be one of rate-limit/],
    [['--port', 'x'], /--port x: must be a whole number/],
    [['--prot', '1'], /--prot/],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await runScript('model-double', args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  test('prints the settings to use it, answers there, and stops when told', async () => {
    const tsx = createRequire(import.meta.url).resolve('tsx/cli');
    const args = [tsx, join(ROOT, 'scripts/model-double.ts'), '--port', '0', '--mode', 'vllm'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const closed = new Promise((resolve) => child.once('close', resolve));
    let printed = '';
    for await (const text of child.stdout.setEncoding('utf8')) {
      printed += text;
      if (printed.includes('FINE_TUNED_MODEL=support-lora')) break;
    }
    const url = printed.match(/FINE_TUNED_BASE_URL=(\S+)/)?.[1];
    const response = await fetch(`${url}/v1/messages`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(400);
    child.kill('SIGTERM');
    expect(await closed).toBe(0);
  });
});

import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { installModel } from '../../scripts/embedder/install.ts';
import { createLocalEmbedder } from '../../src/adapters/local-embedder/local-embedder.ts';
import { COMMIT, type Hub, startHub } from '../helpers/hub.ts';
import { runScript } from '../helpers/run-script.ts';
import { HAS_MODEL, REAL_MODEL, writeTinyModel } from '../helpers/tiny-model.ts';

const REPOSITORY = 'Xenova/all-MiniLM-L6-v2';
const NAME = 'all-minilm-l6-v2';
const ONNX = 'onnx/model_quantized.onnx';

let folder: string;
let source: string;
let hub: Hub;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-install-'));
  // The real one where there is one: then the transfer has a size worth resuming.
  source = HAS_MODEL ? REAL_MODEL : writeTinyModel(join(folder, 'published'));
  hub = await startHub(source, REPOSITORY);
});
afterEach(async () => {
  await hub.close();
  rmSync(folder, { recursive: true, force: true });
});

const embedder = (args: string[], env: Record<string, string> = {}) =>
  runScript('embedder', args, { cwd: folder, env: { DATA_DIR: join(folder, 'data'), ...env } });
/** The command without its process, which takes longer to start than all the rest. */
async function install(model?: string): Promise<string> {
  let said = '';
  const say = (line: string) => {
    said += line;
  };
  const order = { model, from: undefined, name: undefined, hub: hub.url, dataDir: join(folder, 'data'), say };
  await installModel(order);
  return said;
}
const installed = (...path: string[]) => join(folder, 'data/models', NAME, ...path);

describe('npm run embedder -- install', () => {
  test('fetches every file of one version, checks it, records it, and leaves nothing else', async () => {
    const { code, stdout, stderr } = await embedder(['install', '--hub', hub.url, '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ name: NAME, source: REPOSITORY, licence: 'Apache-2.0' });
    expect(readFileSync(installed(ONNX)).equals(readFileSync(join(source, ONNX)))).toBe(true);
    expect(readdirSync(join(folder, 'data/models'))).toEqual([NAME]);
    expect(
      readdirSync(installed(), { recursive: true }).filter((name) => String(name).endsWith('.part')),
    ).toEqual([]);
    const record = JSON.parse(readFileSync(installed('countersign.json'), 'utf8'));
    expect(Object.keys(record.files)).toEqual(expect.arrayContaining([ONNX, 'tokenizer.json']));
    const later = hub.requests.filter((request) => request.includes('/resolve/')).slice(1);
    for (const request of later) expect(request).toContain(`/resolve/${COMMIT}/`);
    const model = await createLocalEmbedder({ folder: installed() });
    expect(await model.embed(['refund'], 'query')).toHaveLength(1);
    await model.close();
  });

  test('goes on where a transfer broke off', async () => {
    hub.faults.push((response, content) => {
      response.writeHead(200, { 'content-length': content.length });
      response.write(content.subarray(0, 1_000), () => setTimeout(() => response.destroy(), 50));
    });
    await install();
    expect(readFileSync(installed(ONNX)).equals(readFileSync(join(source, ONNX)))).toBe(true);
    expect(hub.requests.filter((request) => /^cdn GET .*bytes=\d/.test(request))).toHaveLength(1);
  });

  test('takes no file that is not what the hub announced, and is not fooled for ever', async () => {
    hub.lie.file = ONNX;
    hub.lie.checksum = 'b'.repeat(64);
    await expect(install()).rejects.toThrow(/other bytes than the hub announced/);
    expect(existsSync(installed())).toBe(false);
    hub.lie.file = 'config.json';
    hub.lie.checksum = 'c'.repeat(40);
    await expect(install()).rejects.toThrow(/other bytes than the hub announced/);
    hub.lie.checksum = 'weak';
    await expect(install()).rejects.toThrow(/announces no checksum of config\.json/);
    delete hub.lie.file;
    expect(await install()).toMatch(/^Installed/);
  });

  test('fetches nothing twice that is whole, and mends what was changed', async () => {
    await install();
    const requests = hub.requests.length;
    expect(await install()).toMatch(/installed already/);
    expect(hub.requests).toHaveLength(requests);
    appendFileSync(installed('tokenizer.json'), ' ');
    expect(await install()).toMatch(/^Installed/);
    expect(
      readFileSync(installed('tokenizer.json')).equals(readFileSync(join(source, 'tokenizer.json'))),
    ).toBe(true);
  });

  test('copies a folder of this machine and notices later that a file was changed', async () => {
    const copied = await embedder(['install', '--from', source, '--name', 'mine']);
    expect(copied.code).toBe(0);
    const file = join(folder, 'data/models/mine/tokenizer.json');
    appendFileSync(file, ' ');
    const { code, stderr } = await embedder(['test']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/tokenizer\.json is not the file that was installed/);
  });

  test('says what to do when nobody answers, and what is missing in a repository', async () => {
    const nobody = await embedder(['install', '--hub', 'http://127.0.0.1:9']);
    expect(nobody).toMatchObject({ code: 1, stderr: expect.stringMatching(/--hub names a mirror/) });
    await expect(install('somebody/else')).rejects.toThrow(/has no tokenizer\.json/);
  });
});

describe('npm run embedder', () => {
  test('lists, tests and removes what is installed', async () => {
    await embedder(['install', '--from', source, '--name', NAME]);
    const { stdout } = await embedder(['list', '--json']);
    const models = JSON.parse(stdout) as { name: string; installed: boolean; licence: string }[];
    expect(models.filter((model) => model.installed).map(({ name }) => name)).toEqual([NAME]);
    const tried = JSON.parse((await embedder(['test', 'how do i refund', '--json'])).stdout);
    expect(tried).toMatchObject({ id: expect.stringMatching(/^local:/), dimensions: expect.any(Number) });
    expect(tried.msPerText).toBeGreaterThan(0);
    expect((await embedder(['remove', NAME])).code).toBe(0);
    expect(existsSync(installed())).toBe(false);
  });

  test.each([
    [['frob'], /no command "frob"/],
    [['remove', '../data'], /No model "\.\.\/data"/],
    [['install', '--from', '/nowhere'], /tokenizer\.json.* missing/],
    [['test'], /npm run embedder -- install/],
  ])('refuses %j with exit code 2', async (args, reason) => {
    const { code, stderr } = await embedder(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(reason);
  });
});

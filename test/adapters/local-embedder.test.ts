import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  createLocalEmbedder,
  type LocalEmbedderOptions,
} from '../../src/adapters/local-embedder/local-embedder.ts';
import { createEmbedQueue, type EmbedJob } from '../../src/adapters/local-embedder/queue.ts';
import { hashFile } from '../../src/adapters/model-record.ts';
import { ConfigError, VendorRefused, VendorUnreachable } from '../../src/errors.ts';
import { dot } from '../contract/embedder.ts';
import { ROOT } from '../helpers/source-facts.ts';
import { HAS_MODEL, REAL_MODEL, WITHOUT_MODEL, writeTinyModel } from '../helpers/tiny-model.ts';

function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-local-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function open(options: Partial<LocalEmbedderOptions> = {}) {
  const embedder = await createLocalEmbedder({
    folder: options.folder ?? writeTinyModel(tempFolder()),
    ...options,
  });
  onTestFinished(() => embedder.close());
  return embedder;
}

async function writeRecord(folder: string, more: Record<string, unknown> = {}): Promise<void> {
  const names = ['tokenizer.json', 'onnx/model_quantized.onnx', 'tokenizer_config.json', 'config.json'];
  const files = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await hashFile(join(folder, name))])),
  );
  const record = { name: 'tiny', source: 'somebody/tiny', licence: 'MIT', files, ...more };
  writeFileSync(join(folder, 'countersign.json'), JSON.stringify(record));
}

/** A thread that starts well and then does what the test says with each text. */
function faultyThread(onText: string): URL {
  const file = join(tempFolder(), 'thread.mjs');
  const lines = [
    `import { parentPort } from 'node:worker_threads';`,
    `parentPort.on('message', (text) => { ${onText} });`,
    `parentPort.postMessage({ ready: { dimensions: 2, runtime: 'none' } });`,
  ];
  writeFileSync(file, lines.join('\n'));
  return pathToFileURL(file);
}

const GOOD = 'parentPort.postMessage({ vector: Float32Array.of(3, 4) });';

describe('a local model', () => {
  test('is named by its folder and the content of its files', async () => {
    const [first, again] = [await open(), await open()];
    expect(first.id.split('@')[1]).toBe(again.id.split('@')[1]);
    expect(first.id).toMatch(/^local:countersign-local-\w+@[0-9a-f]{12}$/);
    const other = await open({ folder: writeTinyModel(tempFolder(), { dimensions: 8 }) });
    expect(other.id.split('@')[1]).not.toBe(first.id.split('@')[1]);
    expect([first.dimensions, other.dimensions]).toEqual([16, 8]);
  });

  test('is another one when what is put before its texts is another', async () => {
    const folder = writeTinyModel(tempFolder());
    await writeRecord(folder);
    const plain = await open({ folder });
    await writeRecord(folder, { queryPrefix: 'query: ', passagePrefix: 'passage: ' });
    const prefixed = await open({ folder });
    expect(plain.id).toMatch(/^local:tiny@/);
    expect(prefixed.id).not.toBe(plain.id);
    const [bare] = await plain.embed(['query: refund'], 'query');
    const [query] = await prefixed.embed(['refund'], 'query');
    const [passage] = await prefixed.embed(['refund'], 'passage');
    expect(dot(query, bare)).toBeCloseTo(1, 5);
    expect(dot(query, passage)).toBeLessThan(0.99);
  });

  test('reads no more of a text than it was made for', async () => {
    const folder = writeTinyModel(tempFolder());
    await writeRecord(folder, { maxTokens: 8 });
    const embedder = await open({ folder });
    const [short, long, cut] = await embedder.embed(
      ['refund '.repeat(6), `${'refund '.repeat(6)} export chart image`, 'refund refund export'],
      'passage',
    );
    expect(dot(short, long)).toBeCloseTo(1, 5);
    expect(dot(short, cut)).toBeLessThan(0.99);
  });

  test('pools as the files of the model say', async () => {
    const folder = writeTinyModel(tempFolder(), { special: false });
    cpSync(folder, `${folder}-cls`, { recursive: true });
    onTestFinished(() => rmSync(`${folder}-cls`, { recursive: true, force: true }));
    const mean = await open({ folder });
    cpSync(join(folder, 'onnx'), join(`${folder}-cls`, '1_Pooling'), { recursive: true });
    writeFileSync(join(`${folder}-cls`, '1_Pooling/config.json'), '{"pooling_mode_cls_token": true}');
    const cls = await open({ folder: `${folder}-cls` });
    const [refund, both] = await cls.embed(['refund', 'refund export'], 'passage');
    expect(dot(refund, both)).toBeCloseTo(1, 5);
    const [one, two] = await mean.embed(['refund', 'refund export'], 'passage');
    expect(dot(one, two)).toBeLessThan(0.99);
  });

  test('refuses to give a vector that points nowhere', async () => {
    const folder = writeTinyModel(tempFolder());
    const embedder = await open({ folder });
    await expect(embedder.embed(['refund', 'zero'], 'passage')).rejects.toBeInstanceOf(VendorRefused);
    expect(await embedder.embed(['refund'], 'query')).toHaveLength(1);
  });
});

describe('a model that cannot be loaded is told to the operator', () => {
  const failure = async (options: LocalEmbedderOptions) => {
    const error = await createLocalEmbedder(options).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message;
  };

  test('when a file is not there', async () => {
    expect(await failure({ folder: tempFolder() })).toMatch(
      /tokenizer\.json, onnx\/model_quantized\.onnx is missing/,
    );
  });

  test('when a file is not the one that was installed', async () => {
    const folder = writeTinyModel(tempFolder());
    await writeRecord(folder);
    appendFileSync(join(folder, 'tokenizer.json'), ' ');
    const message = await failure({ folder });
    expect(message).toMatch(/tokenizer\.json is not the file that was installed/);
    expect(message).toMatch(/npm run embedder -- remove/);
  });

  test.each([
    ['onnx/model_quantized.onnx', 'nonsense'],
    ['tokenizer.json', 'nonsense'],
    ['tokenizer.json', '{}'],
    ['config.json', '{'],
    ['countersign.json', '{"files": {"../../etc/passwd": "x"}}'],
  ])('when %s holds %s', async (file, content) => {
    const folder = writeTinyModel(tempFolder());
    writeFileSync(join(folder, file), content);
    expect(await failure({ folder })).toContain(folder);
  });

  test('when the packages that run it are not installed', async () => {
    const elsewhere = join(tempFolder(), 'thread.mjs');
    cpSync(join(ROOT, 'src/adapters/local-embedder/thread.js'), elsewhere);
    const message = await failure({
      folder: writeTinyModel(tempFolder()),
      threadFile: pathToFileURL(elsewhere),
    });
    expect(message).toMatch(/npm i onnxruntime-web@\S+ @huggingface\/tokenizers@\S+/);
  });

  test('with the versions that this package names', () => {
    const { optionalDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const source = readFileSync(join(ROOT, 'src/adapters/local-embedder/worker.ts'), 'utf8');
    for (const [name, version] of Object.entries(optionalDependencies))
      expect(source).toContain(`${name}@${version}`);
  });
});

describe('the thread of a local model', () => {
  const folder = () => writeTinyModel(tempFolder());

  test('is replaced after a crash, which fails the call it was at and no other', async () => {
    const threadFile = faultyThread(`if (text === 'bad') throw new Error('boom'); ${GOOD}`);
    const embedder = await open({ folder: folder(), threadFile });
    const bad = embedder.embed(['good', 'bad', 'good'], 'passage');
    const waiting = embedder.embed(['good'], 'passage');
    await expect(bad).rejects.toThrow(/crashed: boom/);
    await expect(bad).rejects.toMatchObject({ retry: 'later' });
    const [vector] = await waiting;
    expect([...(vector ?? [])]).toEqual([expect.closeTo(0.6), expect.closeTo(0.8)]);
    expect(await embedder.embed(['good'], 'query')).toHaveLength(1);
  });

  test.each([
    ['ends', 'process.exit(3)', /ended with 3/],
    ['hangs', '', /no sign for 100 ms/],
    ['fails', `parentPort.postMessage({ error: 'no memory' })`, /no memory/],
  ])('fails the call when it %s, and comes back', async (_what, onBad, reason) => {
    const threadFile = faultyThread(`if (text === 'bad') { ${onBad} } else { ${GOOD} }`);
    const embedder = await open({ folder: folder(), threadFile, textMs: 100 });
    await expect(embedder.embed(['bad'], 'passage')).rejects.toThrow(reason);
    expect(await embedder.embed(['good'], 'query')).toHaveLength(1);
  });

  test('lets no call wait for ever when it is closed', async () => {
    const embedder = await open({ folder: folder(), threadFile: faultyThread('') });
    const waiting = [embedder.embed(['a'], 'query'), embedder.embed(['b'], 'passage')];
    const ends = waiting.map((one) => expect(one).rejects.toBeInstanceOf(VendorUnreachable));
    await embedder.close();
    await Promise.all(ends);
    await expect(embedder.embed(['c'], 'query')).rejects.toThrow(/closed/);
  });

  test('answers a question while it is at a long list of passages', async () => {
    const threadFile = faultyThread(`setTimeout(() => { ${GOOD} }, 5);`);
    const embedder = await open({ folder: folder(), threadFile });
    const order: string[] = [];
    const passages = embedder.embed(new Array(40).fill('p'), 'passage').then(() => order.push('passages'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await embedder.embed(['q'], 'query').then(() => order.push('question'));
    await passages;
    expect(order).toEqual(['question', 'passages']);
  });
});

describe('the queue of an embedder', () => {
  test('takes questions before passages, and each kind in the order it came', () => {
    const queue = createEmbedQueue();
    const job = (name: string, purpose: 'query' | 'passage'): EmbedJob => {
      return { texts: [name], purpose, vectors: [], resolve: () => {}, reject: () => {} };
    };
    const jobs = [job('p1', 'passage'), job('q1', 'query'), job('p2', 'passage'), job('q2', 'query')];
    for (const one of jobs) queue.add(one);
    const taken: (string | undefined)[] = [];
    for (let next = queue.next(); next !== undefined; next = queue.next()) {
      taken.push(next.texts[0]);
      queue.remove(next);
    }
    expect(taken).toEqual(['q1', 'q2', 'p1', 'p2']);
  });
});

describe.skipIf(!HAS_MODEL)(`the real model${WITHOUT_MODEL}`, () => {
  test('keeps the event loop free while it embeds, and answers a question within a passage or two', async () => {
    const embedder = await open({ folder: REAL_MODEL });
    const sentence =
      'The audit log is kept for a year on the Business plan, and owners can export it as a file. ';
    const passages = Array.from({ length: 40 }, (_, i) => `Page ${i}. ${sentence.repeat(8)}`);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    let isDone = false;
    delay.enable();
    const all = embedder.embed(passages, 'passage').finally(() => {
      isDone = true;
    });
    const [question] = await embedder.embed(['How long is the audit log kept?'], 'query');
    expect(isDone).toBe(false);
    const [first] = await all;
    delay.disable();
    expect(dot(question, first)).toBeGreaterThan(0.4);
    // The 99th percentile, because another process can take the core away for longer than 20 ms at any time.
    expect(delay.percentile(99) / 1e6).toBeLessThan(20);
  }, 60_000);
});

// Runs the model in a thread of its own. Plain JavaScript, because Node 20 starts no thread from TypeScript, and a
// loader for it would cost 0.4 seconds here and again in each thread of the WASM runtime.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

/** @type {{ folder: string, threads: number, pooling: 'mean' | 'cls', maxTokens: number }} */
const { folder, threads, pooling, maxTokens } = workerData;

/** Longer words than this are one unknown piece, so what lies beyond cannot fit any more; saves reading a megabyte. */
const MAX_CHARACTERS = maxTokens * 100;

/** The native runtime is several times faster; it is there when the operator installed it. */
async function loadRuntime() {
  const native = 'onnxruntime-node';
  try {
    return { ort: await import(native), runtime: native, provider: 'cpu' };
  } catch {
    const ort = await import('onnxruntime-web');
    ort.env.wasm.numThreads = threads;
    return { ort, runtime: 'onnxruntime-web', provider: 'wasm' };
  }
}

async function createSession({ ort, provider }) {
  ort.env.logLevel = 'error';
  const bytes = readFileSync(join(folder, 'onnx/model_quantized.onnx'));
  return ort.InferenceSession.create(bytes, {
    executionProviders: [provider],
    intraOpNumThreads: threads,
    logSeverityLevel: 3,
    // Threads that wait for work by spinning took the cores from everything else: half as long again a passage.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
}

function readJson(name, fallback) {
  try {
    return JSON.parse(readFileSync(join(folder, name), 'utf8'));
  } catch (error) {
    if (fallback !== undefined && error.code === 'ENOENT') return fallback;
    throw error;
  }
}

/** Gives the ids of a text's word pieces, cut to what the model takes with its closing marks kept. */
async function createTokenizer() {
  const { Tokenizer } = await import('@huggingface/tokenizers');
  const tokenizer = new Tokenizer(readJson('tokenizer.json'), readJson('tokenizer_config.json', {}));
  const bare = tokenizer.encode('a', { add_special_tokens: false }).ids;
  const whole = tokenizer.encode('a').ids;
  const end = whole.slice(whole.lastIndexOf(bare.at(-1)) + 1);
  return (text) => {
    const { ids } = tokenizer.encode(text.slice(0, MAX_CHARACTERS));
    return ids.length <= maxTokens ? ids : [...ids.slice(0, maxTokens - end.length), ...end];
  };
}

function createInputs(ort, session, ids) {
  const length = ids.length;
  const all = {
    input_ids: BigInt64Array.from(ids, BigInt),
    attention_mask: new BigInt64Array(length).fill(1n),
    token_type_ids: new BigInt64Array(length),
  };
  const named = session.inputNames.map((name) => {
    if (!(name in all)) throw new Error(`it wants an input "${name}"`);
    return [name, new ort.Tensor('int64', all[name], [1, length])];
  });
  return Object.fromEntries(named);
}

/** The mean over the word pieces, or the first one; a model that pools by itself gives its vector at once. */
function pool({ data, dims }) {
  const dimensions = dims.at(-1);
  const used = dims.length === 2 || pooling === 'cls' ? 1 : dims[1];
  const vector = new Float32Array(dimensions);
  for (let i = 0; i < used * dimensions; i++) vector[i % dimensions] += data[i] / used;
  return vector;
}

async function start() {
  const loaded = await loadRuntime();
  const tokenize = await createTokenizer();
  const session = await createSession(loaded);
  const wanted = ['sentence_embedding', 'last_hidden_state', 'token_embeddings'];
  const name = wanted.find((one) => session.outputNames.includes(one)) ?? session.outputNames[0];

  // One text at a time: an 8-bit model rounds by the largest number of a whole batch, so that a text's vector would
  // depend on what happens to stand beside it (cosine 0.976 to itself was seen), and a batch is no faster.
  const embed = async (text) => {
    const inputs = createInputs(loaded.ort, session, tokenize(text));
    const outputs = await session.run(inputs);
    const vector = pool(outputs[name]);
    for (const tensor of [...Object.values(inputs), ...Object.values(outputs)]) tensor.dispose?.();
    return vector;
  };

  // Finds a model that loads and cannot run, and makes the first question as fast as the others.
  const { length: dimensions } = await embed('Is anybody there?');
  parentPort.on('message', async (text) => {
    try {
      const vector = await embed(text);
      parentPort.postMessage({ vector }, [vector.buffer]);
    } catch (error) {
      parentPort.postMessage({ error: String(error?.message ?? error) });
    }
  });
  parentPort.postMessage({ ready: { dimensions, runtime: loaded.runtime } });
}

start().catch((error) => {
  const failed = { code: String(error?.code ?? ''), message: String(error?.message ?? error) };
  parentPort.postMessage({ failed });
});

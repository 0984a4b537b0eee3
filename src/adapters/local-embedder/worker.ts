import { Worker } from 'node:worker_threads';
import { ConfigError, type CountersignError, VendorUnreachable } from '../../errors.ts';
import type { LocalModel } from './folder.ts';

export const LOCAL_MODEL = 'The local embedding model';

export interface Ready {
  dimensions: number;
  runtime: string;
}

type Message =
  | { ready: Ready }
  | { failed: { code: string; message: string } }
  | { vector: Float32Array }
  | { error: string };

/** A thread with the model loaded. It does one text at a time. */
export interface ModelThread extends Ready {
  /** Rejects when the model fails; the thread is then of no more use. */
  run(text: string): Promise<Float32Array>;
  isUsable(): boolean;
  stop(): Promise<void>;
}

/** Loading takes under a second; a disk that hangs must not hang the start for ever. */
const START_MS = 60_000;
/** A text takes a fifth of a second, and on a starved machine a few. */
const TEXT_MS = 60_000;

export interface ThreadOptions {
  threads: number;
  /** The file the thread runs. */
  file: URL;
  textMs?: number | undefined;
}

/** Resolves when the model can be asked; a ConfigError when it never will. */
export function startModelThread(model: LocalModel, options: ThreadOptions): Promise<ModelThread> {
  const { threads, file, textMs = TEXT_MS } = options;
  const { folder, pooling, maxTokens } = model;
  const workerData = { folder, threads, pooling, maxTokens };
  // No flags of ours: the TypeScript loader of this process is of no use there and slow to start.
  const worker = new Worker(file, { workerData, execArgv: [], name: 'embedder' });
  let waiting: { resolve(message: Message): void; reject(error: Error): void } | undefined;
  let isUsable = true;

  const fail = (detail: string, cause?: unknown) => {
    isUsable = false;
    waiting?.reject(new VendorUnreachable(LOCAL_MODEL, detail, cause));
    waiting = undefined;
    void worker.terminate();
  };
  worker.on('message', (message: Message) => {
    waiting?.resolve(message);
    waiting = undefined;
  });
  worker.on('error', (error) => fail(`its thread crashed: ${error.message}`, error));
  worker.on('exit', (code) => fail(`its thread ended with ${code}`));

  const reply = async (withinMs: number): Promise<Message> => {
    // An idle thread keeps no process alive, a working one does.
    worker.ref();
    const timer = setTimeout(() => fail(`it gave no sign for ${withinMs} ms`), withinMs);
    try {
      return await new Promise<Message>((resolve, reject) => {
        waiting = { resolve, reject };
      });
    } finally {
      clearTimeout(timer);
      worker.unref();
    }
  };

  const run = async (text: string): Promise<Float32Array> => {
    if (!isUsable) throw new VendorUnreachable(LOCAL_MODEL, 'its thread has ended');
    const answer = reply(textMs);
    worker.postMessage(text);
    const message = await answer;
    if ('vector' in message) return message.vector;
    const detail = 'error' in message ? message.error : 'it answered something else';
    fail(detail);
    throw new VendorUnreachable(LOCAL_MODEL, detail);
  };
  const stop = async () => {
    isUsable = false;
    await worker.terminate();
  };

  return reply(START_MS).then(async (message) => {
    if ('ready' in message) return { ...message.ready, run, isUsable: () => isUsable, stop };
    await stop();
    throw 'failed' in message
      ? startFailure(folder, message.failed)
      : new VendorUnreachable(LOCAL_MODEL, 'no start');
  });
}

function startFailure(
  folder: string,
  { code, message }: { code: string; message: string },
): CountersignError {
  if (code === 'ERR_MODULE_NOT_FOUND') {
    return new ConfigError([
      'EMBEDDINGS: a local model needs two packages that are not installed: run npm i onnxruntime-web@1.30.0 ' +
        '@huggingface/tokenizers@0.2.0 (or npm i without --omit=optional), or set EMBEDDINGS=none',
    ]);
  }
  return new ConfigError([
    `EMBEDDINGS_MODEL: the model in ${folder} cannot be loaded (${message}); it must be an ONNX model of ` +
      'sentence embeddings with its tokenizer; npm run embedder -- list shows ones that are',
  ]);
}

import { availableParallelism } from 'node:os';
import { toError, VendorRefused, VendorUnreachable } from '../../errors.ts';
import type { Embedder } from '../../ports.ts';
import { toUnitVector } from '../unit-vector.ts';
import { readLocalModel } from './folder.ts';
import { createEmbedQueue, type EmbedJob } from './queue.ts';
import { LOCAL_MODEL, type ModelThread, startModelThread } from './worker.ts';

const THREAD_FILE = new URL('./thread.js', import.meta.url);

const CLOSED = 'it was closed';
const LATE = 'the time for it was over';
const ended = (detail: string) => new VendorUnreachable(LOCAL_MODEL, detail);

export interface LocalEmbedderOptions {
  /** Holds `tokenizer.json` and `onnx/model_quantized.onnx`. */
  folder: string;
  /** Threads of the runtime; default: all cores but one, at most four. */
  threads?: number;
  /** Longest time of one text before the thread is given up. */
  textMs?: number;
  /** What the thread runs, for tests of its faults. */
  threadFile?: URL;
}

export interface LocalEmbedder extends Embedder {
  readonly dimensions: number;
  /** The package that runs the model. */
  readonly runtime: string;
}

/**
 * A model on this machine, run in a thread of its own, so that whoever waits for the event loop notices nothing. A
 * thread that crashes fails the call it was at; the next call gets a new one. Throws a ConfigError when the model
 * cannot be loaded.
 */
export async function createLocalEmbedder(options: LocalEmbedderOptions): Promise<LocalEmbedder> {
  const model = await readLocalModel(options.folder);
  const { threads = Math.min(4, Math.max(1, availableParallelism() - 1)), textMs } = options;
  const threadOptions = { threads, textMs, file: options.threadFile ?? THREAD_FILE };
  const queue = createEmbedQueue();
  let thread: ModelThread = await startModelThread(model, threadOptions);
  const { dimensions, runtime } = thread;
  let isWorking = false;
  let isClosed = false;

  const work = async () => {
    if (isWorking) return;
    isWorking = true;
    for (let job = queue.next(); job !== undefined && !isClosed; job = queue.next()) {
      try {
        if (!thread.isUsable()) thread = await startModelThread(model, threadOptions);
        job.vectors.push(toVector(await thread.run(job.texts[job.vectors.length] ?? ''), dimensions));
        if (job.vectors.length === job.texts.length && queue.remove(job)) job.resolve(job.vectors);
      } catch (error) {
        if (queue.remove(job)) job.reject(toError(error));
      }
    }
    isWorking = false;
  };

  return {
    id: model.id,
    dimensions,
    runtime,
    embed(texts, purpose, signal) {
      if (isClosed || signal?.aborted) return Promise.reject(ended(isClosed ? CLOSED : LATE));
      if (texts.length === 0) return Promise.resolve([]);
      const prefix = purpose === 'query' ? model.queryPrefix : model.passagePrefix;
      const prefixed = texts.map((text) => prefix + text);
      let stop = () => {};
      const vectors = new Promise<Float32Array[]>((resolve, reject) => {
        const job: EmbedJob = { texts: prefixed, purpose, vectors: [], resolve, reject };
        stop = () => {
          if (queue.remove(job)) reject(ended(LATE));
        };
        queue.add(job);
      });
      signal?.addEventListener('abort', stop, { once: true });
      void work();
      // One signal may bound thousands of calls.
      return vectors.finally(() => signal?.removeEventListener('abort', stop));
    },
    async close() {
      isClosed = true;
      for (const job of queue.all()) {
        queue.remove(job);
        job.reject(ended(CLOSED));
      }
      await thread.stop();
    },
  };
}

function toVector(values: Float32Array, dimensions: number): Float32Array {
  const vector = values.length === dimensions ? toUnitVector(values) : undefined;
  if (vector !== undefined) return vector;
  const reason = 'it made a vector of zeros, of another length, or of what is no number';
  throw new VendorRefused(LOCAL_MODEL, reason, { retry: 'never' });
}

import { type FSWatcher, watch } from 'node:fs';
import { CountersignError, toError } from '../errors.ts';
import type { Logger } from '../log.ts';

export interface FolderWatch {
  /** Resolves when no run is going on any more. */
  stop(): Promise<void>;
}

interface Waits {
  /** An editor writes a file in several steps, and a checkout many files. */
  quietMs: number;
  /** Where the system cannot watch, such as a network drive: a run without a change costs little. */
  pollMs: number;
  /** Before a run that failed for the moment is tried again; doubled each time. */
  retryMs: number;
}

const WAITS: Waits = { quietMs: 400, pollMs: 15_000, retryMs: 2_000 };
const MAX_RETRIES = 5;

/** Runs `onChange` after something below the folders has changed, never twice at a time. */
export function watchFolders(parts: {
  folders: string[];
  onChange: () => Promise<unknown>;
  log: Logger;
  waits?: Partial<Waits>;
}): FolderWatch {
  const { folders, onChange, log } = parts;
  const waits = { ...WAITS, ...parts.waits };
  let timer: NodeJS.Timeout | undefined;
  let polling: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let isStopped = false;
  let isDue = false;
  let failures = 0;

  const runIn = (ms: number) => {
    if (isStopped) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      isDue = true;
      running ??= runWhileDue().finally(() => {
        running = undefined;
      });
    }, ms);
  };
  const runWhileDue = async () => {
    while (isDue && !isStopped) {
      isDue = false;
      try {
        await onChange();
        failures = 0;
      } catch (error) {
        log.warn('the changed pages could not be indexed', { error: toError(error) });
        if (!(error instanceof CountersignError) || error.retry !== 'later') continue;
        failures += 1;
        if (failures <= MAX_RETRIES) runIn(waits.retryMs * 2 ** (failures - 1));
      }
    }
  };
  const poll = (error: unknown) => {
    if (isStopped || polling !== undefined) return;
    log.warn('the folders cannot be watched; they are looked through now and then', {
      error: toError(error),
      everyMs: waits.pollMs,
    });
    polling = setInterval(() => runIn(0), waits.pollMs);
  };
  const watchers = folders.flatMap((folder) => watchOne(folder, () => runIn(waits.quietMs), poll));

  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      clearInterval(polling);
      for (const watcher of watchers) watcher.close();
      await running;
    },
  };
}

function watchOne(folder: string, onEvent: () => void, onError: (error: unknown) => void): FSWatcher[] {
  try {
    const watcher = watch(folder, { recursive: true }, onEvent);
    watcher.on('error', onError);
    return [watcher];
  } catch (error) {
    onError(error);
    return [];
  }
}

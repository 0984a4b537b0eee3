import { Presets, SingleBar } from 'cli-progress';
import type { ReindexProgress } from '../src/knowledge/types.ts';

const PHASE = {
  reading: 'Reading pages',
  embedding: 'Reading meanings',
  indexing: 'Building index',
  checking: 'Trying it out',
  switching: 'Switching over',
};

/** A progress bar on stderr for a re-index; nothing where stderr is no terminal. */
export function createReindexBar(): { onProgress: (progress: ReindexProgress) => void; stop: () => void } {
  const bar = new SingleBar(
    { format: '{phase} [{bar}] {value}/{total}', clearOnComplete: true, stream: process.stderr },
    Presets.rect,
  );
  let phase: string | undefined;
  return {
    onProgress(progress) {
      if (!process.stderr.isTTY) return;
      const fields = { phase: PHASE[progress.phase] };
      if (phase !== progress.phase) bar.start(progress.total, progress.done, fields);
      else bar.update(progress.done, fields);
      phase = progress.phase;
    },
    stop() {
      if (phase !== undefined) bar.stop();
    },
  };
}

import { Presets, SingleBar } from 'cli-progress';

const STEP = {
  reading: 'Reading pages',
  embedding: 'Reading meanings',
  indexing: 'Building index',
  asking: 'Asking questions',
};

export interface StepBar {
  onProgress(step: keyof typeof STEP, done: number, total: number): void;
  stop(): void;
}

/** A progress bar on stderr, one step after the other; nothing where stderr is no terminal. */
export function createStepBar(): StepBar {
  const bar = new SingleBar(
    { format: '{step} [{bar}] {value}/{total}', clearOnComplete: true, stream: process.stderr },
    Presets.rect,
  );
  let now: string | undefined;
  return {
    onProgress(step, done, total) {
      if (!process.stderr.isTTY) return;
      if (now !== step) bar.start(total, done, { step: STEP[step] });
      else bar.update(done, { step: STEP[step] });
      now = step;
    },
    stop() {
      if (now !== undefined) bar.stop();
      now = undefined;
    },
  };
}

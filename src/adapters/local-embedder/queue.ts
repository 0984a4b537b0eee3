/** What one caller asked for. */
export interface EmbedJob {
  texts: readonly string[];
  purpose: 'query' | 'passage';
  /** Of the texts that are done, in order. */
  vectors: Float32Array[];
  resolve(vectors: Float32Array[]): void;
  reject(error: Error): void;
}

/**
 * Jobs in the order they came, but questions before passages: a customer does not wait for a re-index. It is asked
 * anew for every text, so a question waits for no more than one passage.
 */
export function createEmbedQueue() {
  const jobs: EmbedJob[] = [];
  return {
    add(job: EmbedJob) {
      jobs.push(job);
    },
    /** False when it was gone already. */
    remove(job: EmbedJob): boolean {
      const at = jobs.indexOf(job);
      if (at >= 0) jobs.splice(at, 1);
      return at >= 0;
    },
    all: (): readonly EmbedJob[] => [...jobs],
    next: (): EmbedJob | undefined => jobs.find(({ purpose }) => purpose === 'query') ?? jobs[0],
  };
}

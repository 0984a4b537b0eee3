/** Slack's message ids: seconds and microseconds as text. Two messages never share one, and they only grow. */
export function createTimestamps(nowMs: () => number): () => string {
  let lastMicros = 0;
  return () => {
    lastMicros = Math.max(Math.floor(nowMs() * 1000), lastMicros + 1);
    const seconds = Math.floor(lastMicros / 1_000_000);
    return `${seconds}.${String(lastMicros % 1_000_000).padStart(6, '0')}`;
  };
}

/** Measures the longest time in which nothing else could happen, in milliseconds of work, whoever shares the machine. */
export function measureBlock(): { stop(): number } {
  let longest = 0;
  let last = process.cpuUsage().user;
  let next: NodeJS.Immediate;
  const look = () => {
    const now = process.cpuUsage().user;
    longest = Math.max(longest, now - last);
    last = now;
  };
  const turn = () => {
    look();
    next = setImmediate(turn);
  };
  turn();
  return {
    stop() {
      look();
      clearImmediate(next);
      return longest / 1_000;
    },
  };
}

export interface Frame {
  n: number;
  at: number;
  direction: 'to-bot' | 'from-bot';
  via: 'socket' | 'http' | 'web-api';
  name: string;
  body: unknown;
  reply?: unknown;
  ms?: number;
}

export interface Frames {
  /** Notes a frame at the moment it passes; `done` adds the answer later. Order of `n` is order of arrival. */
  note(direction: Frame['direction'], via: Frame['via'], name: string, body: unknown): Frame;
  done(frame: Frame, reply: unknown): void;
  after(n: number): Frame[];
  all(): Frame[];
  /** Calls of the Web API that are not answered yet. */
  underWay(): number;
  onFrame(listener: (frame: Frame) => void): () => void;
}

const KEPT = 20_000;

/** The log of everything that passed between the workspace and the bot. */
export function createFrames(nowMs: () => number = Date.now): Frames {
  const frames: Frame[] = [];
  const listeners = new Set<(frame: Frame) => void>();
  let count = 0;
  const tell = (frame: Frame) => {
    for (const listener of [...listeners]) listener(frame);
  };
  return {
    note(direction, via, name, body) {
      count += 1;
      const frame: Frame = { n: count, at: nowMs(), direction, via, name, body };
      frames.push(frame);
      if (frames.length > KEPT) frames.shift();
      tell(frame);
      return frame;
    },
    done(frame, reply) {
      frame.reply = reply;
      frame.ms = nowMs() - frame.at;
      tell(frame);
    },
    after: (n) => frames.filter((frame) => frame.n > n),
    all: () => [...frames],
    underWay: () => frames.filter((frame) => frame.via === 'web-api' && frame.ms === undefined).length,
    onFrame(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

// The oldest frames go first: a browser tab left open for a day must not fill the memory.
const KEPT_FRAMES = 1000;

/** Adds one frame, or sets it aside while the list is paused. A frame seen twice replaces itself. */
export function addFrame(frames, frame) {
  if (frames.paused) return { ...frames, waiting: merged(frames.waiting, [frame]) };
  return { ...frames, kept: merged(frames.kept, [frame]) };
}

export const addFrames = (frames, more) => ({ ...frames, kept: merged(frames.kept, more) });

export function setPaused(frames, paused) {
  if (paused) return { ...frames, paused };
  return { kept: merged(frames.kept, frames.waiting), waiting: [], paused };
}

export const clearFrames = (frames) => ({ ...frames, kept: [], waiting: [] });

function merged(kept, more) {
  const last = kept.at(-1);
  if (more.length === 1 && (!last || last.n < more[0].n)) return [...kept, more[0]].slice(-KEPT_FRAMES);
  const byNumber = new Map([...kept, ...more].map((frame) => [frame.n, frame]));
  return [...byNumber.values()].sort((a, b) => a.n - b.n).slice(-KEPT_FRAMES);
}

/** True when the frame carries the text somewhere: name, way, direction or body. */
export function isFrameMatching(frame, filter) {
  if (!filter) return true;
  const hay = `${frame.name} ${frame.via} ${frame.direction} ${JSON.stringify(frame.body)} ${JSON.stringify(frame.reply)}`;
  return hay.toLowerCase().includes(filter.toLowerCase());
}

/** Scores of questions whose answer is there, and of questions whose answer is not; higher = rather answered. */
export interface Judged {
  answerable: number[];
  unanswerable: number[];
}

/** What a threshold does. Both are shares, 0 to 1. */
export interface AbstentionPoint {
  threshold: number;
  /** Of the unanswerable, left unanswered as they should be. */
  caught: number;
  /** Of the answerable, left unanswered though they could have been answered. */
  lost: number;
}

/** How often an answerable question scores above an unanswerable one; 0.5 is guessing. */
export function auroc({ answerable, unanswerable }: Judged): number {
  let above = 0;
  for (const high of answerable) {
    for (const low of unanswerable) above += high > low ? 1 : high === low ? 0.5 : 0;
  }
  return above / Math.max(1, answerable.length * unanswerable.length);
}

export function abstentionAt(judged: Judged, threshold: number): AbstentionPoint {
  const below = (scores: number[]) =>
    scores.filter((score) => score < threshold).length / Math.max(1, scores.length);
  return { threshold, caught: below(judged.unanswerable), lost: below(judged.answerable) };
}

/** Every threshold that makes a difference, the most lenient first. */
export function abstentionCurve(judged: Judged): AbstentionPoint[] {
  const scores = [...new Set([...judged.answerable, ...judged.unanswerable])].sort((a, b) => a - b);
  const above = (scores.at(-1) ?? 0) + 1;
  return [...scores, above].map((threshold) => abstentionAt(judged, threshold));
}

/** The strictest threshold that loses at most this share of the answerable, halfway to the last one it loses. */
export function thresholdLosing(judged: Judged, share: number): number {
  const sorted = [...judged.answerable].sort((a, b) => a - b);
  const lost = Math.floor(share * sorted.length);
  const kept = sorted[lost] ?? 0;
  return ((sorted[lost - 1] ?? kept - 1) + kept) / 2;
}

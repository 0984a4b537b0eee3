import type { Candidate } from '../ports.ts';

export const DEFAULT_THRESHOLD = 0.5;

export function relevanceOf(candidate: Candidate): number {
  return 0.7 * candidate.chunkCoverage + 0.3 * candidate.pageCoverage;
}

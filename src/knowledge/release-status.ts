import type { IndexVersion } from '../ports.ts';

/** Who or what began a run. Runs that nobody asked for wait while a version is held back. */
export type Initiator = 'start' | 'schedule' | 'watch' | 'operator' | 'staff';

export type RunOutcome = 'released' | 'unchanged' | 'refused' | 'failed' | 'stopped' | 'rolled-back';

/** A run as it is remembered. */
export interface ReleaseRun {
  by: Initiator;
  /** The person who asked, where it was one. */
  user: string | undefined;
  startedAt: number;
  /** Undefined while it is going on, and for ever when its process was killed. */
  finishedAt: number | undefined;
  outcome: RunOutcome | undefined;
  /** In one line. */
  says: string;
  /** Of a roll-back alone: the version it leaves, unless that is damaged, and the one it ended with. */
  rollback?: { from: string | undefined; to: string | undefined } | undefined;
}

/** Where the knowledge stands. */
export interface ReleaseStatus {
  active: IndexVersion | undefined;
  previous: IndexVersion | undefined;
  lastRun: ReleaseRun | undefined;
  /** The roll-back since which runs that nobody asked for wait. */
  held: ReleaseRun | undefined;
}

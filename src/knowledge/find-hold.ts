import type { Initiator, ReleaseRun } from './release-status.ts';

const UNASKED: Initiator[] = ['schedule', 'watch'];

/**
 * The roll-back that left what the sources hold, unless a release that somebody asked for has followed or the version
 * that was left serves again. `runs` newest first.
 */
export function findHold(runs: ReleaseRun[], serving: string | undefined): ReleaseRun | undefined {
  let hold: ReleaseRun | undefined;
  for (const run of runs.toReversed()) {
    if (endsHold(run, hold)) hold = undefined;
    else if (isRollback(run)) hold ??= run;
  }
  const left = hold?.rollback?.from;
  return left !== undefined && left === serving ? undefined : hold;
}

function endsHold(run: ReleaseRun, hold: ReleaseRun | undefined): boolean {
  const { by, outcome, rollback } = run;
  if (outcome === 'rolled-back') {
    const left = hold?.rollback?.from;
    return left !== undefined && rollback?.to === left;
  }
  // One that nobody asked for can only have released where there was no hold any more.
  return outcome === 'released' || (outcome === 'unchanged' && !UNASKED.includes(by));
}

/** Also one that was killed: whether it had gone back by then is told by what serves. */
function isRollback({ outcome, rollback }: ReleaseRun): boolean {
  return outcome === 'rolled-back' || (rollback !== undefined && outcome === undefined);
}

import { toError } from '../errors.ts';
import type { ReleaseRun } from '../knowledge/release-status.ts';
import type { ReindexResult } from '../knowledge/types.ts';
import type { Releases, RunEnd } from '../releases.ts';
import type { Desk } from './desk.ts';
import { tellStaff } from './staff.ts';

const NAME = { schedule: 'nightly re-index', watch: 're-index after a change of the pages' };

/** A re-index that nobody asked for. Staff hear of it only when something needs them. */
export async function runNightly(
  desk: Desk,
  releases: Pick<Releases, 'runUnasked'>,
  by: 'schedule' | 'watch',
): Promise<string> {
  const key = `nightly:${desk.newId()}`;
  let end: RunEnd;
  try {
    end = await releases.runUnasked(by);
  } catch (error) {
    const reason = toError(error).message;
    await tellStaff(desk, key, `The ${NAME[by]} failed; the former index still serves. ${reason}`);
    throw error;
  }
  if (end.kind === 'held') return describeHold(end.since);
  const { failed, warnings } = end.result;
  if (failed.length > 0) {
    const named = failed.slice(0, 5).map(({ source, reason }) => `${source} (${reason})`);
    await tellStaff(desk, key, `The ${NAME[by]} left out ${failed.length} pages: ${named.join(', ')}`);
  }
  if (warnings.length > 0) await tellStaff(desk, `${key}:warnings`, `The ${NAME[by]}: ${warnings.join(' ')}`);
  return describeRun(end.result);
}

export function describeRun(result: ReindexResult): string {
  const { pages, added, changed, removed, unchanged, failed } = result;
  return `${pages} pages: ${added} added, ${changed} changed, ${removed} removed, ${unchanged} unchanged, ${failed.length} failed`;
}

function describeHold({ user, says }: ReleaseRun): string {
  const by = user === undefined ? '' : ` by ${user}`;
  return `waits, because the index was rolled back${by} ${says}; /reindex or npm run reindex ends that`;
}

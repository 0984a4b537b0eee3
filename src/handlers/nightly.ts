import { toError } from '../errors.ts';
import { ReindexStopped } from '../knowledge/reindex-stopped.ts';
import type { ReleaseRun } from '../knowledge/release-status.ts';
import type { ReindexResult } from '../knowledge/types.ts';
import type { Releases, RunEnd } from '../releases.ts';
import type { Desk } from './desk.ts';
import { tellStaff } from './staff.ts';

const NAME = { schedule: 'nightly re-index', watch: 're-index after a change of the pages' };

/** Often enough not to be forgotten, seldom enough to be read. */
const REMIND_MS = 86_400_000;
/** The rest is in the log. */
const MAX_NAMED = 5;

/** A re-index that nobody asked for. Staff hear of it only when something needs them. */
export async function runNightly(
  desk: Desk,
  releases: Pick<Releases, 'runUnasked'>,
  by: 'schedule' | 'watch',
): Promise<string> {
  const today = Math.floor(desk.clock.now() / REMIND_MS);
  let end: RunEnd;
  try {
    end = await releases.runUnasked(by);
  } catch (error) {
    // Whoever stops the bot knows; the next run reads what this one has not.
    if (error instanceof ReindexStopped) return error.message;
    const reason = toError(error).message;
    await tellStaff(
      desk,
      `nightly:${desk.newId()}`,
      `The ${NAME[by]} failed; the former index still serves. ${reason}`,
    );
    throw error;
  }
  if (end.kind === 'held') {
    const held = describeHold(end.since);
    await tellStaff(desk, `held:${end.since.startedAt}:${today}`, `The ${NAME[by]} ${held}`);
    return held;
  }
  const { failed, warnings } = end.result;
  if (end.leftOut !== undefined) {
    const named = failed.slice(0, MAX_NAMED).map(({ source, reason }) => `${source} (${reason})`);
    const more = failed.length > MAX_NAMED ? `, and ${failed.length - MAX_NAMED} more, see the log` : '';
    const text = `The ${NAME[by]} left out ${failed.length} pages: ${named.join(', ')}${more}`;
    // The same pages are told once, until others are left out or none.
    await tellStaff(desk, `left-out:${end.leftOut}`, text);
  }
  if (warnings.length > 0) {
    const text = warnings.join(' ');
    await tellStaff(desk, `warnings:${today}:${text}`, `The ${NAME[by]}: ${text}`);
  }
  return describeRun(end.result);
}

export function describeRun(result: ReindexResult): string {
  const { pages, added, changed, removed, unchanged, failed } = result;
  return `${pages} pages: ${added} added, ${changed} changed, ${removed} removed, ${unchanged} unchanged, ${failed.length} failed`;
}

function describeHold({ user, says }: ReleaseRun): string {
  const by = user === undefined ? '' : ` by ${user}`;
  // It was killed half way when nothing is said.
  const versions = says === '' ? '' : ` ${says}`;
  return (
    `waits, because the index was rolled back${by}${versions}: changes of the pages are not read meanwhile. ` +
    'Once the pages are right, /reindex or npm run reindex reads them and ends that; /reindex rollback takes the roll-back back'
  );
}

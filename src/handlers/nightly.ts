import { toError } from '../errors.ts';
import type { Reindex } from '../knowledge/reindex.ts';
import type { ReindexResult } from '../knowledge/types.ts';
import type { Desk } from './desk.ts';
import { tellStaff } from './staff.ts';

/** The scheduled re-index. Staff hear of it only when something needs them. */
export async function runNightly(desk: Desk, reindex: Reindex): Promise<string> {
  const key = `nightly:${desk.newId()}`;
  try {
    const result = await reindex();
    if (result.failed.length > 0) {
      const named = result.failed.slice(0, 5).map(({ source, reason }) => `${source} (${reason})`);
      await tellStaff(
        desk,
        key,
        `The nightly re-index left out ${result.failed.length} pages: ${named.join(', ')}`,
      );
    }
    return describeRun(result);
  } catch (error) {
    const reason = toError(error).message;
    await tellStaff(desk, key, `The nightly re-index failed; the former index still serves. ${reason}`);
    throw error;
  }
}

export function describeRun(result: ReindexResult): string {
  const { pages, added, changed, removed, unchanged, failed } = result;
  return `${pages} pages: ${added} added, ${changed} changed, ${removed} removed, ${unchanged} unchanged, ${failed.length} failed`;
}

import { StoreError, toError } from '../errors.ts';
import type { IndexVersion, KnowledgeIndex } from '../ports.ts';
import { readPassagesOf } from './read-passages-of.ts';
import type { ReindexParts, Switched } from './reindex.ts';
import type { Passage } from './types.ts';

/** What served, what serves now, and what should be known besides. */
export interface RolledBack {
  /** Undefined when it could not even be read. */
  from: IndexVersion | undefined;
  to: IndexVersion;
  warnings: string[];
}

/**
 * Serves the previous version again and keeps the one it replaces. `from` names the version that is to be left: when
 * another serves already, nothing is done, so that a command carried out twice does not undo itself.
 */
export type Rollback = (options?: { from?: string | undefined }) => Promise<RolledBack>;

export function createRollback(parts: Pick<ReindexParts, 'index' | 'lock' | 'onSwitched'>): Rollback {
  const { index } = parts;
  return async (options = {}) => {
    const unlock = await parts.lock?.();
    try {
      const previous = await index.previous();
      if (previous === undefined)
        throw new StoreError('There is no former version of the knowledge index to go back to');
      // A version that cannot be read is one more reason to leave it.
      const active = await index.active().catch(() => undefined);
      // Somebody has gone back before: what serves is what was wanted, and the previous one is what was left.
      if (options.from !== undefined && active && options.from !== active.version)
        return { from: previous, to: active, warnings: [] };
      if (parts.onSwitched === undefined) return { from: active, to: await index.rollback(), warnings: [] };
      const before = await readAll(index).catch((): Pages => new Map());
      const to = await index.rollback();
      return { from: active, to, warnings: await tell(parts.onSwitched, before, index) };
    } finally {
      unlock?.();
    }
  };
}

type Pages = Map<string, { hash: string; passages: Passage[] }>;

async function readAll(index: KnowledgeIndex): Promise<Pages> {
  const pages = await index.pages();
  const passages = await readPassagesOf(
    index,
    pages.map(({ source }) => source),
  );
  return new Map(
    pages.map(({ source, hash }) => [source, { hash, passages: passages.get(source) ?? [] }] as const),
  );
}

/** What serves is the former version by now, whatever comes of this. */
async function tell(
  onSwitched: (switched: Switched) => Promise<void>,
  before: Pages,
  index: KnowledgeIndex,
): Promise<string[]> {
  try {
    const after = await readAll(index);
    const changed = [...before].filter(([source, { hash }]) => after.get(source)?.hash !== hash);
    await onSwitched({
      before: changed.flatMap(([, { passages }]) => passages),
      after: changed.flatMap(([source]) => after.get(source)?.passages ?? []),
    });
    return [];
  } catch (error) {
    return [`Answers given from the pages that changed could not be looked at: ${toError(error).message}`];
  }
}

import { StoreError } from '../../errors.ts';
import type { KnowledgeIndex } from '../../ports.ts';
import type { Segment } from '../types.ts';
import { type CitedSpan, readCitedSpans } from './cited-span.ts';

export type FindCited = (segments: readonly Segment[]) => Promise<CitedSpan[]>;

/** The spans that an answer rests on. An index that cannot be read costs the sentences round the quotes, no answer. */
export function createFindCited(index: Pick<KnowledgeIndex, 'passagesOf'>): FindCited {
  return async (segments) => {
    const sources = new Set(segments.flatMap(({ cites }) => cites.map(({ source }) => source)));
    if (sources.size === 0) return [];
    const passages = await index.passagesOf([...sources]).catch((error: unknown) => {
      if (error instanceof StoreError) return [];
      throw error;
    });
    return readCitedSpans(segments, passages);
  };
}

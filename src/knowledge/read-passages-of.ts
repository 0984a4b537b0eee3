import { setImmediate } from 'node:timers/promises';
import type { KnowledgeIndex } from '../ports.ts';
import type { Passage } from './types.ts';

/** Read at once; a thousand pages in one go would keep questions waiting. */
const PAGES = 25;

/** What the active version holds of these pages, by source, in steps that others can wait for. */
export async function readPassagesOf(
  index: Pick<KnowledgeIndex, 'passagesOf'>,
  sources: string[],
): Promise<Map<string, Passage[]>> {
  const found = new Map<string, Passage[]>();
  for (let at = 0; at < sources.length; at += PAGES) {
    for (const passage of await index.passagesOf(sources.slice(at, at + PAGES))) {
      const known = found.get(passage.source);
      if (known) known.push(passage);
      else found.set(passage.source, [passage]);
    }
    await setImmediate();
  }
  return found;
}

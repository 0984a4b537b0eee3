import { createHash } from 'node:crypto';
import { systemClock } from '../../src/clock.ts';
import { chunk } from '../../src/knowledge/chunk.ts';
import { createSources } from '../../src/knowledge/sources.ts';
import { readPassageTerms, readQueryTerms } from '../../src/knowledge/terms.ts';
import { createLogger } from '../../src/log.ts';
import type { IndexChange } from '../../src/ports.ts';
import { UsageError } from '../command-line.ts';
import type { BenchSample } from './search-times.ts';

export const DIMENSIONS = 384;

/** Pages of the folders until there are enough passages. */
export async function gatherPassages(
  knowledge: string[],
  wanted: number,
): Promise<{ take(passages: number, questions: number): BenchSample }> {
  const changes: IndexChange[] = [];
  let count = 0;
  const log = createLogger({ level: 'warn' });
  for (const source of createSources(knowledge, { fetch, clock: systemClock, log })) {
    for (const listed of (await source.list()).pages) {
      const read = count < wanted ? await listed.read() : undefined;
      if (!read || !('page' in read)) continue;
      const passages = [...chunk(read.page)];
      const vectors = passages.map((passage) => vectorOf(Object.values(readPassageTerms(passage)).flat()));
      changes.push({ page: { source: listed.source, hash: read.page.hash, stamp: '' }, passages, vectors });
      count += passages.length;
    }
  }
  if (count < wanted)
    throw new UsageError(`--knowledge holds ${count} passages, and ${wanted} are wanted; add folders`);
  return { take: (passages, questions) => take(changes, passages, questions) };
}

function take(all: IndexChange[], wanted: number, questions: number): BenchSample {
  const changes: IndexChange[] = [];
  let passages = 0;
  for (const change of all) {
    if (passages >= wanted) break;
    changes.push(change);
    passages += change.passages.length;
  }
  const headings = changes.flatMap(({ passages: own }) =>
    own.map(({ title, headings }) => [title, ...headings]),
  );
  const texts = [...new Set(headings.map((path) => path.slice(-2).join(' ')))];
  const step = Math.max(1, Math.floor(texts.length / questions));
  const asked = texts.filter((_, at) => at % step === 0).slice(0, questions);
  return {
    ...{ changes, passages },
    questions: asked.map((text) => ({ text, vector: vectorOf(termsOf(text)) })),
  };
}

function termsOf(text: string): string[] {
  return readQueryTerms([{ text, weight: 1 }]).map(({ term }) => term);
}

const directions = new Map<string, Float32Array>();

/** The sum of a direction for each term, and one that is common to all, as vectors of real models have. */
function vectorOf(terms: string[]): Float32Array {
  const sum = new Float32Array(DIMENSIONS).fill(0.02);
  for (const term of terms) {
    const direction = directionOf(term);
    for (let at = 0; at < DIMENSIONS; at += 1) sum[at] = (sum[at] ?? 0) + (direction[at] ?? 0);
  }
  const length = Math.hypot(...sum);
  return sum.map((value) => value / length);
}

function directionOf(term: string): Float32Array {
  let direction = directions.get(term);
  if (!direction) {
    const bytes = createHash('shake256', { outputLength: DIMENSIONS }).update(term).digest();
    direction = Float32Array.from(bytes, (byte) => (byte - 127.5) / 127.5);
    directions.set(term, direction);
  }
  return direction;
}

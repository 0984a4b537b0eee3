import { setImmediate } from 'node:timers/promises';
import type { Embedder } from '../ports.ts';
import { plainText } from './plain-text.ts';
import { ReindexRefused } from './reindex-refused.ts';
import type { Passage } from './types.ts';

/** A question that comes meanwhile waits for one batch at most, where the embedder works in one thread. */
const BATCH = 16;

/** So many different texts cannot have one meaning: an embedder that says so is broken. */
const TELLING_TEXTS = 10;

/** What stands for a passage: its words alone do not say which page and section they speak of. */
export function passageText(passage: Pick<Passage, 'title' | 'headings' | 'text'>): string {
  const parts = [passage.title, passage.headings.join(' > '), plainText(passage.text)];
  return parts.filter((part) => part.trim() !== '').join('\n');
}

/**
 * One vector a passage, in order. Throws ReindexRefused for vectors that cannot be right, and what the embedder
 * throws when it cannot be asked.
 */
export async function embedPassages(
  embedder: Embedder,
  passages: Passage[],
  options: { dimensions: number | undefined; onProgress: (done: number, total: number) => void },
): Promise<Float32Array[]> {
  const vectors: Float32Array[] = [];
  const different = new Set<string>();
  let { dimensions } = options;
  for (let at = 0; at < passages.length; at += BATCH) {
    options.onProgress(at, passages.length);
    const texts = passages.slice(at, at + BATCH).map(passageText);
    const made = await embedder.embed(texts, 'passage');
    dimensions = requireVectors(embedder.id, made, { count: texts.length, dimensions });
    vectors.push(...made);
    if (different.size < TELLING_TEXTS) for (const text of texts) different.add(text);
    await setImmediate();
  }
  options.onProgress(passages.length, passages.length);
  if (different.size >= TELLING_TEXTS) requireDifferences(embedder.id, vectors);
  return vectors;
}

function requireVectors(
  id: string,
  vectors: Float32Array[],
  wanted: { count: number; dimensions: number | undefined },
): number | undefined {
  const { count } = wanted;
  if (vectors.length !== count) throw fault(id, `returned ${vectors.length} vectors for ${count} texts`);
  const dimensions = wanted.dimensions ?? vectors[0]?.length;
  for (const vector of vectors) {
    if (vector.length !== dimensions)
      throw fault(id, `returned a vector of ${vector.length} numbers where ${dimensions} are due`);
    const square = vector.reduce((sum, value) => sum + value * value, 0);
    if (!Number.isFinite(square)) throw fault(id, 'returned a vector that holds no numbers');
    if (square < 1e-9) throw fault(id, 'returned a vector of zeros');
  }
  return dimensions;
}

function requireDifferences(id: string, vectors: Float32Array[]): void {
  const [first] = vectors;
  if (first === undefined) return;
  const differs = (vector: Float32Array) =>
    vector.some((value, at) => Math.abs(value - (first[at] ?? 0)) > 1e-6);
  if (!vectors.some(differs)) throw fault(id, `returned one and the same vector for ${vectors.length} texts`);
}

function fault(id: string, what: string): ReindexRefused {
  return new ReindexRefused(
    `The embedder ${id} ${what}, so nothing was changed. Check EMBEDDINGS_MODEL and EMBEDDINGS_URL, or set EMBEDDINGS=none to search by words alone`,
  );
}

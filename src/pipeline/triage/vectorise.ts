import type { Features } from './features.ts';

/** A text as the buckets its features fall into. */
export interface Sparse {
  indices: number[];
  values: number[];
}

// Findings of the rules; at 0.7 they drowned the words, at 0.3 labels were told apart best (cross-validated).
const MARK_VALUE = 0.3;

/** Counted features by bucket, unweighted; what both fitting and reading start from. */
export function bucketCounts(
  features: Features,
  buckets: number,
): [Map<number, number>, Map<number, number>] {
  return [bucketsOf(features.words, 'w', buckets), bucketsOf(features.letters, 'c', buckets)];
}

/** tf-idf with each kind of feature scaled to length 1; buckets never seen in fitting have no weight. */
export function vectorise(features: Features, idf: ArrayLike<number>): Sparse {
  const vector: Sparse = { indices: [], values: [] };
  for (const counts of bucketCounts(features, idf.length)) appendScaled(vector, counts, idf);
  for (const mark of features.marks) {
    vector.indices.push(bucketOf(`m ${mark}`, idf.length));
    vector.values.push(MARK_VALUE);
  }
  return vector;
}

function appendScaled(vector: Sparse, counts: Map<number, number>, idf: ArrayLike<number>): void {
  const start = vector.values.length;
  let squares = 0;
  for (const [bucket, count] of counts) {
    const value = (1 + Math.log(count)) * (idf[bucket] ?? 0);
    if (value === 0) continue;
    vector.indices.push(bucket);
    vector.values.push(value);
    squares += value * value;
  }
  const length = Math.sqrt(squares) || 1;
  for (let i = start; i < vector.values.length; i += 1) vector.values[i] = (vector.values[i] ?? 0) / length;
}

function bucketsOf(counts: Map<string, number>, kind: string, buckets: number): Map<number, number> {
  const found = new Map<number, number>();
  for (const [key, count] of counts) {
    const bucket = bucketOf(`${kind} ${key}`, buckets);
    found.set(bucket, (found.get(bucket) ?? 0) + count);
  }
  return found;
}

/** FNV-1a over UTF-16 units with a final mix, so that low bits are as good as high ones. */
function bucketOf(key: string, buckets: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i += 1) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 12)) >>> 0) & (buckets - 1);
}

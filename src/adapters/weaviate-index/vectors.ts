/**
 * The vectors of a page's passages, in their order, as one text: how near a page is depends on all of its passages,
 * and one object tells what would take a search for each page. Four bytes a number, lowest first.
 */
export function writeVectors(vectors: (number[] | undefined)[]): string | undefined {
  if (vectors[0] === undefined) return undefined;
  const numbers = vectors.flatMap((vector) => vector ?? []);
  const bytes = Buffer.alloc(4 * numbers.length);
  for (const [at, value] of numbers.entries()) bytes.writeFloatLE(value, 4 * at);
  return bytes.toString('base64');
}

export function readVectors(text: string | undefined, dimensions: number): Float32Array[] {
  const bytes = Buffer.from(text ?? '', 'base64');
  const numbers = Float32Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readFloatLE(4 * at));
  const count = dimensions > 0 ? numbers.length / dimensions : 0;
  return Array.from({ length: count }, (_, at) => numbers.subarray(at * dimensions, (at + 1) * dimensions));
}

/** Undefined when there is nothing to compare, or something of another length. */
export function cosine(a: Float32Array | undefined, b: Float32Array | undefined): number | undefined {
  if (!a || a.length !== b?.length) return undefined;
  let [product, ofA, ofB] = [0, 0, 0];
  for (let at = 0; at < a.length; at += 1) {
    const [x, y] = [a[at] as number, b[at] as number];
    product += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return ofA * ofB > 0 ? product / Math.sqrt(ofA * ofB) : undefined;
}

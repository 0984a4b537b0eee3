import { z } from 'zod';
import { VendorRefused } from '../errors.ts';
import { toUnitVector } from './unit-vector.ts';

export const EMBEDDING_SERVER = 'The embedding server (EMBEDDINGS_URL)';

const REPLY = z.object({
  data: z.array(z.object({ index: z.number().int().optional(), embedding: z.array(z.unknown()) })),
});

/** The vectors of a reply in the order of the texts, each at unit length; anything less is refused. */
export function readEmbeddingsReply(
  body: string,
  wanted: { count: number; dimensions: number | undefined },
): Float32Array[] {
  const parsed = REPLY.safeParse(parseJson(body));
  if (!parsed.success) throw refuse('something else than vectors came back; check the address');
  const { data } = parsed.data;
  if (data.length !== wanted.count) throw refuse(`${data.length} vectors for ${wanted.count} texts`);
  const dimensions = wanted.dimensions ?? data[0]?.embedding.length;
  const vectors = new Array<Float32Array | undefined>(wanted.count);
  for (const [position, { index = position, embedding }] of data.entries()) {
    if (embedding.length !== dimensions) {
      throw refuse(`a vector of ${embedding.length} numbers among vectors of ${dimensions}`);
    }
    const vector = toUnitVector(embedding as number[]);
    if (vector === undefined) throw refuse('a vector of zeros or of what is no number');
    if (index < 0 || index >= wanted.count || vectors[index] !== undefined) {
      throw refuse(`vectors that cannot be told apart (index ${index})`);
    }
    vectors[index] = vector;
  }
  return vectors.filter((vector) => vector !== undefined);
}

/** The same texts would get the same again, so it is for the operator to see. */
function refuse(reason: string): VendorRefused {
  return new VendorRefused(EMBEDDING_SERVER, reason, { retry: 'never' });
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

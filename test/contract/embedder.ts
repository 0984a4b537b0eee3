import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { VendorUnreachable } from '../../src/errors.ts';
import type { Embedder } from '../../src/ports.ts';

export interface EmbedderPlace {
  embedder: Embedder;
  dispose(): Promise<void>;
}

const REFUND = 'how do i refund my plan';
const LIKE = 'refund the plan';
const UNLIKE = 'export a chart';

export const dot = (a: Float32Array | undefined, b: Float32Array | undefined) => {
  if (a === undefined || b === undefined || a.length !== b.length) return Number.NaN;
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? Number.NaN), 0);
};

/** What every embedder does, wherever its model runs. */
export function describeEmbedder(name: string, create: () => Promise<EmbedderPlace>): void {
  describe(name, () => {
    let place: EmbedderPlace;
    // Once for all: nothing a caller does may change what the next one gets.
    beforeAll(async () => {
      place = await create();
    });
    afterAll(() => place.dispose());
    const embed: Embedder['embed'] = (...args) => place.embedder.embed(...args);

    test('gives one vector of unit length a text, all of one length', async () => {
      const vectors = await embed([REFUND, LIKE, UNLIKE, 'invoice'], 'passage');
      expect(vectors).toHaveLength(4);
      expect(new Set(vectors.map(({ length }) => length)).size).toBe(1);
      for (const vector of vectors) {
        expect(vector).toBeInstanceOf(Float32Array);
        expect(dot(vector, vector)).toBeCloseTo(1, 5);
      }
    });

    test('finds texts of like meaning more alike than others', async () => {
      const [query] = await embed([REFUND], 'query');
      const [like, unlike] = await embed([LIKE, UNLIKE], 'passage');
      expect(dot(query, like)).toBeGreaterThan(dot(query, unlike) + 0.05);
    });

    test('keeps the order of the texts, and none changes the vector of another', async () => {
      const texts = Array.from(
        { length: 150 },
        (_, i) => 'word '.repeat(i % 17) + ['refund', 'export', 'chart'][i % 3],
      );
      const vectors = await embed(texts, 'passage');
      expect(vectors).toHaveLength(150);
      for (const i of [0, 16, 75, 149]) {
        const [alone] = await embed([texts[i] ?? ''], 'passage');
        expect(dot(vectors[i], alone), `text ${i}`).toBeGreaterThan(0.9999);
      }
    });

    test('gives the same text the same vector again', async () => {
      const [first] = await embed([REFUND], 'query');
      const [second] = await embed([REFUND], 'query');
      expect(second).toEqual(first);
    });

    test('takes no text at all, an empty one, and one far too long', async () => {
      expect(await embed([], 'query')).toEqual([]);
      const vectors = await embed(['refund '.repeat(20_000), 'refund'], 'passage');
      expect(dot(vectors[0], vectors[0])).toBeCloseTo(1, 5);
    });

    test('answers calls side by side, each with its own vectors', async () => {
      const texts = ['refund', 'export', 'chart', 'invoice', 'image'];
      const together = await Promise.all(texts.map((text, i) => embed([text], i % 2 ? 'query' : 'passage')));
      for (const [i, text] of texts.entries()) {
        const [alone] = await embed([text], i % 2 ? 'query' : 'passage');
        expect(dot(together[i]?.[0], alone), text).toBeGreaterThan(0.999);
      }
    });

    test('gives up when the caller has no more time, and works on for others', async () => {
      const over = AbortSignal.abort();
      await expect(embed([REFUND], 'query', over)).rejects.toBeInstanceOf(VendorUnreachable);
      const stop = new AbortController();
      const late = embed(new Array(2_000).fill(LIKE), 'passage', stop.signal);
      stop.abort();
      await expect(late).rejects.toBeInstanceOf(VendorUnreachable);
      expect(await embed([REFUND], 'query')).toHaveLength(1);
    });

    test('has an id that names its model, and never a key', () => {
      expect(place.embedder.id).toMatch(/^(?:http|local):\S+$/);
      expect(place.embedder.id).not.toMatch(/secret/);
    });
  });
}

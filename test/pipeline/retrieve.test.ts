import { describe, expect, test, vi } from 'vitest';
import type { Search } from '../../src/knowledge/search.ts';
import { createRetrieve } from '../../src/pipeline/retrieve.ts';
import type { Turn } from '../../src/pipeline/types.ts';
import { QUESTION } from '../helpers/pipeline.ts';

const FOUND = { passages: [], answerable: false, version: 'v' };

async function searched(thread: Turn[]) {
  const search = vi.fn<Search>(async () => FOUND);
  expect(await createRetrieve(search)({ ...QUESTION, text: 'And monthly?', thread })).toBe(FOUND);
  return search.mock.calls[0];
}

describe('retrieval', () => {
  test('asks for the question at full weight and at most eight passages', async () => {
    expect(await searched([])).toEqual([[{ text: 'And monthly?', weight: 1 }], 8]);
  });

  test('adds what the customer said just before at half weight, the last two turns alone', async () => {
    const thread: Turn[] = [
      { author: 'customer', text: 'first' },
      { author: 'customer', text: 'second' },
      { author: 'bot', text: 'an answer' },
      { author: 'customer', text: 'third' },
      { author: 'staff', text: 'hello' },
    ];
    const [texts] = (await searched(thread)) ?? [];
    expect(texts).toEqual([
      { text: 'And monthly?', weight: 1 },
      { text: 'second', weight: 0.5 },
      { text: 'third', weight: 0.5 },
    ]);
  });

  test('does not search for what staff and bot said', async () => {
    const [texts] =
      (await searched([
        { author: 'bot', text: 'b' },
        { author: 'staff', text: 's' },
      ])) ?? [];
    expect(texts).toHaveLength(1);
  });
});

import { describe, expect, test, vi } from 'vitest';
import type { Search } from '../../src/knowledge/search.ts';
import { createRetrieve } from '../../src/pipeline/retrieve.ts';
import { noRewrite, type Rewrite } from '../../src/pipeline/rewrite.ts';
import type { Triage, Turn } from '../../src/pipeline/types.ts';
import { QUESTION } from '../helpers/pipeline.ts';

const TRIAGE: Triage = { kind: 'question', category: 'other', sentiment: 'neutral' };
const FOUND = { passages: [], answerable: false, version: 'v', meaning: 'off' as const };

async function searched(thread: Turn[], triage: Triage = TRIAGE) {
  const search = vi.fn<Search>(async () => FOUND);
  expect(
    await createRetrieve(search)({ ...QUESTION, text: 'And monthly?', thread }, { triage }),
  ).toMatchObject(FOUND);
  return search.mock.calls[0];
}

describe('retrieval', () => {
  test('asks for the question at full weight and at most eight passages', async () => {
    expect(await searched([])).toEqual([[{ text: 'And monthly?', weight: 1 }], { limit: 8, tenant: 'C1' }]);
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

  test('a follow-up made into a question of its own takes the place of what was said before', async () => {
    const search = vi.fn<Search>(async () => FOUND);
    const thread: Turn[] = [{ author: 'customer', text: 'What does Business cost?' }];
    const rewrite = vi.fn<Rewrite>(async () => ({
      ...(await noRewrite(QUESTION)),
      text: 'monthly price of the Business plan',
    }));
    await createRetrieve(search, rewrite)({ ...QUESTION, text: 'And monthly?', thread }, { triage: TRIAGE });
    expect(search.mock.calls[0]?.[0]).toEqual([
      { text: 'And monthly?', weight: 1 },
      { text: 'monthly price of the Business plan', weight: 1 },
    ]);
    await createRetrieve(search, rewrite)({ ...QUESTION, thread: [] }, { triage: TRIAGE });
    expect(rewrite).toHaveBeenCalledOnce();
  });

  test('who wants money back is looked up together with the rule about it', async () => {
    const [texts] = (await searched([], { ...TRIAGE, kind: 'refund_demand' })) ?? [];
    expect(texts?.map(({ text }) => text)).toEqual(['And monthly?', 'refunds']);
  });
});

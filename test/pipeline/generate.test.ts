import { expect, test, vi } from 'vitest';
import { createGenerate } from '../../src/pipeline/generate.ts';
import type { Ladder } from '../../src/pipeline/ladder.ts';
import { draftOf, PROMPT, passage, QUESTION } from '../helpers/pipeline.ts';
import { createTestClock } from '../helpers/test-clock.ts';

test('the time a customer is made to wait counts from when the message reached us', async () => {
  const ladder = vi.fn<Ladder>(async () => ({ draft: draftOf(), tried: [] }));
  const generate = createGenerate(ladder, 30_000, createTestClock());
  const passages = [passage()];
  await generate({ ...QUESTION, askedAt: 1_000 }, passages, PROMPT);
  expect(ladder).toHaveBeenCalledExactlyOnceWith({
    question: { ...QUESTION, askedAt: 1_000 },
    passages,
    prompt: PROMPT,
    deadline: 31_000,
  });
});

test('a question without a time is asked now', async () => {
  const ladder = vi.fn<Ladder>(async () => ({ draft: draftOf(), tried: [] }));
  const clock = { ...createTestClock(), now: () => 500 };
  await createGenerate(ladder, 30_000, clock)(QUESTION, [], PROMPT);
  expect(ladder.mock.calls[0]?.[0].deadline).toBe(30_500);
});

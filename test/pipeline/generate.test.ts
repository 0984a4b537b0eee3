import { describe, expect, test, vi } from 'vitest';
import { VendorUnreachable } from '../../src/errors.ts';
import { createGenerate } from '../../src/pipeline/generate.ts';
import type { LanguageModel } from '../../src/ports.ts';
import { draftOf, PROMPT, passage, QUESTION } from '../helpers/pipeline.ts';

const modelThat = (draft: LanguageModel['draft']) => ({ name: 'test-model', draft: vi.fn(draft) });

describe('drafting', () => {
  test('does not ask the model when there is nothing to cite', async () => {
    const model = modelThat(async () => draftOf({ text: 'made up', cites: [] }));
    const draft = await createGenerate(model, 1_000)(QUESTION, [], PROMPT);
    expect(model.draft).not.toHaveBeenCalled();
    expect(draft).toEqual({ model: 'test-model', segments: [], usage: null, costUsd: 0 });
  });

  test('hands question, passages and prompt to the model and its draft back', async () => {
    const drafted = draftOf({ text: 'x', cites: [] });
    const model = modelThat(async () => drafted);
    expect(await createGenerate(model, 1_000)(QUESTION, [passage()], PROMPT)).toBe(drafted);
    expect(model.draft).toHaveBeenCalledExactlyOnceWith({
      question: QUESTION,
      passages: [passage()],
      prompt: PROMPT,
      signal: expect.any(AbortSignal),
    });
  });

  test('tells the model to stop when the time is over', async () => {
    const model = modelThat(
      ({ signal }) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    );
    await expect(createGenerate(model, 20)(QUESTION, [passage()], PROMPT)).rejects.toThrow(/timeout|abort/i);
  });

  test('lets the failure of the model be a failure', async () => {
    const model = modelThat(async () => {
      throw new VendorUnreachable('Model', 'no route');
    });
    await expect(createGenerate(model, 1_000)(QUESTION, [passage()], PROMPT)).rejects.toThrow(
      VendorUnreachable,
    );
  });
});

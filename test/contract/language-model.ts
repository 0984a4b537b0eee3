import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Draft } from '../../src/pipeline/types.ts';
import type { LanguageModel } from '../../src/ports.ts';
import { draftRequest, PASSAGES } from '../helpers/claude.ts';

export interface ModelPlace {
  model: LanguageModel;
  dispose(): Promise<void>;
}

const QUESTION = 'How long is the audit log kept?';

/** What every language model does, wherever it runs. */
export function describeLanguageModel(name: string, create: () => Promise<ModelPlace>): void {
  describe(name, () => {
    let place: ModelPlace;
    beforeEach(async () => {
      place = await create();
    });
    afterEach(() => place.dispose());

    test('drafts segments that quote the passages they name, word for word', async () => {
      const draft = await place.model.draft(draftRequest(QUESTION));
      expectDraft(draft);
      const cites = draft.segments.flatMap((segment) => segment.cites);
      expect(cites.length).toBeGreaterThan(0);
      for (const { label, quote } of cites) {
        const passage = PASSAGES.find((one) => one.label === label);
        expect(passage?.text, label).toContain(quote);
        expect(quote.trim()).not.toBe('');
      }
    });

    test('claims nothing when there is no passage', async () => {
      const draft = await place.model.draft(draftRequest(QUESTION, { passages: [] }));
      expectDraft(draft);
      expect(draft.segments.flatMap((segment) => segment.cites)).toEqual([]);
    });

    test('leaves the passages as they were', async () => {
      const before = structuredClone(PASSAGES);
      await place.model.draft(draftRequest(QUESTION));
      expect(PASSAGES).toEqual(before);
    });

    test('says the same twice when asked the same', async () => {
      const [first, second] = [
        await place.model.draft(draftRequest(QUESTION)),
        await place.model.draft(draftRequest(QUESTION)),
      ];
      expect(second.segments).toEqual(first.segments);
    });
  });
}

/** The shape the pipeline relies on; `reading` is complete or not there at all. */
function expectDraft(draft: Draft): void {
  expect(draft.model).toMatch(/\S/);
  for (const segment of draft.segments) {
    expect(segment).toEqual({ text: expect.any(String), cites: expect.any(Array) });
    for (const cite of segment.cites) {
      expect(cite).toEqual({ label: expect.stringMatching(/^(?:S[1-8]|KB)$/), quote: expect.any(String) });
    }
  }
  if (draft.usage !== null) {
    const figures = Object.values(draft.usage);
    expect(Object.keys(draft.usage).sort()).toEqual(
      ['cacheWriteTokens', 'cachedInputTokens', 'inputTokens', 'outputTokens'].sort(),
    );
    for (const figure of figures) expect(figure).toBeGreaterThanOrEqual(0);
  }
  if (draft.costUsd !== null) expect(draft.costUsd).toBeGreaterThanOrEqual(0);
  if (draft.reading !== undefined) {
    expect(draft.reading).toEqual({
      kind: expect.stringMatching(/^(?:question|refund_demand|chatter)$/),
      addressed: expect.any(Boolean),
      category: expect.any(String),
      sentiment: expect.stringMatching(/^(?:positive|neutral|negative)$/),
      language: expect.any(String),
      outcome: expect.stringMatching(/^(?:answer|clarify|handover|escalate|silence)$/),
      clarifyingQuestion: expect.any(String),
      escalation: { needed: expect.any(Boolean), reason: expect.any(String) },
      missing: expect.any(Array),
      confidence: expect.stringMatching(/^(?:low|medium|high)$/),
    });
  }
}

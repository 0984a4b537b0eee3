import { describe, expect, test } from 'vitest';
import { createAnswer, type Steps } from '../../src/pipeline/answer.ts';
import type { Verdict } from '../../src/pipeline/types.ts';
import { draftOf, PROMPT, passage, QUESTION } from '../helpers/pipeline.ts';

const TRIED = [{ model: 'm1', outcome: 'answered', reason: '', ms: 5 }] as const;
const ORDER = ['triage', 'retrieve', 'prompt', 'generate', 'verify', 'decide'];

/** Steps that write down what they were given; each takes as many ms as its place in the order. */
function createLine(overrides: Partial<Steps> = {}, answerable = true) {
  const calls: [step: string, ...given: unknown[]][] = [];
  let ms = 0;
  const step =
    <T>(name: string, result: T) =>
    (...given: unknown[]): T => {
      calls.push([name, ...given]);
      ms += ORDER.indexOf(name) + 1;
      return result;
    };
  const triage = { kind: 'question', category: 'billing', sentiment: 'negative' } as const;
  const draft = { ...draftOf({ text: 'x', cites: [] }), model: 'm1', costUsd: 0.25, usage: null };
  const verdict: Verdict = { segments: [{ text: 'x', cites: [] }], dropped: [{ text: 'y', reason: 'z' }] };
  const found = {
    answerable,
    passages: [passage({ id: 'a#1' }), passage({ id: 'b#1', source: 'b.md' })],
    version: 'v7',
    meaning: 'off' as const,
    usage: null,
    costUsd: 0,
    tried: [],
  };
  const ruling = {
    outcome: 'answer',
    segments: verdict.segments,
    escalation: null,
    resolution: 'r',
  } as const;
  const steps: Steps = {
    triage: step('triage', triage),
    retrieve: step('retrieve', Promise.resolve(found)),
    prompt: step('prompt', PROMPT),
    generate: step('generate', Promise.resolve({ draft, tried: [...TRIED] })),
    verify: step('verify', verdict),
    decide: step('decide', { ...ruling, segments: [...ruling.segments] }),
    ...overrides,
  };
  return { answer: createAnswer(steps, () => ms), calls, triage, draft, verdict };
}

describe('answering', () => {
  test('takes the six steps in order, each once, each timed', async () => {
    const { answer, calls } = createLine();
    const decision = await answer(QUESTION);
    expect(calls.map(([name]) => name)).toEqual(ORDER);
    expect(decision.steps).toEqual(ORDER.map((name, index) => ({ name, ms: index + 1 })));
  });

  test('hands each step what the ones before it made, passages labelled S1, S2', async () => {
    const { answer, calls, triage, draft, verdict } = createLine();
    await answer(QUESTION);
    const given = new Map(calls.map(([name, ...rest]) => [name, rest]));
    const labelled = [
      passage({ id: 'a#1', label: 'S1' }),
      passage({ id: 'b#1', source: 'b.md', label: 'S2' }),
    ];
    expect(given.get('prompt')).toEqual([QUESTION, labelled, undefined]);
    expect(given.get('generate')).toEqual([QUESTION, labelled, PROMPT]);
    expect(given.get('verify')).toEqual([draft, labelled, QUESTION]);
    expect(given.get('decide')).toEqual([
      { question: QUESTION, triage, reading: undefined, verdict, passages: labelled },
    ]);
  });

  test('makes no answer of what is only nearest, and tells a colleague of it', async () => {
    const { answer, calls } = createLine({}, false);
    const decision = await answer(QUESTION);
    const given = new Map(calls.map(([name, ...rest]) => [name, rest]));
    expect(given.get('prompt')).toEqual([QUESTION, [], undefined]);
    expect(given.get('generate')).toEqual([QUESTION, [], PROMPT]);
    expect(given.get('verify')?.[1]).toEqual([]);
    expect(decision.passages.map(({ id }) => id)).toEqual(['a#1', 'b#1']);
  });

  test('tells with the decision everything that led to it, but not the passages’ texts', async () => {
    const decision = await createLine().answer(QUESTION);
    expect(decision).toMatchObject({
      outcome: 'answer',
      category: 'billing',
      sentiment: 'negative',
      model: 'm1',
      tried: TRIED,
      account: 'none',
      costUsd: 0.25,
      promptVersion: 'v1',
      promptHash: 'hash',
      indexVersion: 'v7',
      dropped: [{ text: 'y', reason: 'z' }],
    });
    expect(decision.passages.map(({ id }) => id)).toEqual(['a#1', 'b#1']);
    expect(JSON.stringify(decision.passages)).not.toContain('press Export');
  });

  test('stops at the step that fails and lets the failure through', async () => {
    const { answer, calls } = createLine({
      generate: async () => {
        throw new Error('the model is down');
      },
    });
    await expect(answer(QUESTION)).rejects.toThrow('the model is down');
    expect(calls.map(([name]) => name)).toEqual(['triage', 'retrieve', 'prompt']);
  });

  test('a sketch made before the sources is searched with, corrected and paid for', async () => {
    const usage = { inputTokens: 1, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 2 };
    const draft = { ...draftOf({ text: 'from memory', cites: [] }), usage, costUsd: 0.5 };
    const { answer, calls, triage } = createLine({ sketch: async () => ({ draft, tried: [...TRIED] }) });
    const decision = await answer(QUESTION);
    const given = new Map(calls.map(([name, ...rest]) => [name, rest]));
    expect(given.get('retrieve')).toEqual([QUESTION, { triage, sketch: draft }]);
    expect(given.get('prompt')?.[2]).toBe(draft);
    expect(decision.steps.map(({ name }) => name)).toEqual(['triage', 'sketch', ...ORDER.slice(1)]);
    expect(decision).toMatchObject({ costUsd: 0.75, usage, tried: [...TRIED, ...TRIED] });
  });
});

import { expect, test } from 'vitest';
import { VendorRefused, VendorUnreachable } from '../../src/errors.ts';
import { createBreaker } from '../../src/pipeline/breaker.ts';
import { type Budget, createLadder, noBudget, type Rung } from '../../src/pipeline/ladder.ts';
import type { Draft, Question, Usage } from '../../src/pipeline/types.ts';
import { createTestClock } from '../helpers/test-clock.ts';

const question: Question = { id: 'q', text: 'Why?', channel: 'C1', user: 'U1', thread: [], mentioned: false };
const prompt = { version: 'v1', system: 's', user: 'u', hash: 'h' };
const tokens = (inputTokens: number): Usage => ({
  inputTokens,
  cachedInputTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 1,
});

type Step = Partial<Draft> | Error;

/** A remote model that plays its steps one after another and counts how often it was asked. */
function scripted(name: string, steps: Step[], maxCalls = 1) {
  const clock = createTestClock();
  const calls = { count: 0 };
  const rung: Rung = {
    model: {
      name,
      async draft() {
        const step = steps[calls.count] ?? new Error(`${name} was asked too often`);
        calls.count += 1;
        if (step instanceof Error) throw step;
        return { model: name, segments: [], usage: tokens(10), costUsd: 0.01, ...step };
      },
    },
    remote: { breaker: createBreaker(clock), maxCalls, estimateUsd: 0.05 },
  };
  return { rung, calls, clock };
}

const last: Rung = {
  model: {
    name: 'extractive',
    draft: async () => ({ model: 'extractive', segments: [], usage: null, costUsd: 0 }),
  },
};

function climb(
  rungs: Rung[],
  options: { budget?: Budget; clock?: ReturnType<typeof createTestClock>; secondsLeft?: number } = {},
) {
  const clock = options.clock ?? createTestClock();
  const deadline = clock.now() + (options.secondsLeft ?? 30) * 1_000;
  return createLadder(rungs, options.budget ?? noBudget, clock)({ question, passages: [], prompt, deadline });
}

test('the first model that answers is the one whose draft is used', async () => {
  const tuned = scripted('tuned', [{}]);
  const base = scripted('base', [{}]);
  const { draft, tried } = await climb([tuned.rung, base.rung, last]);
  expect(draft.model).toBe('tuned');
  expect(base.calls.count).toBe(0);
  expect(tried).toMatchObject([{ model: 'tuned', outcome: 'answered' }]);
});

test('a model that cannot be reached makes way for the next, and the way down is told', async () => {
  const tuned = scripted('tuned', [new VendorUnreachable('Tuned', 'timeout')]);
  const base = scripted('base', [new VendorRefused('Base', 'overloaded', { retry: 'later' })]);
  const { draft, tried } = await climb([tuned.rung, base.rung, last]);
  expect(draft.model).toBe('extractive');
  expect(tried.map(({ model, outcome }) => `${model} ${outcome}`)).toEqual([
    'tuned failed',
    'base failed',
    'extractive answered',
  ]);
  expect(tried[1]?.reason).toBe('overloaded');
});

test('a short pause is waited out once, a long one is not', async () => {
  const refused = (retryAfterMs: number) =>
    new VendorRefused('Base', 'rate limited', { retry: 'later', retryAfterMs });
  const clock = createTestClock();
  const short = scripted('base', [refused(1_000), {}], 2);
  const answered = climb([short.rung, last], { clock });
  clock.advance(1_000);
  expect((await answered).draft.model).toBe('base');
  const long = scripted('base', [refused(120_000), {}], 2);
  expect((await climb([long.rung, last])).draft.model).toBe('extractive');
  expect(long.calls.count).toBe(1);
});

test('what a failed call was billed for is part of what the answer cost', async () => {
  const billed = { usage: tokens(100), costUsd: 0.02 };
  const base = scripted('base', [new VendorRefused('Base', 'truncated', { retry: 'never', billed })]);
  const { draft } = await climb([base.rung, scripted('second', [{}]).rung, last]);
  expect(draft.usage?.inputTokens).toBe(110);
  expect(draft.costUsd).toBeCloseTo(0.03);
});

test('an unknown price makes the cost unknown, not zero', async () => {
  const { draft } = await climb([scripted('base', [{ costUsd: null }]).rung]);
  expect(draft.costUsd).toBeNull();
});

test('three failures in a row open the breaker, and after the pause one call is let through', async () => {
  const down = scripted(
    'base',
    Array.from({ length: 9 }, () => new VendorUnreachable('Base', 'down')),
  );
  for (let round = 0; round < 5; round += 1) await climb([down.rung, last]);
  expect(down.calls.count).toBe(3);
  down.clock.advance(31_000);
  await climb([down.rung, last]);
  expect(down.calls.count).toBe(4);
});

test('without budget or time left a remote model is not asked, and the last rung still answers', async () => {
  const broke: Budget = { reserve: async () => false, settle: async () => undefined };
  const base = scripted('base', [{}]);
  expect((await climb([base.rung, last], { budget: broke })).tried[0]?.reason).toMatch(/budget/);
  expect((await climb([base.rung, last], { secondsLeft: 1 })).tried[0]?.reason).toMatch(/time/);
  expect(base.calls.count).toBe(0);
});

test('what is reserved is settled with what was spent, also when the call fails', async () => {
  const settled: [number, number][] = [];
  const budget: Budget = {
    reserve: async () => true,
    settle: async (reserved, spent) => void settled.push([reserved, spent]),
  };
  await climb(
    [scripted('base', [new VendorUnreachable('Base', 'down')]).rung, scripted('second', [{}]).rung],
    { budget },
  );
  expect(settled).toEqual([
    // It may have been billed before it broke off.
    [0.05, 0.05],
    [0.05, 0.01],
  ]);
});

test('a defect of ours is not taken for a failing model', async () => {
  const broken: Rung = { model: { name: 'broken', draft: () => Promise.reject(new TypeError('defect')) } };
  await expect(climb([broken, last])).rejects.toThrow('defect');
});

test('an answer in the wrong form gets a second try, a refusal does not', async () => {
  const useless = (reason: string, retry: 'later' | 'never') =>
    new VendorRefused('Base', reason, { retry, billed: { usage: tokens(5), costUsd: 0.01 } });
  const wrongForm = scripted('base', [useless('not in the schema', 'later'), {}], 2);
  const { draft } = await climb([wrongForm.rung, last]);
  expect(draft).toMatchObject({ model: 'base', usage: { inputTokens: 15 } });
  const refusal = scripted('base', [useless('refusal', 'never'), {}], 2);
  expect((await climb([refusal.rung, last])).draft.model).toBe('extractive');
  expect(refusal.calls.count).toBe(1);
});

test('an account without money is left alone at once, and asked again after an hour', async () => {
  const broke = scripted('base', [new VendorRefused('Base', 'spend limit', { retry: 'never' }), {}]);
  await climb([broke.rung, last]);
  await climb([broke.rung, last]);
  expect(broke.calls.count).toBe(1);
  broke.clock.advance(61 * 60_000);
  expect((await climb([broke.rung, last])).draft.model).toBe('base');
});

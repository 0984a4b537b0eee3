import { CountersignError, VendorRefused } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { Breaker } from './breaker.ts';
import type { Budget } from './ladder.ts';
import type { Attempt, Question, Turn, Usage } from './types.ts';

/** A model that can turn a follow-up into a search of its own. */
export interface Rewriter {
  name: string;
  rewrite(request: {
    thread: Turn[];
    question: string;
    signal: AbortSignal;
  }): Promise<{ text: string; usage: Usage | null; costUsd: number | null }>;
}

export interface Rewritten {
  /** Undefined when it could not be had: the search then takes the earlier turns themselves. */
  text: string | undefined;
  usage: Usage | null;
  costUsd: number | null;
  tried: Attempt[];
}

export type Rewrite = (question: Question) => Promise<Rewritten>;

/** A better search is not worth a late answer. */
const TIMEOUT_MS = 3_000;
/** A short prompt and one line back; far above what it costs. */
const ESTIMATE_USD = 0.002;

export const noRewrite: Rewrite = async () => ({ text: undefined, usage: null, costUsd: 0, tried: [] });

/** Has a model make a follow-up understandable without its thread. */
export function createRewrite(parts: {
  model: Rewriter;
  breaker: Breaker;
  budget: Budget;
  clock: Clock;
}): Rewrite {
  const { model, breaker, budget, clock } = parts;
  return async (question) => {
    if (!breaker.isClosed() || !(await budget.reserve(ESTIMATE_USD))) return noRewrite(question);
    const start = clock.now();
    const attempt = (outcome: Attempt['outcome'], reason: string): Attempt[] => [
      { model: `${model.name} (search)`, outcome, reason, ms: clock.now() - start },
    ];
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const { text, usage, costUsd } = await model.rewrite({
        thread: question.thread,
        question: question.text,
        signal,
      });
      await budget.settle(ESTIMATE_USD, costUsd ?? ESTIMATE_USD);
      return { text, usage, costUsd, tried: attempt('answered', '') };
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      const billed = error instanceof VendorRefused ? error.billed : undefined;
      await budget.settle(ESTIMATE_USD, billed?.costUsd ?? 0);
      breaker.failed();
      const reason = error instanceof VendorRefused ? error.reason : error.message;
      const costUsd = billed === undefined ? 0 : billed.costUsd;
      return { text: undefined, usage: billed?.usage ?? null, costUsd, tried: attempt('failed', reason) };
    }
  };
}

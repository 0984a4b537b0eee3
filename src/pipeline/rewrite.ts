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

/** A better search is not worth a late answer: a tenth of the time left, and never more than this. */
const TIMEOUT_MS = 3_000;
const TIME_SHARE = 0.1;
/** A short prompt and one line back; far above what it costs. */
const ESTIMATE_USD = 0.002;

export const noRewrite: Rewrite = async () => ({ text: undefined, usage: null, costUsd: 0, tried: [] });

/** Has a model make a follow-up understandable without its thread. */
export function createRewrite(parts: {
  model: Rewriter;
  breaker: Breaker;
  budget: Budget;
  clock: Clock;
  /** Within which the customer must have an answer (ms). */
  deadlineMs: number;
}): Rewrite {
  const { model, breaker, budget, clock, deadlineMs } = parts;
  return async (question) => {
    const timeLeftMs = (question.askedAt ?? clock.now()) + deadlineMs - clock.now();
    if (timeLeftMs <= 0) return noRewrite(question);
    if (!breaker.isClosed() || !(await budget.reserve(ESTIMATE_USD))) return noRewrite(question);
    const start = clock.now();
    const attempt = (outcome: Attempt['outcome'], reason: string): Attempt[] => [
      { model: `${model.name} (search)`, outcome, reason, ms: clock.now() - start },
    ];
    try {
      const signal = AbortSignal.timeout(Math.ceil(Math.min(TIMEOUT_MS, timeLeftMs * TIME_SHARE)));
      const { text, usage, costUsd } = await model.rewrite({
        thread: question.thread,
        question: question.text,
        signal,
      });
      breaker.succeeded();
      await budget.settle(ESTIMATE_USD, costUsd ?? ESTIMATE_USD);
      return { text, usage, costUsd, tried: attempt('answered', '') };
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      const refused = error instanceof VendorRefused ? error : undefined;
      const billed = refused?.billed;
      const costUsd = costOf(error);
      await budget.settle(ESTIMATE_USD, costUsd ?? ESTIMATE_USD);
      // An answer that came and was useless says nothing about whether the next one will come.
      if (billed === undefined) breaker.failed(refused?.retryAfterMs);
      const reason = refused?.reason ?? error.message;
      return { text: undefined, usage: billed?.usage ?? null, costUsd, tried: attempt('failed', reason) };
    }
  };
}

/** Null when it is not known: a call that broke off may have been billed. */
function costOf(error: CountersignError): number | null {
  if (!(error instanceof VendorRefused)) return null;
  return error.billed === undefined ? 0 : error.billed.costUsd;
}

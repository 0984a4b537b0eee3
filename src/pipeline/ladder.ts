import { CountersignError, VendorRefused } from '../errors.ts';
import type { Clock, LanguageModel } from '../ports.ts';
import type { Breaker } from './breaker.ts';
import { addCost, addUsage } from './prices.ts';
import type { Attempt, Draft, LabelledPassage, Prompt, Question, Usage } from './types.ts';

/** A model to ask, best first. */
export interface Rung {
  model: LanguageModel;
  /** Undefined for a model that needs nothing from outside: it is never skipped, whatever the time or the budget. */
  remote?: {
    breaker: Breaker;
    /** Calls one question may cost: another one only when the first was turned away for a moment. */
    maxCalls: number;
    /** What a call costs at most, for the daily budget. */
    estimateUsd: number;
  };
}

/** Money set aside before a call and settled after it. */
export interface Budget {
  /** False when the day's budget does not cover it. */
  reserve(usd: number): Promise<boolean>;
  settle(reservedUsd: number, spentUsd: number): Promise<void>;
}

/** For a desk without a daily budget. */
export const noBudget: Budget = { reserve: async () => true, settle: async () => undefined };

export interface LadderRequest {
  question: Question;
  passages: LabelledPassage[];
  prompt: Prompt;
  /** When the customer must have something (ms). */
  deadline: number;
}

export type Ladder = (request: LadderRequest) => Promise<{ draft: Draft; tried: Attempt[] }>;

/** Kept back for verifying and for posting. */
const RESERVE_MS = 2_000;
/** One call may use this share of the time left, so that the next rung still has some. */
const CALL_SHARE = 0.6;
/** A vendor's pause is waited out only when it leaves most of the time for the answer. */
const PAUSE_SHARE = 0.25;
const SPEND_LIMIT_PAUSE_MS = 60 * 60_000;

/** What the way down has cost so far: a failed call may be billed too. */
interface Climb {
  tried: Attempt[];
  usage: Usage | null;
  costUsd: number | null;
}

/** Climbs down from the best model to the one that needs nothing from outside, inside the deadline. */
export function createLadder(rungs: readonly Rung[], budget: Budget, clock: Clock): Ladder {
  return async (request) => {
    const climb: Climb = { tried: [], usage: null, costUsd: 0 };
    for (const rung of rungs) {
      const draft = await tryRung(rung, request, climb, { budget, clock });
      if (draft === undefined) continue;
      const usage = addUsage(climb.usage, draft.usage);
      const costUsd = addCost(climb.costUsd, draft.costUsd);
      return { draft: { ...draft, usage, costUsd }, tried: climb.tried };
    }
    const reasons = climb.tried.map((attempt) => `${attempt.model}: ${attempt.reason}`);
    throw new VendorRefused('Every model', reasons.join('; '), { retry: 'never' });
  };
}

interface Parts {
  budget: Budget;
  clock: Clock;
}

async function tryRung(
  rung: Rung,
  request: LadderRequest,
  climb: Climb,
  parts: Parts,
): Promise<Draft | undefined> {
  const maxCalls = rung.remote?.maxCalls ?? 1;
  for (let call = 1; call <= maxCalls; call += 1) {
    const result = await tryOnce(rung, request, climb, parts);
    if ('draft' in result) return result.draft;
    const pauseMs = result.repeatAfterMs;
    if (pauseMs === undefined || call === maxCalls) return undefined;
    // A timer may fire a millisecond early, and the breaker would then still be open.
    await parts.clock.sleep(pauseMs > 0 ? pauseMs + 2 : 0);
  }
  return undefined;
}

async function tryOnce(
  rung: Rung,
  request: LadderRequest,
  climb: Climb,
  parts: Parts,
): Promise<{ draft: Draft } | { repeatAfterMs: number | undefined }> {
  const start = parts.clock.now();
  const timeLeftMs = request.deadline - RESERVE_MS - start;
  const note = (outcome: Attempt['outcome'], reason: string) =>
    climb.tried.push({ model: rung.model.name, outcome, reason, ms: parts.clock.now() - start });
  const obstacle = await findObstacle(rung, timeLeftMs, parts.budget);
  if (obstacle !== undefined) {
    note('skipped', obstacle);
    return { repeatAfterMs: undefined };
  }
  try {
    const draft = await callModel(rung, request, timeLeftMs);
    rung.remote?.breaker.succeeded();
    await settle(rung, parts.budget, draft.costUsd);
    note('answered', '');
    return { draft };
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    const costUsd = rung.remote === undefined ? 0 : costOfFailure(error);
    await settle(rung, parts.budget, costUsd);
    climb.usage = addUsage(climb.usage, (error instanceof VendorRefused && error.billed?.usage) || null);
    climb.costUsd = addCost(climb.costUsd, costUsd);
    note('failed', error instanceof VendorRefused ? error.reason : error.message);
    return { repeatAfterMs: judgeFailure(rung, error, timeLeftMs) };
  }
}

async function findObstacle(rung: Rung, timeLeftMs: number, budget: Budget): Promise<string | undefined> {
  if (rung.remote === undefined) return undefined;
  if (timeLeftMs <= 0) return 'no time left';
  if (!rung.remote.breaker.isClosed()) return 'it fails, so it is left alone for a while';
  if (!(await budget.reserve(rung.remote.estimateUsd))) return 'the daily budget is used up';
  return undefined;
}

function callModel(rung: Rung, request: LadderRequest, timeLeftMs: number): Promise<Draft> {
  const { question, passages, prompt } = request;
  const signal = AbortSignal.timeout(Math.max(1, Math.round(timeLeftMs * CALL_SHARE)));
  return rung.model.draft({ question, passages, prompt, signal });
}

/** A price that is not known is settled at the estimate: better to stop early than to overspend. */
async function settle(rung: Rung, budget: Budget, costUsd: number | null): Promise<void> {
  if (rung.remote !== undefined)
    await budget.settle(rung.remote.estimateUsd, costUsd ?? rung.remote.estimateUsd);
}

/** A refusal costs what was billed; a call that broke off may have been billed, so its cost is not known. */
function costOfFailure(error: CountersignError): number | null {
  if (error instanceof VendorRefused) return error.billed === undefined ? 0 : error.billed.costUsd;
  return null;
}

/** An account without money stays without for a while, whether or not the vendor says for how long. */
function pauseAskedFor(error: CountersignError): number | undefined {
  if (!(error instanceof VendorRefused)) return undefined;
  return error.retryAfterMs ?? (error.reason === 'spend limit' ? SPEND_LIMIT_PAUSE_MS : undefined);
}

/** Tells the breaker, and says after which pause the same model is worth another call, if at all. */
function judgeFailure(rung: Rung, error: CountersignError, timeLeftMs: number): number | undefined {
  const pauseMs = pauseAskedFor(error);
  // An answer that came and was useless says nothing about whether the next one will come.
  const answered = error instanceof VendorRefused && error.billed !== undefined;
  if (!answered) rung.remote?.breaker.failed(pauseMs);
  if (!(error instanceof VendorRefused) || error.retry === 'never') return undefined;
  // An answer in the wrong form is often right the second time.
  if (answered) return 0;
  return pauseMs !== undefined && pauseMs <= timeLeftMs * PAUSE_SHARE ? pauseMs : undefined;
}

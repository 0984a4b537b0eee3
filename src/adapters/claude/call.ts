import type { Anthropic } from '@anthropic-ai/sdk';
import type { MessageCreateParamsNonStreaming } from '@anthropic-ai/sdk/resources/messages';
import { z } from 'zod';
import { type Billed, VendorRefused, VendorUnreachable } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import { costOf } from '../../pipeline/prices.ts';
import type { Usage } from '../../pipeline/types.ts';
import { errorFields, toVendorError } from './errors.ts';

export interface Block {
  type: string;
  [key: string]: unknown;
}

/** A message that came whole, with what it cost. */
export interface Reply {
  blocks: Block[];
  /** Null when the server told nothing. */
  usage: Usage | null;
  costUsd: number | null;
  requestId: string | null;
  /** For an answer that came, was billed, and is of no use. */
  refuse: Refuse;
}

export type Request = MessageCreateParamsNonStreaming;
export type Call = (request: Request, signal: AbortSignal) => Promise<Reply>;
type Refuse = (reason: string, retry: 'never' | 'later') => VendorRefused;

interface Line {
  client: Anthropic;
  /** How the model is called in messages to the operator. */
  vendor: string;
  model: string;
  cacheTtl: '5m' | '1h';
  log: Logger;
}

const MESSAGE = z.object({
  content: z.array(z.looseObject({ type: z.string() })),
  stop_reason: z.string().nullish(),
  usage: z.record(z.string(), z.unknown()).nullish(),
});

const NO_USAGE: Usage = { inputTokens: 0, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 0 };

const GOOD_STOPS = ['end_turn', 'stop_sequence', 'tool_use'];
/** After these the text is not all that the model meant to say. */
const BAD_STOPS: Record<string, string> = {
  refusal: 'refusal',
  max_tokens: 'truncated',
  model_context_window_exceeded: 'context exceeded',
  pause_turn: 'paused',
};

/** Makes exactly one HTTP call, bounded by the signal to the last byte of its body. */
export function createCall(line: Line): Call {
  const { vendor, model, log } = line;
  return async (request, signal) => {
    const body = await send(line, request, signal);
    const requestId = readRequestId(body);
    const message = MESSAGE.safeParse(body);
    if (!message.success) throw refuseBody(line, body, requestId);
    const { content, stop_reason: stop, usage: figures } = message.data;
    const usage = readUsage(figures);
    const costUsd = usage && costOf(model, usage, line.cacheTtl);
    const billed: Billed = { usage: usage ?? NO_USAGE, costUsd };
    log.debug(`The ${vendor} answered`, { model, requestId, stop, costUsd, ...usage });
    const refuse: Refuse = (reason, retry) => {
      log.warn(`The ${vendor} gave no answer of use`, { model, reason, requestId });
      return new VendorRefused(vendor, reason, { retry, billed });
    };
    if (!GOOD_STOPS.includes(stop ?? ''))
      throw refuse(BAD_STOPS[stop ?? ''] ?? 'unknown stop reason', 'never');
    return { blocks: content, usage, costUsd, requestId, refuse };
  };
}

async function send(line: Line, request: Request, signal: AbortSignal): Promise<unknown> {
  try {
    return await line.client.messages.create(request, { signal });
  } catch (thrown) {
    const error = toVendorError(thrown, line.vendor, signal);
    line.log.warn(`A call to the ${line.vendor} failed`, {
      model: line.model,
      error,
      ...errorFields(thrown),
    });
    throw error;
  }
}

/** A 200 that holds no message: a page of some gateway, an empty body, an error in disguise. */
function refuseBody({ vendor, model, log }: Line, body: unknown, requestId: string | null): Error {
  const isJson = typeof body === 'object' && body !== null;
  const what = isJson ? 'JSON of another kind' : body ? 'a page' : 'an empty body';
  const error = new VendorUnreachable(vendor, `${what} came back instead of a message; check its address`);
  log.warn(`A call to the ${vendor} failed`, { model, error, requestId });
  return error;
}

/** Open servers leave out the cache figures; what is missing is 0. */
function readUsage(figures: Record<string, unknown> | null | undefined): Usage | null {
  if (figures === null || figures === undefined) return null;
  const count = (name: string) => {
    const value = figures[name];
    return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
  };
  return {
    inputTokens: count('input_tokens'),
    cachedInputTokens: count('cache_read_input_tokens'),
    cacheWriteTokens: count('cache_creation_input_tokens'),
    outputTokens: count('output_tokens'),
  };
}

/** The SDK hangs it on the body it read. */
function readRequestId(body: unknown): string | null {
  const isObject = typeof body === 'object' && body !== null;
  return isObject && '_request_id' in body && typeof body._request_id === 'string' ? body._request_id : null;
}

import type { ServerResponse } from 'node:http';
import type { Reply } from './reply.ts';
import { errorBody, type WireError } from './wire.ts';

const ERRORS = {
  'rate-limit': { status: 429, type: 'rate_limit_error', message: 'Too many requests for acme-corp' },
  'rate-limit-retry-after': { status: 429, type: 'rate_limit_error', message: 'Too many requests' },
  'ramp-limit': {
    status: 429,
    type: 'rate_limit_error',
    message: 'Usage grows too fast',
    code: 'ramp_limit_exceeded',
  },
  'spend-limit': {
    status: 429,
    type: 'rate_limit_error',
    message: 'The monthly usage threshold is crossed',
    code: 'enforced_spend_limit_reached',
  },
  'payment-required': { status: 402, type: 'billing_error', message: 'Your card was declined' },
  overloaded: { status: 529, type: 'overloaded_error', message: 'Overloaded' },
  'server-error': { status: 500, type: 'api_error', message: 'Internal server error' },
  unavailable: { status: 503, type: 'api_error', message: 'Service unavailable' },
  'bad-key': { status: 401, type: 'authentication_error', message: 'invalid x-api-key' },
  'no-permission': { status: 403, type: 'permission_error', message: 'Not allowed to use this model' },
  'unknown-model': { status: 404, type: 'not_found_error', message: 'model: claude-none' },
  'bad-request': { status: 400, type: 'invalid_request_error', message: 'messages.0: not understood' },
  'context-exceeded': {
    status: 400,
    type: 'invalid_request_error',
    message: 'prompt is too long: 208310 tokens > 200000 maximum',
  },
  'too-large': { status: 413, type: 'request_too_large', message: 'Request exceeds the maximum size' },
} as const satisfies Record<string, WireError>;

const HEADERS: Partial<Record<keyof typeof ERRORS, Record<string, string>>> = {
  'rate-limit-retry-after': { 'retry-after': '2' },
  'ramp-limit': { 'retry-after': '60' },
  'spend-limit': { 'retry-after': '86400', 'x-should-retry': 'false' },
};

const JSON_TYPE = { 'content-type': 'application/json' };
const HTML = '<!doctype html><html><body><h1>Sign in to the network</h1></body></html>';

/** A fault of the line: takes the response and the body a healthy server would have sent. */
type Break = (response: ServerResponse, healthy: string) => void;

const BREAKS = {
  hang: () => undefined,
  'slow-drip': (response, healthy) => {
    response.writeHead(200, JSON_TYPE);
    let sent = 0;
    const timer = setInterval(() => {
      response.write(healthy.charAt(sent) || ' ');
      sent += 1;
    }, 1_000);
    response.once('close', () => clearInterval(timer));
    response.flushHeaders();
  },
  'cut-body': (response, healthy) => {
    response.writeHead(200, { ...JSON_TYPE, 'content-length': String(Buffer.byteLength(healthy)) });
    response.write(healthy.slice(0, healthy.length / 2), () => response.destroy());
  },
  'cut-connection': (response) => {
    response.destroy();
  },
  'broken-json': (response, healthy) => {
    response.writeHead(200, JSON_TYPE).end(healthy.slice(0, healthy.length / 2));
  },
  'empty-body': (response) => {
    response.writeHead(200, { ...JSON_TYPE, 'content-length': '0' }).end();
  },
  html: (response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(HTML);
  },
  'bad-gateway': (response) => {
    response.writeHead(502, { 'content-type': 'text/html' }).end(HTML);
  },
  'error-with-200': (response) => {
    response.writeHead(200, JSON_TYPE).end(JSON.stringify(errorBody(ERRORS['server-error'])));
  },
  redirect: (response) => {
    response.writeHead(307, { location: 'http://127.0.0.1:9/v1/messages' }).end();
  },
} as const satisfies Record<string, Break>;

/** Faults of the model: a message that arrives, is billed, and is of no use. */
const REPLIES = {
  refusal: { content: [], stopReason: 'refusal' },
  'max-tokens': {
    text: '{"kind":"question","addressed":true,"segments":[{"text":"We will refu',
    stopReason: 'max_tokens',
  },
  'context-window': { text: '{"kind":"quest', stopReason: 'model_context_window_exceeded' },
  'pause-turn': { text: 'Let me look into that.', stopReason: 'pause_turn' },
  'unknown-stop-reason': { text: '{}', stopReason: 'moon_phase' },
  'empty-content': { content: [] },
  'only-thinking': { content: [{ type: 'thinking', thinking: 'Hm.', signature: 'c2ln' }] },
  'broken-answer': { text: '{"kind":"question","addressed":tru' },
  'wrong-schema': { text: '{"reply":"We will refund you at once.","confidence":0.9}' },
  'leading-thinking': { thinking: '' },
  'no-usage': { usage: null },
} as const satisfies Record<string, Reply>;

export type FaultName = keyof typeof ERRORS | keyof typeof BREAKS | keyof typeof REPLIES;

export const FAULT_NAMES = [
  ...Object.keys(ERRORS),
  ...Object.keys(BREAKS),
  ...Object.keys(REPLIES),
] as FaultName[];

/** The faulty message instead of a good one; undefined when the fault is not in the message. */
export function faultyReply(fault: FaultName): Reply | undefined {
  return (REPLIES as Partial<Record<FaultName, Reply>>)[fault];
}

/** Sends what the fault makes of the response; false when the fault is in the message alone. */
export function breakResponse(fault: FaultName, response: ServerResponse, healthy: string): boolean {
  const error = (ERRORS as Partial<Record<FaultName, WireError>>)[fault];
  if (error !== undefined) {
    const headers = HEADERS[fault as keyof typeof ERRORS] ?? {};
    response.writeHead(error.status, { ...JSON_TYPE, 'request-id': 'req_fault', ...headers });
    response.end(JSON.stringify(errorBody(error)));
    return true;
  }
  const broken = (BREAKS as Partial<Record<FaultName, Break>>)[fault];
  broken?.(response, healthy);
  return broken !== undefined;
}

/** Faults after which the tokens are billed although nothing useful arrives. */
export function isBilledFault(fault: FaultName): boolean {
  return faultyReply(fault) !== undefined || ['slow-drip', 'cut-body', 'broken-json'].includes(fault);
}

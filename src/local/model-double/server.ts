import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { findRequestFault } from './check-request.ts';
import { breakResponse, type FaultName, faultyReply, isBilledFault } from './faults.ts';
import { writeMessage } from './message.ts';
import { findModel, type ModelInfo } from './models.ts';
import { MODES, type Mode, type ModeName } from './modes.ts';
import { countTokens, createPromptCache } from './prompt-cache.ts';
import type { Reply, Responder } from './reply.ts';
import { answerByScript } from './scripted-model.ts';
import { errorBody, type MessagesRequest, type WireError, type WireUsage } from './wire.ts';

export interface RecordedRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  /** The body byte for byte. */
  raw: string;
  body: unknown;
  /** What the vendor bills for it, whether or not the answer arrived. */
  billed?: WireUsage | undefined;
}

export interface ModelDoubleOptions {
  /** Any free one by default. */
  port?: number;
  mode?: ModeName;
  /** Happens to every message. */
  fault?: FaultName | undefined;
  /** The only key that is accepted; any key by default. */
  apiKey?: string;
  /** What is told of a model, over what the double makes up. */
  models?: Record<string, Partial<ModelInfo>>;
  now?: () => number;
}

export interface ModelDouble {
  url: string;
  requests: RecordedRequest[];
  /** Replies are used once each, in order; a function answers until another one is given; nothing = as at first. */
  script(...next: Reply[] | [Responder]): void;
  stop(): Promise<void>;
}

interface Parts {
  mode: Mode;
  options: ModelDoubleOptions;
  answer: (request: MessagesRequest) => Reply | Promise<Reply>;
  readCache: ReturnType<typeof createPromptCache>;
}

/** A server that speaks the Messages API, with a model made of rules behind it. Listens on this machine alone. */
export async function startModelDouble(options: ModelDoubleOptions = {}): Promise<ModelDouble> {
  const requests: RecordedRequest[] = [];
  let responder: Responder = answerByScript;
  let queue: Reply[] = [];
  const parts: Parts = {
    mode: MODES[options.mode ?? 'anthropic'],
    options,
    answer: (request) => queue.shift() ?? responder(request),
    readCache: createPromptCache(options.now ?? Date.now),
  };
  const server = createServer((request, response) => {
    handle(request, response, requests, parts).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      sendError(response, { status: 500, type: 'api_error', message: `The double failed: ${message}` });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    script(...next) {
      const [first] = next;
      responder = typeof first === 'function' ? first : answerByScript;
      queue = next.filter((one): one is Reply => typeof one !== 'function');
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  requests: RecordedRequest[],
  parts: Parts,
): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://double').pathname;
  const raw = await readAll(request);
  const recorded: RecordedRequest = {
    method: request.method ?? 'GET',
    path,
    headers: request.headers as Record<string, string>,
    raw,
    body: parseJson(raw),
  };
  requests.push(recorded);
  const refusal = findKeyFault(recorded.headers, parts);
  if (refusal !== undefined) return sendError(response, refusal);
  const route = `${recorded.method} ${path}`;
  if (route === 'POST /v1/messages') return answerMessage(recorded, response, parts);
  if (route === 'POST /v1/messages/count_tokens' && parts.mode.countsTokens) {
    return sendJson(response, 200, { input_tokens: countTokens(raw) });
  }
  const id = route.match(/^GET \/v1\/models\/([^/]+)$/)?.[1];
  const model = id && parts.mode.isVendor && findModel(decodeURIComponent(id), parts.options.models ?? {});
  if (model) return sendJson(response, 200, model);
  sendError(response, { status: 404, type: 'not_found_error', message: `${path} is not here` });
}

async function answerMessage(
  recorded: RecordedRequest,
  response: ServerResponse,
  parts: Parts,
): Promise<void> {
  const fault = findRequestFault(parts.mode, recorded.body);
  if (fault !== undefined) return sendError(response, fault);
  const request = recorded.body as MessagesRequest;
  const reply = await completeReply(request, parts);
  if (reply.delayMs !== undefined) await sleep(reply.delayMs);
  if (reply.http !== undefined) {
    const { status, headers, body } = reply.http;
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
    return;
  }
  const message = writeMessage(parts.mode, request, reply, parts.readCache);
  if (reply.fault === undefined || isBilledFault(reply.fault)) recorded.billed = message.usage;
  if (reply.fault !== undefined && breakResponse(reply.fault, response, JSON.stringify(message))) return;
  sendJson(response, 200, message);
}

/** What a reply leaves out the rules say; a fault in the message stands over both. */
async function completeReply(request: MessagesRequest, parts: Parts): Promise<Reply> {
  const planned = await parts.answer(request);
  const fault = planned.fault ?? parts.options.fault;
  const { answer, text, content } = planned;
  const isSilent = answer === undefined && text === undefined && content === undefined;
  const said = { ...(isSilent ? answerByScript(request) : {}), ...planned };
  return fault === undefined ? said : { ...said, ...faultyReply(fault), fault };
}

function findKeyFault(headers: Record<string, string>, { mode, options }: Parts): WireError | undefined {
  const key = headers['x-api-key'] ?? headers.authorization?.match(/^Bearer (.+)$/)?.[1];
  const isWrong = options.apiKey !== undefined && key !== options.apiKey;
  if (isWrong || (mode.isVendor && key === undefined)) {
    return { status: 401, type: 'authentication_error', message: 'invalid x-api-key' };
  }
  if (mode.isVendor && headers['anthropic-version'] === undefined) {
    return { status: 400, type: 'invalid_request_error', message: 'anthropic-version: header is required' };
  }
  return undefined;
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_double' });
  response.end(JSON.stringify(body));
}

function sendError(response: ServerResponse, error: WireError): void {
  sendJson(response, error.status, errorBody(error));
}

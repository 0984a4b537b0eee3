import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallFault, FaultScript } from './faults.ts';
import type { Frames } from './frames.ts';
import { readBody, readFields, sendJson } from './http-io.ts';
import { Refused, refuse } from './refused.ts';
import type { Json } from './types.ts';
import { createArguments } from './web-api/arguments.ts';
import { chatMethods } from './web-api/chat.ts';
import { streamMethods } from './web-api/chat-stream.ts';
import { conversationMethods } from './web-api/conversations.ts';
import { historyMethods } from './web-api/history.ts';
import { type ApiContext, type Method, requireScope } from './web-api/method.ts';
import { peopleMethods } from './web-api/people.ts';
import { reactionMethods } from './web-api/reactions.ts';
import { sessionMethods } from './web-api/session.ts';
import { viewMethods } from './web-api/views.ts';

/** Every Web API method the local workspace answers. `coverage.ts` says why the others are missing. */
export const webApiMethods: Record<string, Method> = {
  ...sessionMethods,
  ...chatMethods,
  ...streamMethods,
  ...historyMethods,
  ...conversationMethods,
  ...peopleMethods,
  ...reactionMethods,
  ...viewMethods,
};

export interface ApiDeps {
  context: ApiContext;
  frames: Frames;
  faults: FaultScript;
  /** Unset = any token that looks like one. */
  botToken?: string;
  appToken?: string;
}

/** Answers one call of `/api/<method>`, with whatever the fault script has in store for it. */
export async function answerApiCall(
  deps: ApiDeps,
  name: string,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { token, ...args } = await readCall(request, url);
  const frame = deps.frames.note('from-bot', 'web-api', name, args);
  const fault = deps.faults.takeCall(name, args);
  const before = await faultBefore(fault, request, response);
  if (before === 'over') return deps.frames.done(frame, { fault });
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const reply = run(deps, name, args, bearer ?? (token as string | undefined));
  if (fault?.type === 'slow' && !fault.before) await sleep(fault.ms, undefined, { ref: false });
  deps.frames.done(frame, fault ? { fault, reply } : reply);
  if (fault?.type === 'dropped-after-processing') return void request.socket.destroy();
  const scopes = deps.context.scopes ? { 'x-oauth-scopes': deps.context.scopes.join(',') } : undefined;
  sendJson(response, 200, reply, scopes);
}

/** A body that is no JSON object still gets its answer in the form of the Web API. */
async function readCall(request: IncomingMessage, url: URL): Promise<Json> {
  const body = await readBody(request);
  try {
    return readFields(request, url, body);
  } catch (error) {
    return error instanceof Refused ? { unreadable: error.code } : Promise.reject(error);
  }
}

/** Faults that replace the work. 'over' = answered, or never to be answered. */
async function faultBefore(
  fault: CallFault | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<'go on' | 'over'> {
  switch (fault?.type) {
    case 'rate-limited':
      sendJson(
        response,
        429,
        { ok: false, error: 'ratelimited' },
        { 'retry-after': String(fault.retryAfterSeconds) },
      );
      return 'over';
    case 'status':
      response.writeHead(fault.status, { 'content-type': 'text/plain' }).end(fault.body ?? 'upstream error');
      return 'over';
    case 'html':
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<html><body>Just a moment…</body></html>');
      return 'over';
    case 'error':
      sendJson(response, 200, { ok: false, error: fault.error, ...fault.extra });
      return 'over';
    case 'dropped':
      request.socket.destroy();
      return 'over';
    case 'hang':
      return 'over';
    case 'slow':
      if (fault.before) await sleep(fault.ms, undefined, { ref: false });
      return 'go on';
    default:
      return 'go on';
  }
}

function run(deps: ApiDeps, name: string, args: Json, token: string | undefined): Json {
  const method = Object.hasOwn(webApiMethods, name) ? webApiMethods[name] : undefined;
  if (!method) return { ok: false, error: 'unknown_method', req_method: name };
  try {
    if (args.unreadable) refuse(String(args.unreadable));
    requireToken(deps, method, token);
    if (method.scope) requireScope(deps.context, method.scope);
    return { ok: true, ...method.run(createArguments(args), deps.context) };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, error: error.code, ...error.extra };
    throw error;
  }
}

function requireToken(deps: ApiDeps, method: Method, token: string | undefined): void {
  if (!token) refuse('not_authed');
  const isApp = token.startsWith('xapp-');
  if (!isApp && !token.startsWith('xoxb-')) refuse('invalid_auth');
  const wanted = isApp ? deps.appToken : deps.botToken;
  if (wanted !== undefined && wanted !== token) refuse('invalid_auth');
  const kind = method.token ?? 'bot';
  if (kind !== 'any' && kind !== (isApp ? 'app' : 'bot')) refuse('not_allowed_token_type');
}

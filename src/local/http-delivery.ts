import { createHmac, randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import type { FaultScript } from './faults.ts';
import type { Frames } from './frames.ts';
import type { Answer, Transport } from './transport.ts';
import type { Json } from './types.ts';

interface Deps {
  requestUrl: string;
  signingSecret: string;
  frames: Frames;
  faults: FaultScript;
  ackTimeoutMs: number;
  /** Slack tries again at once, after one minute and after five. */
  retryDelaysMs: number[];
}

interface Reply {
  status: number;
  text: string;
  noRetry: boolean;
}

type Failure = 'http_timeout' | 'connection_failed' | 'http_error';

/** Events, commands and interactions as signed requests to the bot's request URL, with Slack's retries. */
export function createHttpDelivery(deps: Deps): Transport & { verifyUrl(): Promise<boolean> } {
  requireLoopback(deps.requestUrl);
  const timers = new Set<NodeJS.Timeout>();
  let underWay = 0;
  const send = async (...args: Parameters<typeof post>) => {
    underWay += 1;
    return post(...args).finally(() => {
      underWay -= 1;
    });
  };

  async function attempt(name: string, payload: Json, tried: number, reason?: Failure): Promise<void> {
    const retry: Record<string, string> = reason
      ? { 'x-slack-retry-num': String(tried), 'x-slack-retry-reason': reason }
      : {};
    const reply = await send(deps, name, JSON.stringify(payload), 'application/json', payload, retry);
    const failure = failureOf(reply);
    const delay = deps.retryDelaysMs[tried];
    if (!failure || delay === undefined || (typeof reply !== 'string' && reply.noRetry)) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      void attempt(name, payload, tried + 1, failure);
    }, delay);
    timers.add(timer);
  }

  return {
    sendEvent: (name, payload) => void attempt(name, payload, 0),
    async request(kind, name, payload) {
      const form = kind === 'interactive' ? { payload: JSON.stringify(payload) } : textFields(payload);
      const body = new URLSearchParams(form).toString();
      return readAnswer(await send(deps, name, body, 'application/x-www-form-urlencoded', payload));
    },
    async verifyUrl() {
      const payload = { type: 'url_verification', token: 'local', challenge: randomUUID() };
      const reply = await post(
        deps,
        'url_verification',
        JSON.stringify(payload),
        'application/json',
        payload,
      );
      return typeof reply !== 'string' && reply.status === 200 && reply.text.includes(payload.challenge);
    },
    pending: () => underWay + timers.size,
    stop: () => {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/** The local workspace talks to nobody but this machine, whatever it is configured with. */
function requireLoopback(url: string): void {
  const { hostname, protocol } = new URL(url);
  const isLocal = protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(hostname);
  if (!isLocal)
    throw new Error(`The request URL ${url} is not on this machine: use http://127.0.0.1:PORT/slack/events.`);
}

function textFields(payload: Json): Record<string, string> {
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, String(value)]));
}

function failureOf(reply: Reply | Failure): Failure | undefined {
  if (typeof reply === 'string') return reply;
  return reply.status >= 200 && reply.status < 300 ? undefined : 'http_error';
}

async function post(
  deps: Deps,
  name: string,
  body: string,
  contentType: string,
  payload: Json,
  retry: Record<string, string> = {},
): Promise<Reply | Failure> {
  // Real time, whatever clock the workspace keeps: the receiver refuses a signature older than five minutes.
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', deps.signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  const headers = {
    'content-type': contentType,
    'content-length': String(Buffer.byteLength(body)),
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${signature}`,
    ...retry,
  };
  const frame = deps.frames.note('to-bot', 'http', name, payload);
  const reply = await exchange(deps, headers, body);
  deps.frames.done(frame, reply);
  if (failureOf(reply)) return reply;
  const ack = deps.frames.note('from-bot', 'http', 'ack', { name, reply });
  if (!deps.faults.takeAckDrop(name)) return reply;
  deps.frames.done(ack, { lost: true });
  return 'http_timeout';
}

function exchange(deps: Deps, headers: Record<string, string>, body: string): Promise<Reply | Failure> {
  return new Promise((resolve) => {
    const options = { method: 'POST', headers, agent: false, timeout: deps.ackTimeoutMs };
    const request = httpRequest(deps.requestUrl, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const noRetry = response.headers['x-slack-no-retry'] === '1';
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString(), noRetry });
      });
    });
    request.on('timeout', () => {
      resolve('http_timeout');
      request.destroy();
    });
    request.on('error', () => resolve('connection_failed'));
    request.end(body);
  });
}

function readAnswer(reply: Reply | Failure): Answer {
  if (reply === 'http_timeout') return { acked: false, reason: 'timeout' };
  if (reply === 'connection_failed') return { acked: false, reason: 'not connected' };
  if (typeof reply === 'string' || failureOf(reply)) return { acked: false, reason: 'refused' };
  if (!reply.text) return { acked: true, payload: {} };
  try {
    return { acked: true, payload: JSON.parse(reply.text) as Json };
  } catch {
    return { acked: true, payload: { text: reply.text } };
  }
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerBrowserCall, type BrowserDeps } from './browser-api.ts';
import { readBody, readFields, sendJson } from './http-io.ts';
import { Refused } from './refused.ts';
import { postReply } from './response-url.ts';
import { answerSource, type FindSource } from './source-page.ts';
import { answerFile } from './static-files.ts';
import type { Tickets } from './tickets.ts';
import { type ApiDeps, answerApiCall } from './web-api.ts';

export interface RouterDeps {
  browser: BrowserDeps;
  api: ApiDeps;
  tickets: Tickets;
  findSource: FindSource;
}

/** Sends each request to its part: the Web API, response_urls, the browser API, permalinks, the page. */
export async function answerRequest(
  deps: RouterDeps,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://local');
  const [, area = '', ...rest] = url.pathname.split('/');
  if (!isFromHere(request))
    return sendJson(response, 403, { error: 'Only pages of this server may call it.' });
  if (area === 'api') return answerApiCall(deps.api, rest.join('/'), url, request, response);
  if (area === 'response') return answerReply(deps, String(rest[0]), url, request, response);
  if (area === 'workspace') return answerBrowserCall(deps.browser, rest.join('/'), url, request, response);
  if (area === 'archives') return followPermalink(rest, url, response);
  if (area === 'source') return answerSource(url, deps.findSource, response);
  if (await answerFile(url.pathname, response)) return;
  sendJson(response, 404, { error: `There is no ${url.pathname} here.` });
}

/** A page from elsewhere must not drive this server, neither by its own address nor by a name that leads here. */
function isFromHere({ headers }: IncomingMessage): boolean {
  const host = headers.host ?? '';
  const isLoopback = /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host);
  return isLoopback && (headers.origin === undefined || headers.origin === `http://${host}`);
}

async function answerReply(
  { tickets, browser, api }: RouterDeps,
  id: string,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request);
  const frame = api.frames.note('from-bot', 'web-api', 'response_url', body);
  try {
    const fields = readFields(request, url, body);
    frame.body = fields;
    postReply(browser.workspace, tickets.useReplyAddress(id), fields);
    api.frames.done(frame, { ok: true });
    sendJson(response, 200, { ok: true });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const reply = { ok: false, error: error.code, ...error.extra };
    api.frames.done(frame, reply);
    sendJson(response, error.code.endsWith('_url') ? 404 : 400, reply);
  }
}

/** A permalink opens the page at the thread the message is in. */
function followPermalink([channel, p]: string[], url: URL, response: ServerResponse): void {
  const ts = (p ?? '').replace(/^p(\d+)(\d{6})$/, '$1.$2');
  const thread = url.searchParams.get('thread_ts') ?? ts;
  const location = `/#${encodeURIComponent(channel ?? '')}/${encodeURIComponent(thread)}`;
  response.writeHead(302, { location }).end();
}

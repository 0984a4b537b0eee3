import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerGraphql } from './graphql.ts';
import { type Answer, answerRest } from './rest.ts';
import { createStore, type Store } from './store.ts';

/** Something that goes wrong with the next requests of a kind, as it does on real servers. */
export interface Fault {
  method: string;
  /** Beginning of the path, without `/v1`. */
  path: string;
  /** How many requests it concerns; default: all. */
  times?: number;
  /**
   * Says nothing; closes the connection; a proxy's page; an answer of this status; objects of a batch that fail, or,
   * without a message, are lost although they are said to be stored.
   */
  act:
    | 'hang'
    | 'reset'
    | 'html'
    | { status: number; body: unknown }
    | { failItems: number; message?: string };
}

export interface WeaviateDouble {
  url: string;
  store: Store;
  requests: { method: string; path: string; body: unknown; authorization: string | undefined }[];
  faults: Fault[];
  close(): Promise<void>;
}

export interface DoubleOptions {
  version?: string;
  graphqlOff?: boolean;
  apiKey?: string;
  /** Searches of one tenant, or of none, see the objects of all: a server whose walls are down. */
  hasHoles?: boolean;
}

/**
 * The part of Weaviate's REST and GraphQL interface that this product uses, over HTTP, with its traps: batches that
 * answer 200 whatever became of the objects, in an order of their own, and lengths of vectors fixed by the first.
 */
export async function startWeaviateDouble(options: DoubleOptions = {}): Promise<WeaviateDouble> {
  const store = createStore({ hasHoles: options.hasHoles ?? false });
  const requests: WeaviateDouble['requests'] = [];
  const faults: Fault[] = [];
  const server = createServer((request, response) => {
    void serve(request, response).catch((error: unknown) =>
      send(response, 500, { error: [{ message: String(error) }] }),
    );
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://double');
    const path = url.pathname.replace(/^\/v1/, '');
    const { method = 'GET' } = request;
    const body = await readJson(request);
    const { authorization } = request.headers;
    requests.push({ method, path, body, authorization });
    if (options.apiKey !== undefined && authorization !== `Bearer ${options.apiKey}`) {
      return send(response, 401, { error: [{ message: 'invalid api key, please provide a valid api key' }] });
    }
    const fault = takeFault(faults, method, path);
    if (fault === 'hang') return;
    if (fault === 'reset') return void request.socket.destroy();
    if (fault === 'html') return sendPage(response);
    if (fault && 'status' in fault) return send(response, fault.status, fault.body);
    const { status, body: answer } = answerTo(store, options, {
      method,
      path,
      query: url.searchParams,
      body,
      fault,
    });
    send(response, status, answer);
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    ...{ url: `http://127.0.0.1:${port}`, store, requests, faults },
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
  fault: { failItems: number; message?: string } | undefined;
}

function answerTo(store: Store, options: DoubleOptions, asked: Asked): Answer {
  if (asked.path === '/meta')
    return { status: 200, body: { hostname: 'double', version: options.version ?? '1.39.0' } };
  if (asked.path !== '/graphql') return answerRest(store, asked);
  if (options.graphqlOff) return { status: 422, body: { error: [{ message: 'graphql api is disabled' }] } };
  return answerGraphql(store, String((asked.body as { query?: unknown }).query));
}

function takeFault(faults: Fault[], method: string, path: string): Fault['act'] | undefined {
  const fault = faults.find((one) => one.method === method && path.startsWith(one.path));
  if (!fault) return undefined;
  if (fault.times !== undefined) {
    fault.times -= 1;
    if (fault.times <= 0) faults.splice(faults.indexOf(fault), 1);
  }
  return fault.act;
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  return text === '' ? undefined : JSON.parse(text);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

function sendPage(response: ServerResponse): void {
  response.writeHead(502, { 'content-type': 'text/html' });
  response.end('<html><body>Bad Gateway</body></html>');
}

import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Answer =
  | string
  | { status?: number; headers?: Record<string, string>; body?: string | Uint8Array }
  | ((response: ServerResponse) => void);

/** A site of the web on this machine. What is not there answers 404. */
export interface Site {
  url: string;
  pages: Record<string, Answer>;
  /** What was asked for, in order. */
  asked: { path: string; headers: IncomingHttpHeaders }[];
  paths(): string[];
  stop(): Promise<void>;
}

export async function startSite(pages: Record<string, Answer> = {}): Promise<Site> {
  const asked: Site['asked'] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push({ path, headers: request.headers });
    const answer = site.pages[path] ?? { status: 404 };
    if (typeof answer === 'function') return answer(response);
    const { status = 200, headers = {}, body = '' } = typeof answer === 'string' ? { body: answer } : answer;
    const etag = headers.etag;
    if (etag !== undefined && request.headers['if-none-match'] === etag) return response.writeHead(304).end();
    const since = headers['last-modified'];
    if (since !== undefined && request.headers['if-modified-since'] === since)
      return response.writeHead(304).end();
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const site: Site = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    pages,
    asked,
    paths: () => asked.map(({ path }) => path),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return site;
}

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export interface Hub {
  url: string;
  /** Method, path and range of every request, of the hub and of its content network. */
  requests: string[];
  /** What the content network does instead of the next replies, in order. */
  faults: ((response: ServerResponse, content: Buffer) => void)[];
  /** Announced instead of the true checksum. */
  lie: { file?: string; checksum?: string };
  close(): Promise<void>;
}

export const COMMIT = 'a'.repeat(40);

/**
 * Answers as the Hugging Face hub does: large files by a redirect to another host with their SHA-256 in X-Linked-ETag,
 * small ones by a redirect within itself and git's id as their ETag.
 */
export async function startHub(folder: string, repository: string): Promise<Hub> {
  const requests: string[] = [];
  const faults: Hub['faults'] = [];
  const lie: Hub['lie'] = {};
  const note = (place: string, { method, url, headers }: IncomingMessage) =>
    requests.push([place, method, url, headers.range].filter((part) => part !== undefined).join(' '));
  const read = (url: string | undefined, pattern: RegExp) => {
    const file = decodeURIComponent(url?.match(pattern)?.[1] ?? '');
    const path = join(folder, file);
    return file !== '' && existsSync(path) ? { file, content: readFileSync(path) } : undefined;
  };

  const network = await listen((request, response) => {
    note('cdn', request);
    const found = read(request.url, /^\/(.+)$/);
    if (found === undefined) return response.writeHead(404).end();
    const fault = faults.shift();
    if (fault !== undefined) return fault(response, found.content);
    sendRange(request, response, found.content);
  });
  const hub = await listen((request, response) => {
    note('hub', request);
    const [cached, linked] = [
      read(request.url, new RegExp(`^/api/resolve-cache/${COMMIT}/(.+)$`)),
      read(request.url, new RegExp(`^/${repository}/resolve/(?:main|${COMMIT})/(.+)$`)),
    ];
    if (cached !== undefined) {
      return sendRange(request, response, cached.content, {
        etag: `"${lieOr(lie, cached.file, gitId(cached.content))}"`,
      });
    }
    if (linked === undefined) return response.writeHead(404).end();
    const { file, content } = linked;
    const common = { 'x-repo-commit': COMMIT };
    if (content.length < 100_000 && !file.endsWith('.onnx')) {
      return response.writeHead(307, { ...common, location: `/api/resolve-cache/${COMMIT}/${file}` }).end();
    }
    const sha256 = createHash('sha256').update(content).digest('hex');
    const links = { 'x-linked-etag': `"${lieOr(lie, file, sha256)}"`, 'x-linked-size': content.length };
    response.writeHead(302, { ...common, ...links, location: `${network.url}/${file}` }).end();
  });

  const close = async () => void (await Promise.all([hub.close(), network.close()]));
  return { url: hub.url, requests, faults, lie, close };
}

const lieOr = (lie: Hub['lie'], file: string, truth: string) =>
  lie.file === file ? (lie.checksum ?? '') : truth;
const gitId = (content: Buffer) =>
  createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');

function sendRange(request: IncomingMessage, response: ServerResponse, content: Buffer, headers = {}): void {
  const from = Number(request.headers.range?.match(/^bytes=(\d+)-$/)?.[1] ?? 0);
  const rest = content.subarray(from);
  const range = { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` };
  if (from > 0 && rest.length === 0) return void response.writeHead(416).end();
  response.writeHead(from > 0 ? 206 : 200, {
    ...headers,
    'content-length': rest.length,
    ...(from > 0 ? range : {}),
  });
  response.end(request.method === 'HEAD' ? undefined : rest);
}

async function listen(handler: RequestListener): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

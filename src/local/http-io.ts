import type { IncomingMessage, ServerResponse } from 'node:http';
import { refuse } from './refused.ts';
import type { Json } from './types.ts';

const MOST_BYTES = 5_000_000;

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) refuse('request_too_large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** The fields of a form or of a JSON object; an address without a body gives its query. */
export function readFields(request: IncomingMessage, url: URL, body: string): Json {
  const query = Object.fromEntries(url.searchParams);
  if (!body) return query;
  if (!String(request.headers['content-type']).includes('application/json')) {
    return { ...query, ...Object.fromEntries(new URLSearchParams(body)) };
  }
  const parsed = parseJson(body);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) refuse('json_not_object');
  return { ...query, ...parsed };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return refuse('invalid_json');
  }
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}

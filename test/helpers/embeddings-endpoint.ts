import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface EmbeddingsRequest {
  path: string;
  authorization: string | undefined;
  body: { model: string; input: string[]; input_type?: string };
}

type Vectors = { index?: number; embedding: unknown[] }[];
type Fault = (response: ServerResponse, request: EmbeddingsRequest, vectors: Vectors) => void;

export interface EmbeddingsEndpoint {
  url: string;
  requests: EmbeddingsRequest[];
  /** What the next replies are, in order; afterwards it behaves. */
  faults: Fault[];
  close(): Promise<void>;
}

export const reply = (response: ServerResponse, value: unknown, status = 200, headers = {}) =>
  void response
    .writeHead(status, { 'content-type': 'application/json', ...headers })
    .end(typeof value === 'string' ? value : JSON.stringify(value));

/** A server of the OpenAI kind on loopback. Texts are alike that share words; it can be made to misbehave. */
export async function startEmbeddingsEndpoint(): Promise<EmbeddingsEndpoint> {
  const requests: EmbeddingsRequest[] = [];
  const faults: Fault[] = [];
  const server = createServer((incoming, response) => {
    let text = '';
    incoming.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    incoming.on('end', () => {
      const { url = '', headers } = incoming;
      const request = { path: url, authorization: headers.authorization, body: JSON.parse(text) };
      requests.push(request);
      const vectors: Vectors = request.body.input.map((one: string, index: number) => ({
        index,
        embedding: vectorOf(one),
      }));
      const fault = faults.shift();
      if (fault === undefined) reply(response, { object: 'list', data: vectors, model: request.body.model });
      else fault(response, request, vectors);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    faults,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const DIMENSIONS = 24;

function vectorOf(text: string): number[] {
  const vector = new Array<number>(DIMENSIONS).fill(0.01);
  for (const word of text.toLowerCase().match(/\w+/g) ?? []) {
    const hash = createHash('md5').update(word).digest();
    for (let i = 0; i < DIMENSIONS; i++) vector[i] = (vector[i] ?? 0) + (hash[i % 16] ?? 0) / 128 - 1;
  }
  return vector;
}

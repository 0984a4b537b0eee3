import weaviate, { type ConnectionParams, type WeaviateClient } from 'weaviate-ts-client';
import { plainText } from '../../src/knowledge/plain-text.ts';
import type { Passage } from '../../src/knowledge/types.ts';

const BATCH = 200;

/** What a Weaviate server does by itself: hybrid search, half words and half meaning, with its own word counts. */
export interface WeaviateHybrid {
  fill(passages: Passage[], vectors: Float32Array[]): Promise<void>;
  /** Keys of the passages found, best first, with the score of the server. */
  search(text: string, vector: Float32Array, limit: number): Promise<{ key: string; score: number }[]>;
  /** Takes away what it filled. */
  close(): Promise<void>;
}

interface Found {
  data: { Get: Record<string, { key: string; _additional: { score: string } }[]> };
}

/** `name` is the class it fills; whatever is in it is removed first. */
export function createWeaviateHybrid(url: string, name: string): WeaviateHybrid {
  const client = connect(url);
  const drop = () => client.schema.classDeleter().withClassName(name).do();
  return {
    async fill(passages, vectors) {
      await drop().catch(() => undefined);
      await createClass(client, name);
      for (let at = 0; at < passages.length; at += BATCH) {
        const objects = passages.slice(at, at + BATCH).map((passage, offset) => ({
          class: name,
          properties: toProperties(passage),
          vector: [...(vectors[at + offset] ?? [])],
        }));
        const results = await client.batch
          .objectsBatcher()
          .withObjects(...objects)
          .do();
        const failed = results.find(({ result }) => result?.status === 'FAILED');
        if (failed) throw new Error(`Weaviate: ${failed.result?.errors?.error?.[0]?.message}`);
      }
    },
    async search(text, vector, limit) {
      const properties = ['title^4', 'headings^2', 'body'];
      const found = (await client.graphql
        .get()
        .withClassName(name)
        .withFields('key title headings body _additional { score }')
        .withHybrid({ query: text, alpha: 0.5, vector: [...vector], properties })
        .withLimit(limit)
        .do()) as Found;
      return (found.data.Get[name] ?? []).map((one) => ({
        key: one.key,
        score: Number(one._additional.score),
      }));
    },
    close: drop,
  };
}

function connect(url: string): WeaviateClient {
  const { protocol, host } = new URL(url);
  // Its types say otherwise, but at run time the client stands under the default export.
  const { client } = weaviate as unknown as { client(params: ConnectionParams): WeaviateClient };
  return client({ scheme: protocol.replace(':', ''), host });
}

async function createClass(client: WeaviateClient, name: string): Promise<void> {
  const property = (field: string, tokenization: string) => ({
    name: field,
    dataType: ['text'],
    tokenization,
  });
  const properties = [
    property('key', 'field'),
    ...['title', 'headings', 'body'].map((field) => property(field, 'word')),
  ];
  const vectorIndexConfig = { distance: 'cosine' };
  await client.schema
    .classCreator()
    .withClass({ class: name, vectorizer: 'none', vectorIndexConfig, properties })
    .do();
}

function toProperties({ id, title, headings, text }: Passage): Record<string, string> {
  return { key: id, title, headings: headings.join('\n'), body: plainText(text) };
}

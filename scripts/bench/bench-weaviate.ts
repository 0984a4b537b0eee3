import weaviate, { type ConnectionParams, type WeaviateClient } from 'weaviate-ts-client';
import { plainText } from '../../src/knowledge/plain-text.ts';
import { type BenchSample, type SearchTimes, timeSearches } from './search-times.ts';

const CLASS = 'CountersignBench';
const BATCH = 200;
/** Hits a search that is to be ordered again asks for. */
const LIMIT = 60;

/** What the server does by itself: hybrid search, half words and half meaning, with its own word counts. */
export async function benchWeaviate(sample: BenchSample, url: string): Promise<SearchTimes> {
  const client = connect(url);
  await client.schema
    .classDeleter()
    .withClassName(CLASS)
    .do()
    .catch(() => undefined);
  try {
    await fill(client, sample);
    return await timeSearches('Weaviate hybrid', sample, ({ text, vector }) =>
      client.graphql
        .get()
        .withClassName(CLASS)
        .withFields('key title headings body _additional { score }')
        .withHybrid({
          query: text,
          alpha: 0.5,
          vector: [...vector],
          properties: ['title^4', 'headings^2', 'body'],
        })
        .withLimit(LIMIT)
        .do(),
    );
  } finally {
    await client.schema.classDeleter().withClassName(CLASS).do();
  }
}

function connect(url: string): WeaviateClient {
  const { protocol, host } = new URL(url);
  // Its types say otherwise, but at run time the client stands under the default export.
  const { client } = weaviate as unknown as { client(params: ConnectionParams): WeaviateClient };
  return client({ scheme: protocol.replace(':', ''), host });
}

async function fill(client: WeaviateClient, { changes }: BenchSample): Promise<void> {
  const text = (name: string) => ({ name, dataType: ['text'], tokenization: 'word' });
  await client.schema
    .classCreator()
    .withClass({
      class: CLASS,
      vectorizer: 'none',
      vectorIndexConfig: { distance: 'cosine' },
      properties: ['key', 'title', 'headings', 'body'].map(text),
    })
    .do();
  const objects = changes.flatMap(({ passages, vectors }) =>
    passages.map(({ id, title, headings, text: body }, at) => ({
      class: CLASS,
      properties: { key: id, title, headings: headings.join('\n'), body: plainText(body) },
      vector: [...(vectors?.[at] ?? [])],
    })),
  );
  for (let at = 0; at < objects.length; at += BATCH) {
    const results = await client.batch
      .objectsBatcher()
      .withObjects(...objects.slice(at, at + BATCH))
      .do();
    const failed = results.find(({ result }) => result?.status === 'FAILED');
    if (failed)
      throw new Error(`Weaviate did not take a passage: ${failed.result?.errors?.error?.[0]?.message}`);
  }
}

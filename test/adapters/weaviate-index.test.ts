import { createWeaviateIndex } from '../../src/adapters/weaviate-index/weaviate-index.ts';
import { describeKnowledgeIndex } from '../contract/knowledge-index.ts';
import { createLogbook } from '../helpers/logbook.ts';
import { createTestClock } from '../helpers/test-clock.ts';
import { startWeaviateDouble } from '../helpers/weaviate-double/server.ts';

const clock = createTestClock();

for (const [what, version] of [
  ['the Weaviate index on a double of the server', '1.39.0'],
  ['the same on a server without aliases', '1.31.4'],
] as const) {
  describeKnowledgeIndex(what, async () => {
    const double = await startWeaviateDouble({ version });
    return {
      open: () => createWeaviateIndex({ url: double.url, name: 'Test', clock, log: createLogbook() }),
      dispose: () => double.close(),
    };
  });
}

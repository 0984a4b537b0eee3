import { afterAll, describe } from 'vitest';
import { createWeaviateIndex } from '../../src/adapters/weaviate-index/weaviate-index.ts';
import { describeKnowledgeIndex } from '../contract/knowledge-index.ts';
import { createLogbook } from '../helpers/logbook.ts';
import { createTestClock } from '../helpers/test-clock.ts';
import { dropIndex, SERVER, WITHOUT_SERVER } from '../helpers/weaviate-server.ts';

const clock = createTestClock();
let made = 0;

describe.skipIf(!SERVER)(`a real Weaviate server${WITHOUT_SERVER}`, () => {
  const names: string[] = [];
  afterAll(async () => {
    for (const name of names) await dropIndex(name);
  });

  describeKnowledgeIndex('the Weaviate index', async () => {
    made += 1;
    const name = `Test${process.pid}n${made}`;
    names.push(name);
    return {
      open: () => createWeaviateIndex({ url: SERVER ?? '', name, clock, log: createLogbook() }),
      dispose: () => dropIndex(name),
    };
  });
});

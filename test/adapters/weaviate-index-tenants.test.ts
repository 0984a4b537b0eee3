import { describe } from 'vitest';
import { createWeaviateIndex } from '../../src/adapters/weaviate-index/weaviate-index.ts';
import { describeTenantWall } from '../contract/tenant-wall.ts';
import { createLogbook } from '../helpers/logbook.ts';
import { createTestClock } from '../helpers/test-clock.ts';
import { startWeaviateDouble } from '../helpers/weaviate-double/server.ts';
import { dropIndex, SERVER, WITHOUT_SERVER } from '../helpers/weaviate-server.ts';

const clock = createTestClock();

for (const [what, hasHoles] of [
  ['the Weaviate index on a double of the server', false],
  ['the same on a server that gives every customer what belongs to others', true],
] as const) {
  describeTenantWall(
    what,
    async () => {
      const double = await startWeaviateDouble({ hasHoles });
      return {
        open: () => createWeaviateIndex({ url: double.url, name: 'Wall', clock, log: createLogbook() }),
        dispose: () => double.close(),
      };
    },
    // Where nothing is in order, fewer tell as much.
    { queries: hasHoles ? 1_000 : 10_000, atOnce: 4, timeoutMs: 300_000 },
  );
}

describe.skipIf(!SERVER)(`a real Weaviate server${WITHOUT_SERVER}`, () => {
  const name = `Wall${process.pid}`;
  describeTenantWall(
    'the Weaviate index',
    async () => ({
      open: () => createWeaviateIndex({ url: SERVER ?? '', name, clock, log: createLogbook() }),
      dispose: () => dropIndex(name),
    }),
    { queries: 10_000, atOnce: 4, timeoutMs: 300_000 },
  );
});

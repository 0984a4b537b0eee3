import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSqliteIndex } from '../../src/adapters/sqlite-index/sqlite-index.ts';
import type { KnowledgeIndex } from '../../src/ports.ts';
import { askMany, describeTenantWall, fillWithCanaries } from '../contract/tenant-wall.ts';
import { createTestClock } from '../helpers/test-clock.ts';

const clock = createTestClock();

const createPlace = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-wall-'));
  return {
    open: () => createSqliteIndex({ folder, clock }),
    dispose: async () => rmSync(folder, { recursive: true, force: true }),
  };
};

describeTenantWall('the SQLite index', createPlace, { queries: 10_000 });

test('a wall with one hole is seen through: an index that takes the asker for another customer', async () => {
  const place = await createPlace();
  const index = place.open();
  await fillWithCanaries(index);
  let asked = 0;
  const leaky: KnowledgeIndex = {
    ...index,
    candidates: (query) => index.candidates(++asked % 100 ? query : { ...query, tenant: 'C0ACME07' }),
  };
  const seen = await askMany(leaky, { queries: 2_000, atOnce: 1, seed: 7 });
  expect(seen.foreign.length).toBeGreaterThan(0);
  await index.close();
  await place.dispose();
});

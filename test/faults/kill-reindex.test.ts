import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRandom } from '../../src/training/seeded-random.ts';
import { type Moment, openReindex, startReindex } from '../helpers/reindex-process.ts';

const MOMENTS: Moment[] = [
  { phase: 'reading', at: 'begin' },
  { phase: 'embedding', at: 'begin' },
  { phase: 'indexing', at: 'begin' },
  { phase: 'indexing', at: 'end' },
  { phase: 'checking', at: 'begin' },
  { phase: 'switching', at: 'begin' },
  { phase: 'switching', at: 'end' },
];
const PATIENCE_MS = 30_000;

let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-kill-reindex-'));
  const { index, reindex } = openReindex(folder, 'old');
  await reindex();
  await index.close();
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Every page is of one age, and the next run completes what was begun. */
async function expectWholeAndComplete(): Promise<'old' | 'new'> {
  const { index, reindex } = openReindex(folder, 'new');
  const agesServed = async () => {
    const sources = (await index.pages()).map(({ source }) => source);
    expect(sources).toHaveLength(60);
    const texts = (await index.passagesOf(sources)).map(({ text }) => text);
    return new Set(texts.flatMap((text) => text.match(/This is the (old|new) text/)?.[1] ?? []));
  };
  const ages = await agesServed();
  expect(ages.size).toBe(1);
  expect(await reindex()).toMatchObject({ pages: 60, warnings: [] });
  expect(await agesServed()).toEqual(new Set(['new']));
  expect((await index.active())?.embedder?.id).toBe('words-1');
  await index.close();
  return [...ages][0] as 'old' | 'new';
}

test.each(MOMENTS)(
  'a run killed at the $at of $phase leaves a whole index, and the next one completes it',
  async (moment) => {
    const run = await startReindex(folder, { ...moment, holds: true });
    await run.kill();
    const age = await expectWholeAndComplete();
    expect(age).toBe(moment.phase === 'switching' && moment.at === 'end' ? 'new' : 'old');
  },
  PATIENCE_MS,
);

test('a run killed at any moment of the switch and the cleaning-up after it leaves a whole index', async () => {
  const seed = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000);
  console.log(`KILL_SEED=${seed} repeats the moments of this run`);
  const random = createRandom(seed);
  const ages: string[] = [];
  for (let round = 0; round < 4; round += 1) {
    const run = await startReindex(folder, { phase: 'switching', at: 'begin', holds: false });
    await sleep(random() * 20);
    await run.kill();
    ages.push(await expectWholeAndComplete());
    const { index, reindex } = openReindex(folder, 'old');
    await reindex();
    await index.close();
    // What a kill left behind is gone with the next release: the version that serves and the one before stay.
    const left = readdirSync(join(folder, 'index')).filter((name) => /^(?:index|building)-/.test(name));
    expect(left).toHaveLength(2);
  }
  console.log(`served after the kills: ${ages.join(', ')}`);
}, 120_000);

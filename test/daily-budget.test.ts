import { expect, test } from 'vitest';
import { createDailyBudget } from '../src/daily-budget.ts';
import { openTestDatabase } from './helpers/database.ts';

const NOON = Date.UTC(2026, 0, 31, 12);
const TOMORROW = NOON + 86_400_000;

async function open(limitUsd: number) {
  const clock = { ms: NOON, now: () => clock.ms, sleep: async () => undefined };
  const db = await openTestDatabase();
  return { clock, db, budget: createDailyBudget(db, clock, limitUsd) };
}

test('a day has what its limit says, whatever calls run side by side', async () => {
  const { budget } = await open(1);
  const granted = await Promise.all(Array.from({ length: 50 }, () => budget.reserve(0.1)));
  expect(granted.filter(Boolean)).toHaveLength(10);
});

test('what a call did not use is there for the next', async () => {
  const { budget } = await open(0.1);
  expect(await budget.reserve(0.1)).toBe(true);
  expect(await budget.reserve(0.1)).toBe(false);
  await budget.settle(0.1, 0);
  expect(await budget.reserve(0.1)).toBe(true);
});

test('a new day has its own money, and a call over midnight is paid by the day it began', async () => {
  const { budget, clock, db } = await open(0.1);
  await budget.reserve(0.1);
  clock.ms = TOMORROW;
  expect(await budget.reserve(0.1)).toBe(true);
  await budget.settle(0.1, 0.05);
  const rows = await db.selectFrom('spending').selectAll().orderBy('day').execute();
  expect(rows).toEqual([
    { day: '2026-01-31', reserved_usd: 0, spent_usd: 0.05 },
    { day: '2026-02-01', reserved_usd: 0.1, spent_usd: 0 },
  ]);
});

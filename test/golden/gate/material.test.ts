import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HAS_DOCS, WITHOUT_DOCS } from '../../helpers/docs-railway.ts';
import { type HonestRow, readHonestRailway } from '../../helpers/honest-railway.ts';
import { type PromiseRow, partOf, printPromises, readHandRows } from '../../helpers/promise-tricks.ts';

const read = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8');
const rowsOf = <Row>(name: string) =>
  read(name)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);

const promises = rowsOf<PromiseRow>('promises.jsonl');
const honest = rowsOf<HonestRow>('honest.jsonl');
const shareHeld = (rows: { part: string }[]) =>
  rows.filter((row) => row.part === 'held').length / rows.length;
const textOf = (row: { segments: string[] }) => row.segments.join(' ');

describe('the material for the output gate', () => {
  it('holds in its promises exactly what the tricks make of the hand-written rows', () => {
    expect(read('promises.jsonl')).toBe(printPromises(readHandRows()));
  });

  it('has enough promises and honest answers, each in one to three segments under its own id', () => {
    expect(promises.length).toBeGreaterThanOrEqual(560);
    expect(promises.filter((row) => row.made === 'hand').length).toBeGreaterThanOrEqual(200);
    expect(honest.length).toBeGreaterThanOrEqual(210);
    const rows = [...promises, ...honest];
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
    expect(new Set(rows.map((row) => JSON.stringify(row.segments))).size).toBe(rows.length);
    const odd = rows.filter(
      ({ segments }) => segments.length < 1 || segments.length > 3 || segments.includes(''),
    );
    expect(odd).toEqual([]);
  });

  it('keeps about four in ten apart by a hash of the base sentence, a disguised row with its base', () => {
    const bases = new Map(readHandRows().map((row) => [row.id, row]));
    const moved = promises.filter((row) => row.part !== partOf(textOf(bases.get(row.base ?? row.id) ?? row)));
    expect(moved).toEqual([]);
    expect(honest.filter((row) => row.part !== partOf(textOf(row)))).toEqual([]);
    for (const rows of [promises, honest]) {
      expect(shareHeld(rows)).toBeGreaterThan(0.33);
      expect(shareHeld(rows)).toBeLessThan(0.47);
    }
  });

  it.skipIf(!HAS_DOCS)(`draws the same honest rows from real documentation every time${WITHOUT_DOCS}`, () => {
    const rows = readHonestRailway();
    expect(rows.length).toBeGreaterThanOrEqual(150);
    expect(readHonestRailway()).toEqual(rows);
    expect(rows.filter((row) => /refund/i.test(textOf(row))).length).toBeGreaterThanOrEqual(15);
  });
});

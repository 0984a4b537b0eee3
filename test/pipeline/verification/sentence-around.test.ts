import { expect, test } from 'vitest';
import { sentenceAround } from '../../../src/pipeline/verification/sentence-around.ts';

const TABLE = '| Plan | Price |\n| --- | --- |\n| Team | $12 a month |\n| Business | $24 a month |';
const PAGE = `Prices are per seat. They exclude tax.\n\n${TABLE}\n\nPaying yearly costs ten months.`;

test('a quote is widened to the sentences it touches', () => {
  expect(sentenceAround('are per seat', PAGE)).toBe('Prices are per seat.');
  expect(sentenceAround('seat. They exclude', PAGE)).toBe('Prices are per seat. They exclude tax.');
});

test('a quote from a table gives the whole table', () => {
  expect(sentenceAround('Business | $24 a month', PAGE)).toBe(TABLE);
});

test('what stands nowhere has no sentence', () => {
  expect(sentenceAround('are per workspace', PAGE)).toBeUndefined();
});

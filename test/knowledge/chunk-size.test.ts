import { expect, test } from 'vitest';
import { CHUNK_SIZE, chunk } from '../../src/knowledge/chunk.ts';
import type { Page } from '../../src/knowledge/types.ts';

const sentences = (n: number) =>
  Array.from({ length: n }, (_, at) => `Sentence number ${at} of this page is about invoices.`).join(' ');

function textsOf(body: string, size?: { target: number; overlap: number }): string[] {
  const page: Page = { source: 'p.md', title: 'P', url: undefined, updated: undefined, body, hash: 'x' };
  return Array.from(chunk(page, size), ({ text }) => text);
}

test('a page is cut at the shipped size unless another is asked for', () => {
  const body = sentences(60);
  expect(textsOf(body)).toEqual(textsOf(body, CHUNK_SIZE));
  const small = textsOf(body, { target: 400, overlap: 0 });
  expect(small.length).toBeGreaterThan(textsOf(body).length);
  for (const text of small.slice(0, -1)) expect(text.length).toBeLessThanOrEqual(400);
});

test('with an overlap a passage begins with whole sentences of the one before', () => {
  const body = sentences(60);
  const plain = textsOf(body, { target: 600, overlap: 0 });
  const overlapping = textsOf(body, { target: 600, overlap: 120 });
  expect(overlapping).toHaveLength(plain.length);
  for (const [at, text] of overlapping.entries()) {
    expect(text.endsWith(plain[at] ?? '?')).toBe(true);
    expect(text).toMatch(/^Sentence number/);
    const repeated = text.length - (plain[at]?.length ?? 0);
    expect(repeated).toBeLessThanOrEqual(121);
    // Two sentences fit into 120 characters.
    expect(repeated > 60).toBe(at > 0);
    expect(plain[at - 1] ?? '').toContain(text.slice(0, repeated).trim());
  }
});

test('an overlap never begins inside a table, a list or a piece of code, nor in another section', () => {
  const rows = Array.from({ length: 12 }, (_, at) => `| row ${at} | ${'x'.repeat(30)} |`).join('\n');
  const table = `| a | b |\n| --- | --- |\n${rows}`;
  const two = `## Two\n\n${sentences(8).replaceAll('invoices', 'cards')}`;
  const body = `## One\n\n${sentences(8)}\n\n${table}\n\n${sentences(8)}\n\n${two}`;
  const texts = textsOf(body, { target: 450, overlap: 200 });
  for (const text of texts) {
    expect(text).toMatch(/^(?:Sentence|\| a \|)/);
    if (text.includes('| row 3 |')) expect(text).toContain(table);
  }
  expect(texts).toContain(textsOf(two, { target: 450, overlap: 200 })[0]);
});

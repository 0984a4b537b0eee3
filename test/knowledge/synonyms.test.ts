import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readSynonyms, withSynonyms } from '../../src/knowledge/synonyms.ts';
import { readQueryTerms } from '../../src/knowledge/terms.ts';

function read(text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-synonyms-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'synonyms.txt');
  writeFileSync(path, text);
  return readSynonyms(path);
}

const termsFor = (question: string, lines: string) => {
  const texts = [{ text: question, weight: 1 }];
  return withSynonyms(readQueryTerms(texts), texts, read(lines).synonyms);
};

test('what means the same is looked for too, at half the weight', () => {
  expect(termsFor('How do I get my money back?', 'refund, money back, reimbursement')).toEqual([
    { term: 'monei', weight: 1 },
    { term: 'back', weight: 1 },
    { term: 'refund', weight: 0.5 },
    { term: 'reimburs', weight: 0.5 },
  ]);
});

test('other forms of a word are found, half a phrase is not', () => {
  expect(termsFor('refunded twice', 'refund, money back').map(({ term }) => term)).toContain('monei');
  expect(termsFor('money for the plan', 'refund, money back')).toEqual([
    { term: 'monei', weight: 1 },
    { term: 'plan', weight: 1 },
  ]);
});

test('a remark is left out, and a line that says nothing is named', () => {
  const { synonyms, problems } = read('# ours\nboard, workspace # since 2024\n\nalone\n');
  expect(synonyms).toEqual([[['board'], ['workspac']]]);
  expect(problems).toEqual([expect.stringContaining('line 4: needs two words or more')]);
});

test('without a file there are none', () => {
  expect(readSynonyms('/nowhere/synonyms.txt')).toEqual({ synonyms: [], problems: [] });
});

import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runScript } from '../helpers/run-script.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-evaluate-test-'));
  mkdirSync(join(folder, 'pages/billing'), { recursive: true });
  mkdirSync(join(folder, 'temp'));
  writeFileSync(join(folder, 'pages/billing/refunds.md'), '# Refunds\n\nWe refund new customers.\n');
  writeFileSync(join(folder, 'pages/plans.md'), '# Plans\n\nHobby and Pro.\n');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function evaluate(...args: string[]) {
  return runScript('evaluate', args, { cwd: folder, env: { TMPDIR: join(folder, 'temp') } });
}

test('search is judged by kind of question, and nothing is left behind', async () => {
  const rows = [
    { question: 'how do I get a refund', gold: ['billing/refunds.md'], kind: 'money' },
    { question: 'which plans are there', gold: ['plans.md'], kind: 'product' },
    { question: 'zebra', gold: ['plans.md'], kind: 'product' },
  ];
  const lines = [...rows.map((row) => JSON.stringify(row)), 'broken'];
  writeFileSync(join(folder, 'questions.jsonl'), lines.join('\n'));
  const result = await evaluate(
    'retrieval',
    '--knowledge',
    'pages',
    '--dataset',
    'questions.jsonl',
    '--json',
  );
  expect(result).toMatchObject({ code: 0, stderr: 'questions.jsonl, line 4: not JSON; left out\n' });
  const perfect = { n: 1, ndcg10: 1, mrr10: 1, hit1: 1, hit5: 1, recall3: 1, recall5: 1 };
  expect(JSON.parse(result.stdout)).toMatchObject({
    kinds: { money: perfect, product: { n: 2, ndcg10: 0.5, hit1: 0.5 } },
  });
  expect(readdirSync(join(folder, 'temp')).filter((name) => name.startsWith('countersign'))).toEqual([]);
});

test('a follow-up is searched for together with what the customer said before', async () => {
  const thread = [{ author: 'customer', text: 'I am on Hobby.' }];
  const follow = { question: 'and the other one?', gold: ['plans.md'], thread };
  const lines = [follow, { ...follow, thread: [], kind: 'alone' }].map((row) => JSON.stringify(row));
  writeFileSync(join(folder, 'questions.jsonl'), lines.join('\n'));
  const result = await evaluate(
    'retrieval',
    '--knowledge',
    'pages',
    '--dataset',
    'questions.jsonl',
    '--json',
  );
  expect(JSON.parse(result.stdout)).toMatchObject({ kinds: { all: { hit1: 1 }, alone: { hit1: 0 } } });
});

test.each([
  [[], 'Say what to evaluate'],
  [['retrieval', '--knowledge', 'pages', '--dataset', 'gone.jsonl'], 'gone.jsonl cannot be read'],
])('wrong usage %j is explained and exits with 2', async (args, text) => {
  const result = await evaluate(...args);
  expect(result.code).toBe(2);
  expect(result.stderr).toContain(text);
});

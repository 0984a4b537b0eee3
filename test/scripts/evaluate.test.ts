import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CHUNK_SIZE } from '../../src/knowledge/chunk.ts';
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
  expect(result.code).toBe(0);
  expect(result.stderr).toMatch(/^questions\.jsonl, line 4: not JSON \(.*\); left out\n$/);
  expect(JSON.parse(result.stdout)).toMatchObject({
    ...{ skipped: 1, unknownGold: [], seed: 1, resamples: 1_000 },
    verdict: { fixRetrievalFirst: true },
    setting: { configuration: 'words', pages: 2, chunk: CHUNK_SIZE },
  });
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

function writeQuestions(rows: object[]): string[] {
  writeFileSync(join(folder, 'questions.jsonl'), rows.map((row) => JSON.stringify(row)).join('\n'));
  return ['retrieval', '--knowledge', 'pages', '--dataset', 'questions.jsonl'];
}

test('a report tells what a gate failed for, and a right page that is not there is named', async () => {
  const args = writeQuestions([
    { question: 'how do I get a refund', gold: ['billing/refunds.md'] },
    { question: 'zebra', gold: ['plans.md'] },
    { question: 'which plans', gold: ['plan.md'] },
  ]);
  const result = await evaluate(
    ...args,
    '--gate',
    'recall5=0.5',
    '--report',
    'out/r.html',
    '--date',
    '2026-01-02',
  );
  expect(result.code).toBe(1);
  expect(result.stderr).toContain('right page plan.md is not in the index');
  expect(result.stderr).toMatch(/Gate not met: .*questions, all: recall5 is 0\.333, under 0\.5/);
  expect(result.stdout).toContain('Fix retrieval before you blame the model.');
  const html = readFileSync(join(folder, 'out/r.html'), 'utf8');
  expect(html).toContain('2026-01-02');
  expect(html).toContain('zebra');
  expect((await evaluate(...args, '--gate', 'recall5=0.3')).code).toBe(0);
});

test('a row of a table is a page of its own, found by file and id', async () => {
  const rows = [
    'id,question,answer',
    '7,How do I pay?,By card.',
    '8,Where are invoices?,In the billing tab.',
  ];
  writeFileSync(join(folder, 'pages/faq.csv'), rows.join('\n'));
  const args = writeQuestions([{ question: 'invoices', gold: ['faq.csv#8'] }]);
  const { stdout } = await evaluate(...args, '--json');
  expect(JSON.parse(stdout)).toMatchObject({ kinds: { all: { n: 1, hit1: 1 } }, unknownGold: [] });
});

test('sizes of passages are compared on the same questions, the shipped one first', async () => {
  const text = Array.from({ length: 40 }, (_, at) => `Sentence ${at} speaks of invoices and of cards.`).join(
    ' ',
  );
  writeFileSync(join(folder, 'pages/long.md'), `# Long\n\n${text}\n`);
  const args = writeQuestions([{ question: 'invoices and cards', gold: ['long.md'] }]);
  const result = await evaluate(
    ...args,
    '--sweep',
    '--targets',
    `300,${CHUNK_SIZE.target}`,
    '--overlaps',
    '0,150',
    '--json',
  );
  const { configurations } = JSON.parse(result.stdout) as {
    configurations: { setting: { chunk: object; passages: number } }[];
  };
  expect(configurations.map(({ setting }) => setting.chunk)).toEqual([
    CHUNK_SIZE,
    { target: 300, overlap: 0 },
    { target: 300, overlap: 150 },
    { target: CHUNK_SIZE.target, overlap: 150 },
  ]);
  expect(configurations[1]?.setting.passages).toBeGreaterThan(configurations[0]?.setting.passages ?? 99);
});

test('a suite is prepared and every set of it judged with an index of its own', async () => {
  mkdirSync(join(folder, 'data/faq-webapps'), { recursive: true });
  const files = {
    'docs.jsonl': '{"id":"d1","question":"How do I cancel?","answer":"In the settings."}\n',
    'queries.jsonl': '{"id":"q1","text":"cancel my plan"}\n',
    'qrels.tsv': 'query-id\tcorpus-id\tscore\nq1\td1\t1\n',
  };
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(folder, 'data/faq-webapps', name), text);
  expect((await evaluate('prepare', '--data', 'data', '--to', 'suite')).stdout).toMatch(/^faq: in suite/);
  const { stdout, code } = await evaluate('retrieval', '--suite', 'suite', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ sets: { faq: { kinds: { faq: { n: 1, hit1: 1 } } } } });
  expect(code).toBe(0);
});

test.each([
  [[], 'Say what to evaluate'],
  [['retrieval', '--knowledge', 'pages', '--dataset', 'gone.jsonl'], 'gone.jsonl cannot be read'],
])('wrong usage %j is explained and exits with 2', async (args, text) => {
  const result = await evaluate(...args);
  expect(result.code).toBe(2);
  expect(result.stderr).toContain(text);
});

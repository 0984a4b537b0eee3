import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readJudgedQuestions } from '../../src/evaluation/judged-questions.ts';
import { prepareSuite } from '../../src/evaluation/prepare-suite.ts';
import { readSuite } from '../../src/evaluation/suite.ts';
import { HAS_DOCS, PAGES, WITHOUT_DOCS } from '../helpers/docs-railway.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-suite-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, content: string | object[]): void {
  const file = join(folder, 'data', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    typeof content === 'string' ? content : content.map((row) => `${JSON.stringify(row)}\n`).join(''),
  );
}

function prepare() {
  const sets = prepareSuite(join(folder, 'data'), join(folder, 'suite'));
  return sets.map(({ name }) => name);
}

function questionsOf(name: string) {
  const set = readSuite(join(folder, 'suite')).find((one) => one.name === name);
  return readJudgedQuestions(readFileSync(set?.dataset ?? '', 'utf8'));
}

function writeDocumentation(headingLine: number): void {
  write('docs-railway/pages/docs/a.md', '---\ntitle: A\n---\n# A\n\n## Can I pay later?\n\nYes.\n');
  write('docs-railway/questions.jsonl', [
    {
      id: 1,
      kind: 'own-heading',
      question: 'Can I pay later?',
      gold: ['docs/a.md'],
      heading_line: headingLine,
    },
    { id: 2, kind: 'anchor-text', question: 'paying some day', gold: ['docs/a.md'] },
  ]);
}

test('documentation becomes two sets: as it is, and without the lines that are the questions', () => {
  writeDocumentation(6);
  expect(prepare()).toEqual(['documentation', 'documentation-blanked']);
  const page = (set: string) => readFileSync(join(folder, 'suite', set, 'pages/docs/a.md'), 'utf8');
  expect(page('documentation')).toContain('## Can I pay later?\n\nYes.');
  expect(page('documentation-blanked')).toBe('---\ntitle: A\n---\n# A\n\n\n\nYes.\n');
  expect(questionsOf('documentation').questions).toHaveLength(2);
  expect(questionsOf('documentation-blanked')).toEqual({
    questions: [{ question: 'Can I pay later?', gold: ['docs/a.md'], kind: 'own-heading', thread: [] }],
    problems: [],
  });
});

test('a line that is no heading is never blanked', () => {
  writeDocumentation(8);
  expect(prepare).toThrow(/a\.md, line 8 is no heading/);
});

test('questions to rows of a table name their row, and those without a right page are left out', () => {
  write('faq-webapps/docs.jsonl', [{ id: 'd1', thread: 't', question: 'How?', answer: 'So.' }]);
  write('faq-webapps/queries.jsonl', [
    { id: 'q1', text: 'how so' },
    { id: 'q2', text: 'why' },
  ]);
  write('faq-webapps/qrels.tsv', 'query-id\tcorpus-id\tscore\nq1\td1\t1\n');
  write('rag-conversations/passages.jsonl', [{ id: 'p1', title: '', text: 'Ten a month.', domain: 'x' }]);
  const history = [
    { role: 'user', text: 'I am on Hobby.' },
    { role: 'agent', text: 'Fine.' },
  ];
  write('rag-conversations/tasks.jsonl', [
    { id: 'c1', answerability: 'ANSWERABLE', question: 'how many?', history },
  ]);
  write('rag-conversations/qrels.tsv', 'query-id\tcorpus-id\tscore\nc1\tp1\t1\n');
  expect(prepare()).toEqual(['faq', 'conversations']);
  expect(questionsOf('faq').questions).toEqual([
    { question: 'how so', gold: ['faq.jsonl#d1'], kind: 'faq', thread: [] },
  ]);
  const [asked] = questionsOf('conversations').questions;
  expect(asked).toMatchObject({
    gold: ['passages.jsonl#p1'],
    thread: [{ author: 'customer' }, { author: 'bot' }],
  });
  const [row] = readFileSync(join(folder, 'suite/conversations/pages/passages.jsonl'), 'utf8').split('\n');
  expect(JSON.parse(row ?? '')).toEqual({ id: 'p1', title: 'p1', text: 'Ten a month.' });
});

test('a folder without any of the data, and a suite that cannot be read, are explained', () => {
  expect(prepare).toThrow(/holds none of the folders docs-railway, faq-webapps, rag-conversations/);
  mkdirSync(join(folder, 'suite'));
  expect(() => readSuite(join(folder, 'suite'))).toThrow(/suite\.json cannot be read: .*evaluate -- prepare/);
  writeFileSync(join(folder, 'suite/suite.json'), '{"sets": [{"name": "x"}]}');
  expect(() => readSuite(join(folder, 'suite'))).toThrow(/knowledge/);
});

test.skipIf(!HAS_DOCS)(
  `every set of the real data has questions whose right pages are there${WITHOUT_DOCS}`,
  () => {
    prepareSuite(join(PAGES, '../..'), join(folder, 'suite'));
    for (const { name, knowledge, dataset } of readSuite(join(folder, 'suite'))) {
      const { questions, problems } = readJudgedQuestions(readFileSync(dataset, 'utf8'));
      expect(problems, name).toEqual([]);
      expect(questions.length, name).toBeGreaterThan(50);
      for (const { question, gold, kind } of questions) {
        const [file = '', id] = (gold[0] ?? '').split('#');
        const text = readFileSync(join(knowledge[0] ?? '', file), 'utf8');
        if (id !== undefined) expect(text).toContain(JSON.stringify(id));
        const heading = text.split('\n').some((line) => line.startsWith('#') && line.includes(question));
        if (name === 'documentation-blanked') expect(heading, question).toBe(false);
        if (name === 'documentation' && kind === 'own-heading') expect(text).toContain(question.slice(0, 8));
      }
    }
  },
);

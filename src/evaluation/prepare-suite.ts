import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ConfigError } from '../errors.ts';
import { readConversations } from './conversations.ts';
import { readDataFile } from './read-data-file.ts';
import { readLines } from './read-lines.ts';
import type { Targets } from './retrieval-report.ts';
import { SUITE_FILE, type SuiteFile } from './suite.ts';

type Row = Record<string, unknown>;
type PreparedSet = SuiteFile['sets'][number];

/** Makes one data set below `to`; nothing where its source is not there. */
type Prepare = (data: string, to: string) => PreparedSet[];

/**
 * nDCG@10 that a plain BM25 search over words and a small sentence model beside it reached on these data; a change
 * that goes below has lost something.
 */
const TARGETS: Record<string, Targets> = {
  documentation: { 'anchor-text': { words: { ndcg10: 0.76 }, meaning: { ndcg10: 0.81 } } },
  'documentation-blanked': {
    'own-heading': { words: { ndcg10: 0.75 }, meaning: { ndcg10: 0.81 } },
  },
  faq: { faq: { words: { ndcg10: 0.83 }, meaning: { ndcg10: 0.96 } } },
  conversations: { conversations: { words: { ndcg10: 0.91 }, meaning: { ndcg10: 0.95 } } },
};

const PREPARE: Record<string, Prepare> = {
  'docs-railway': prepareDocumentation,
  'faq-webapps': prepareFaq,
  'rag-conversations': prepareConversations,
};

const HEADING_QUESTION = z.looseObject({
  kind: z.string(),
  question: z.string(),
  gold: z.array(z.string()).min(1),
  heading_line: z.number().int().min(1).optional(),
});
const FAQ_DOC = z.object({ id: z.string(), question: z.string(), answer: z.string() });
const FAQ_QUERY = z.object({ id: z.string(), text: z.string() });
const PASSAGE = z.object({ id: z.string(), title: z.string(), text: z.string() });

/** Public data in the form that `evaluate` reads: pages or a table, and questions with their right pages. */
export function prepareSuite(data: string, to: string): PreparedSet[] {
  const there = Object.entries(PREPARE).filter(([name]) => existsSync(join(data, name)));
  if (there.length === 0) {
    throw new ConfigError([`--data: ${data} holds none of the folders ${Object.keys(PREPARE).join(', ')}`]);
  }
  const sets = there
    .flatMap(([name, prepare]) => prepare(join(data, name), to))
    .map((set) => ({ ...set, targets: TARGETS[set.name] }));
  writeFileSync(join(to, SUITE_FILE), `${JSON.stringify({ sets }, null, 2)}\n`);
  return sets;
}

function prepareDocumentation(data: string, to: string): PreparedSet[] {
  const rows = readLines(join(data, 'questions.jsonl'), HEADING_QUESTION);
  const toRow = ({ question, gold, kind }: (typeof rows)[number]) => ({ question, gold, kind });
  const headings = rows.filter(({ heading_line }) => heading_line !== undefined);
  for (const folder of ['documentation', 'documentation-blanked']) {
    cpSync(join(data, 'pages'), join(to, folder, 'pages'), { recursive: true });
  }
  for (const { question, gold, heading_line } of headings) {
    for (const page of gold) {
      blankHeading(join(to, 'documentation-blanked/pages', page), heading_line ?? 0, question);
    }
  }
  writeRows(to, 'documentation/questions.jsonl', rows.map(toRow));
  writeRows(to, 'documentation-blanked/questions.jsonl', headings.map(toRow));
  return [
    setOf('documentation', 'documentation', 'pages'),
    setOf('documentation-blanked', 'documentation-blanked', 'pages'),
  ];
}

/** Without the line that is the question, word for word, what is left to find is its answer. */
function blankHeading(file: string, line: number, question: string): void {
  const lines = readFileSync(file, 'utf8').split('\n');
  const text = lines[line - 1] ?? '';
  if (!/^\s*#/.test(text)) {
    throw new ConfigError([`${file}, line ${line} is no heading, so it cannot be "${question}"`]);
  }
  lines[line - 1] = '';
  writeFileSync(file, lines.join('\n'));
}

function prepareFaq(data: string, to: string): PreparedSet[] {
  const gold = readQrels(join(data, 'qrels.tsv'));
  const queries = readLines(join(data, 'queries.jsonl'), FAQ_QUERY);
  writeRows(to, 'faq/pages/faq.jsonl', readLines(join(data, 'docs.jsonl'), FAQ_DOC));
  const rows = queries.map(({ id, text }) => ({
    question: text,
    gold: (gold.get(id) ?? []).map((doc) => `faq.jsonl#${doc}`),
    kind: 'faq',
  }));
  writeRows(to, 'faq/questions.jsonl', rows.filter(hasGold));
  return [setOf('faq', 'faq', 'pages')];
}

function prepareConversations(data: string, to: string): PreparedSet[] {
  const passages = readLines(join(data, 'passages.jsonl'), PASSAGE);
  writeRows(
    to,
    'conversations/pages/passages.jsonl',
    passages.map(({ id, title, text }) => ({ id, title: title === '' ? id : title, text })),
  );
  const rows = readConversations(data).map(({ question, thread, gold }) => ({
    question,
    gold: gold.map((passage) => `passages.jsonl#${passage}`),
    kind: 'conversations',
    thread,
  }));
  writeRows(to, 'conversations/questions.jsonl', rows.filter(hasGold));
  return [setOf('conversations', 'conversations', 'pages')];
}

function setOf(name: string, folder: string, pages: string): PreparedSet {
  return { name, knowledge: [join(folder, pages)], dataset: join(folder, 'questions.jsonl') };
}

/** Right documents by question, from a table with a head. */
function readQrels(file: string): Map<string, string[]> {
  const gold = new Map<string, string[]>();
  for (const line of readDataFile(file).trim().split('\n').slice(1)) {
    const [query = '', doc = ''] = line.trim().split('\t');
    gold.set(query, [...(gold.get(query) ?? []), doc]);
  }
  return gold;
}

function hasGold({ gold }: { gold: string[] }): boolean {
  return gold.length > 0;
}

function writeRows(to: string, path: string, rows: Row[]): void {
  const file = join(to, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}

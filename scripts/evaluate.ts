import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { toError } from '../src/errors.ts';
import { type JudgedQuestion, readJudgedQuestions } from '../src/evaluation/judged-questions.ts';
import { readTexts } from '../src/evaluation/read-texts.ts';
import { distinctPages, measureRetrieval, type RetrievalFigures } from '../src/evaluation/retrieval.ts';
import { createMarkdownSource } from '../src/knowledge/load-markdown.ts';
import { createSearch, type Search } from '../src/knowledge/search.ts';
import { runCommand, UsageError } from './command-line.ts';
import { withIndexAside } from './index-aside.ts';

const HELP = `npm run evaluate -- retrieval --knowledge FOLDER --dataset FILE [--json]
Judges search alone: indexes a folder aside, asks every question of the data set, and compares the pages found with
the right ones. The index of the bot is neither read nor changed.

  --knowledge  folder of Markdown pages; may be given several times
  --dataset    JSON Lines: {"question": "…", "gold": ["path inside the folder"], "kind": "optional"};
               optional too: "thread": [{"author": "customer" | "staff" | "bot", "text": "…"}], oldest first
  --json       print the figures as JSON
  --help       this text
Exit code: 0 done, 1 failed, 2 wrong usage.`;

/** Passages asked for, so that ten different pages are among them. */
const PASSAGES = 60;

runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      knowledge: { type: 'string', multiple: true },
      dataset: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const [what, ...more] = positionals;
  if (what !== 'retrieval' || more.length > 0) throw new UsageError(`Say what to evaluate.\n\n${HELP}`);
  if (!values.knowledge || values.dataset === undefined) {
    throw new UsageError(`Both --knowledge and --dataset are needed.\n\n${HELP}`);
  }
  const questions = readDataset(values.dataset);
  const kinds = await withIndexAside(createMarkdownSource(values.knowledge), (index) =>
    // Every passage counts here: when to stay silent is another question.
    judge(createSearch({ index, threshold: 0 }), questions),
  );
  console.log(values.json ? JSON.stringify({ kinds }) : describe(kinds));
  return 0;
});

function readDataset(file: string): JudgedQuestion[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`--dataset: ${file} cannot be read: ${toError(error).message}`);
  }
  const { questions, problems } = readJudgedQuestions(text);
  for (const problem of problems) process.stderr.write(`${file}, ${problem}; left out\n`);
  if (questions.length === 0) throw new UsageError(`--dataset: ${file} holds no question`);
  return questions;
}

async function judge(search: Search, questions: JudgedQuestion[]): Promise<Record<string, RetrievalFigures>> {
  const byKind = new Map<string, { ranked: string[]; gold: string[] }[]>();
  for (const { question, thread, gold, kind } of questions) {
    const { passages } = await search(await readTexts(question, thread), PASSAGES);
    byKind.set(kind, [...(byKind.get(kind) ?? []), { ranked: distinctPages(passages), gold }]);
  }
  return Object.fromEntries(Array.from(byKind, ([kind, judged]) => [kind, measureRetrieval(judged)]));
}

function describe(kinds: Record<string, RetrievalFigures>): string {
  const head = ['kind', 'n', 'nDCG@10', 'MRR@10', 'hit@1', 'hit@5', 'P@3', 'R@3', 'P@5', 'R@5'];
  const rows = Object.entries(kinds).map(([kind, { n, ...figures }]) => [
    kind,
    String(n),
    ...Object.values(figures).map((figure) => figure.toFixed(3)),
  ]);
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => row[at]?.length ?? 0)));
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
        .join('  '),
    )
    .join('\n');
}

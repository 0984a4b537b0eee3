import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { thresholdLosing } from '../src/evaluation/abstention.ts';
import { drawAbstention } from '../src/evaluation/abstention-picture.ts';
import { describeAbstention, measureAbstention, toLine } from '../src/evaluation/abstention-report.ts';
import {
  type CalibrationCorpus,
  type CalibrationQuestion,
  readCalibrationCorpora,
  SET_WEIGHTS,
} from '../src/evaluation/calibration-sets.ts';
import { readTexts } from '../src/evaluation/read-texts.ts';
import { readQueryWords } from '../src/knowledge/query-words.ts';
import type { KnowledgeIndex } from '../src/ports.ts';
import { calibrateRelevance } from '../src/training/calibrate-relevance.ts';
import type { RelevanceRow } from '../src/training/fit-relevance.ts';
import { runCommand, UsageError } from './command-line.ts';
import { withIndexAside } from './index-aside.ts';

const HELP = `npm run calibrate -- --data FOLDER [--write] [--json]
Fits when a question counts as answered by the knowledge base, and says how good that is. Every figure is
cross-validated: a question is scored by weights that have not seen its conversation. The same data give the same
weights. The index of the bot is neither read nor changed.

  --data       folder with rag-conversations, docs-railway, faq-webapps and out-of-scope
  --knowledge  folder of the sample knowledge (default: knowledge)
  --questions  questions it answers, JSON Lines {"question": "…", "gold": ["page"]} (default: examples/questions.jsonl)
  --write      write the weights, the table of docs/abstention.md and its picture
  --examples   print the conversations it gets wrong
  --json       print weights and figures as JSON
  --help       this text
Exit code: 0 done, 1 failed, 2 wrong usage.`;

const WEIGHTS = 'src/knowledge/relevance-weights.json';
const PICTURE = 'docs/pictures/abstention.svg';
const REPORT = 'docs/abstention.md';

/**
 * Of the answerable questions of a set at most this share may stay unanswered; a little less than the tenth that a
 * desk would put up with, because the next conversations are others.
 */
const MOST_LOST = 0.085;
/** Passages looked at for each question: the same as a search of eight. */
const CANDIDATES = 60;

interface Row extends RelevanceRow {
  question: CalibrationQuestion;
}

runCommand(async () => {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      knowledge: { type: 'string', default: 'knowledge' },
      questions: { type: 'string', default: 'examples/questions.jsonl' },
      write: { type: 'boolean', default: false },
      examples: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const { data, knowledge, questions } = values;
  if (data === undefined) throw new UsageError(`Give --data.\n\n${HELP}`);
  const rows: Row[] = [];
  for (const corpus of readCalibrationCorpora({ data, knowledge, questions })) {
    rows.push(...(await withIndexAside(corpus.source, (index) => askAll(index, corpus))));
  }
  const { weights, margins } = calibrate(rows);
  const judgedOf = (set: string) => judge(rows, margins, set);
  const figures = Object.keys(SET_WEIGHTS).map((set) => measureAbstention(set, judgedOf(set)));
  if (values.write) {
    writeFileSync(WEIGHTS, `${JSON.stringify(weights, null, 2)}\n`);
    mkdirSync(dirname(PICTURE), { recursive: true });
    writeFileSync(
      PICTURE,
      drawAbstention(Object.entries(DRAWN).map(([set, name]) => toLine(name, judgedOf(set)))),
    );
    writeTable(describeAbstention(figures));
  }
  console.log(values.json ? JSON.stringify({ weights, figures }) : describeAbstention(figures));
  if (values.examples) console.log(describeErrors(rows, margins));
  return 0;
});

/** The sets that are drawn, by the name in the picture. */
const DRAWN: Record<string, string> = {
  conversations: 'conversations',
  'documentation / off the subject': 'documentation, off-topic',
  'FAQ / off the subject': 'FAQ, off-topic',
  'sample knowledge / off the subject': 'sample knowledge, off-topic',
};

async function askAll(index: KnowledgeIndex, corpus: CalibrationCorpus): Promise<Row[]> {
  const size = (await index.active())?.passages ?? 0;
  const rows: Row[] = [];
  for (const question of corpus.questions) {
    const texts = await readTexts(question.question, question.thread);
    const isFollowUp = texts.some(({ weight }) => weight < 1);
    const asked = { words: readQueryWords(texts).words.length, isFollowUp, corpus: size };
    const found = await index.candidates({ texts, limit: CANDIDATES });
    const { set, group, answerable } = question;
    rows.push({ set, group, answerable, asked, found, question });
  }
  return rows;
}

/** Follow-ups by the conversations; first questions by the corpus whose customers' words are furthest from its own. */
function calibrate(rows: Row[]) {
  return calibrateRelevance(rows, {
    sets: SET_WEIGHTS,
    chooseTurn: (kind, evidence) => {
      const sets =
        kind === 'followUp' ? ['conversations'] : Object.keys(DRAWN).filter((set) => set !== 'conversations');
      const own = rows.map((row) => row.asked.isFollowUp === (kind === 'followUp'));
      return Math.min(
        ...sets.map((set) =>
          thresholdLosing(
            judge(
              rows.filter((_, at) => own[at]),
              evidence.filter((_, at) => own[at]),
              set,
            ),
            MOST_LOST,
          ),
        ),
      );
    },
  });
}

function judge(rows: Row[], scores: number[], set: string) {
  const of = (answerable: boolean) =>
    rows.flatMap((row, at) => (row.set === set && row.answerable === answerable ? [scores[at] ?? 0] : []));
  return { answerable: of(true), unanswerable: of(false) };
}

const TABLE = /(<!-- npm run calibrate -->\n)[\s\S]*?(\n<!-- end -->)/;

function writeTable(table: string): void {
  const text = readFileSync(REPORT, 'utf8');
  if (!TABLE.test(text))
    throw new Error(`${REPORT} has no place for the table; put back its two comment lines`);
  writeFileSync(
    REPORT,
    text.replace(TABLE, (_, before: string, after: string) => `${before}${table}${after}`),
  );
}

function describeErrors(rows: Row[], margins: number[]): string {
  const wrong = rows.flatMap((row, at) => {
    const margin = margins[at] ?? 0;
    if (row.set !== 'conversations' || margin > 0 === row.answerable) return [];
    return [{ margin, answerable: row.answerable, text: row.question.question }];
  });
  return wrong
    .sort((a, b) => a.margin - b.margin)
    .map(({ margin, answerable, text }) => `${margin.toFixed(2)}  ${answerable ? 'lost' : 'missed'}  ${text}`)
    .join('\n');
}

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { loadOfflineConfig, readEnvironment } from '../src/config.ts';
import { thresholdLosing } from '../src/evaluation/abstention.ts';
import { drawAbstention } from '../src/evaluation/abstention-picture.ts';
import {
  type AbstentionFigures,
  describeAbstention,
  measureAbstention,
  toLine,
} from '../src/evaluation/abstention-report.ts';
import {
  type CalibrationCorpus,
  type CalibrationQuestion,
  readCalibrationCorpora,
  SET_WEIGHTS,
} from '../src/evaluation/calibration-sets.ts';
import { readTexts } from '../src/evaluation/read-texts.ts';
import { findCandidates } from '../src/knowledge/find-candidates.ts';
import { createReadMeaning } from '../src/knowledge/meaning.ts';
import type { RelevanceWeights, SearchedBy } from '../src/knowledge/relevance.ts';
import type { Embedder, KnowledgeIndex } from '../src/ports.ts';
import { calibrateRelevance } from '../src/training/calibrate-relevance.ts';
import type { RelevanceRow } from '../src/training/fit-relevance.ts';
import { runCommand, UsageError } from './command-line.ts';
import { openEmbedder } from './evaluate/open-embedder.ts';
import { withIndexAside } from './index-aside.ts';

const HELP = `npm run calibrate -- --data FOLDER [--write] [--json]
Fits when a question counts as answered by the knowledge base, and says how good that is. Every figure is
cross-validated: a question is scored by weights that have not seen its conversation. The same data give the same
weights. The index of the bot is neither read nor changed.
Search by words alone is always calibrated; search by words and meaning where EMBEDDINGS and EMBEDDINGS_MODEL name an
embedder, and its weights hold for embedders like it.

  --data       folder with rag-conversations, docs-railway, faq-webapps and out-of-scope
  --knowledge  folder of the sample knowledge (default: knowledge)
  --questions  questions it answers, JSON Lines {"question": "…", "gold": ["page"]} (default: examples/questions.jsonl)
  --write      write the weights, the tables of docs/abstention.md and its picture
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
  const embedder = await openEmbedder(loadOfflineConfig(readEnvironment()));
  const calibrated: Partial<Record<SearchedBy, Calibrated>> = {};
  try {
    const corpora = readCalibrationCorpora({ data, knowledge, questions });
    calibrated.words = await calibrate('words', corpora, undefined);
    if (embedder) calibrated.meaning = await calibrate('meaning', corpora, embedder);
  } finally {
    await embedder?.close();
  }
  if (values.write) write(calibrated);
  console.log(values.json ? JSON.stringify(calibrated, withoutRows) : describe(calibrated, values.examples));
  return 0;
});

interface Calibrated {
  weights: RelevanceWeights;
  figures: AbstentionFigures[];
  rows: Row[];
  margins: number[];
}

async function calibrate(
  by: SearchedBy,
  corpora: CalibrationCorpus[],
  embedder: Embedder | undefined,
): Promise<Calibrated> {
  const rows: Row[] = [];
  for (const corpus of corpora) {
    const { source } = corpus;
    rows.push(...(await withIndexAside({ source, embedder }, (index) => askAll(index, corpus, embedder))));
  }
  const { weights, margins } = fitRows(by, rows);
  const figures = Object.keys(SET_WEIGHTS).map((set) => measureAbstention(set, judge(rows, margins, set)));
  return { weights, figures, rows, margins };
}

function write(calibrated: Partial<Record<SearchedBy, Calibrated>>): void {
  const weights = JSON.parse(readFileSync(WEIGHTS, 'utf8')) as Record<SearchedBy, RelevanceWeights>;
  for (const [by, one] of Object.entries(calibrated)) {
    weights[by as SearchedBy] = one.weights;
    writeTable(by, describeAbstention(one.figures));
  }
  writeFileSync(WEIGHTS, `${JSON.stringify(weights, null, 2)}\n`);
  const drawn = calibrated.meaning ?? calibrated.words;
  if (!drawn) return;
  const lines = Object.entries(DRAWN).map(([set, name]) =>
    toLine(name, judge(drawn.rows, drawn.margins, set)),
  );
  mkdirSync(dirname(PICTURE), { recursive: true });
  writeFileSync(PICTURE, drawAbstention(lines));
}

function describe(calibrated: Partial<Record<SearchedBy, Calibrated>>, examples: boolean): string {
  return Object.entries(calibrated)
    .map(([by, { figures, rows, margins }]) =>
      [
        `Searched by ${by}:`,
        describeAbstention(figures),
        ...(examples ? [describeErrors(rows, margins)] : []),
      ].join('\n'),
    )
    .join('\n\n');
}

function withoutRows(name: string, value: unknown): unknown {
  return name === 'rows' || name === 'margins' ? undefined : value;
}

/** The sets that are drawn, by the name in the picture. */
const DRAWN: Record<string, string> = {
  conversations: 'conversations',
  'documentation / off the subject': 'documentation, off-topic',
  'FAQ / off the subject': 'FAQ, off-topic',
  'sample knowledge / off the subject': 'sample knowledge, off-topic',
};

async function askAll(
  index: KnowledgeIndex,
  corpus: CalibrationCorpus,
  embedder: Embedder | undefined,
): Promise<Row[]> {
  const readMeaning = createReadMeaning(embedder);
  const rows: Row[] = [];
  for (const question of corpus.questions) {
    const texts = await readTexts(question.question, question.thread);
    const { candidates: found, asked } = await findCandidates({ index, readMeaning }, texts, {
      limit: CANDIDATES,
    });
    const { set, group, answerable } = question;
    rows.push({ set, group, answerable, asked, found, question });
  }
  return rows;
}

/** Follow-ups by the conversations; first questions by the corpus whose customers' words are furthest from its own. */
function fitRows(by: SearchedBy, rows: Row[]) {
  return calibrateRelevance(rows, {
    by,
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

function writeTable(by: string, table: string): void {
  const text = readFileSync(REPORT, 'utf8');
  const [begin, end] = [`<!-- npm run calibrate: ${by} -->\n`, '\n<!-- end -->'];
  const start = text.indexOf(begin) + begin.length;
  const stop = text.indexOf(end, start);
  if (start < begin.length || stop < 0)
    throw new Error(`${REPORT} has no place for the table of ${by}; put back its two comment lines`);
  writeFileSync(REPORT, text.slice(0, start) + table + text.slice(stop));
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

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Answering, createAnswering } from '../src/answering.ts';
import { loadOfflineConfig } from '../src/config.ts';
import { toError } from '../src/errors.ts';
import { readJudgedQuestions } from '../src/evaluation/judged-questions.ts';
import { DEFAULT_THRESHOLD } from '../src/knowledge/relevance.ts';
import { createSearch, type Search } from '../src/knowledge/search.ts';
import { countTokens } from '../src/local/model-double/prompt-cache.ts';
import { startModelDouble } from '../src/local/model-double/server.ts';
import { createLogger } from '../src/log.ts';
import { createPrompt } from '../src/pipeline/prompt.ts';
import { runCommand, UsageError } from './command-line.ts';
import { createReindexBar } from './progress.ts';

const HELP = `npm run tokens -- --knowledge FOLDER --dataset FILE [--limit N] [--json]
Measures how many input tokens of an answer are paid in full: those of the bot as it is, which caches its instructions
and sends short passages after them, against the plain layout, which sends instructions, examples, the best three
passages and the question all together each time. A model double on this machine is asked, so it costs nothing. Its
count is an estimate of one token for four characters, the same for both.

  --knowledge  folder, file or table of pages; may be given several times
  --dataset    JSON Lines with "question" and "gold", as for npm run evaluate
  --limit N    ask the first N questions alone (100)
  --json       print the figures as JSON
  --help       this text
Exit code: 0 done, 1 failed, 2 wrong usage.`;

const PROMPT_VERSION = 'v1';
const NAIVE_PASSAGES = 3;

/** Mean tokens of a question. */
interface Figures {
  questions: number;
  /** Questions whose answer could rest on passages; the others are sent without. */
  withPassages: number;
  /** Paid in full or for being written into the cache. */
  fresh: number;
  /** Read from the cache, for a tenth of the price. */
  cached: number;
  naive: number;
  /** Fresh tokens as a share of the naive layout's. */
  share: number;
}

runCommand(async () => {
  const { values } = parseArgs({
    options: {
      knowledge: { type: 'string', multiple: true },
      dataset: { type: 'string' },
      limit: { type: 'string', default: '100' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  if (!values.knowledge || values.dataset === undefined) {
    throw new UsageError(`Both --knowledge and --dataset are needed.\n\n${HELP}`);
  }
  const limit = requireLimit(values.limit);
  const questions = readDataset(values.dataset).slice(0, limit);
  const figures = await withAnswering(values.knowledge, (answering) => measure(answering, questions));
  console.log(values.json ? JSON.stringify(figures) : describe(figures));
  return 0;
});

function requireLimit(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new UsageError(`--limit ${text}: must be a whole number above 0`);
}

function readDataset(file: string): string[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`--dataset: ${file} cannot be read: ${toError(error).message}`);
  }
  const { questions, problems } = readJudgedQuestions(text);
  for (const problem of problems) process.stderr.write(`${file}, ${problem}; left out\n`);
  if (questions.length === 0) throw new UsageError(`--dataset: ${file} holds no question`);
  return questions.map(({ question }) => question);
}

/** The bot's own pipeline over an index aside, with a model double; all of it is gone afterwards. */
async function withAnswering<T>(knowledge: string[], work: (answering: Answering) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-tokens-'));
  const double = await startModelDouble();
  const config = loadOfflineConfig({
    ANTHROPIC_API_KEY: 'double',
    ANTHROPIC_BASE_URL: double.url,
    DATA_DIR: folder,
    KNOWLEDGE: knowledge.join(','),
    PROMPT_VERSION,
  });
  const bar = createReindexBar();
  const answering = await createAnswering(config, { log: createLogger({ level: 'warn' }) });
  try {
    const { failed } = await answering.reindex({ onProgress: bar.onProgress });
    bar.stop();
    for (const page of failed) process.stderr.write(`${page.source} ${page.reason}; left out\n`);
    return await work(answering);
  } finally {
    bar.stop();
    await answering.close();
    await double.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure({ answer, index }: Answering, questions: string[]): Promise<Figures> {
  const search = createSearch({ index, threshold: DEFAULT_THRESHOLD });
  const total = { withPassages: 0, fresh: 0, cached: 0, naive: 0 };
  for (const [at, text] of questions.entries()) {
    const asked = { id: String(at), text, channel: '', user: '', thread: [], mentioned: true };
    const { usage } = await answer(asked);
    if (usage === null) throw new Error(`The model double was not asked: ${text}`);
    total.fresh += usage.inputTokens + usage.cacheWriteTokens;
    total.cached += usage.cachedInputTokens;
    const { tokens, isAnswerable } = await countNaive(search, text);
    total.naive += tokens;
    total.withPassages += isAnswerable ? 1 : 0;
  }
  const mean = (sum: number) => Math.round(sum / questions.length);
  return {
    questions: questions.length,
    withPassages: total.withPassages,
    fresh: mean(total.fresh),
    cached: mean(total.cached),
    naive: mean(total.naive),
    share: Number((total.fresh / total.naive).toFixed(3)),
  };
}

/** Instructions, examples, passages and question in one user turn, and no cache. */
async function countNaive(search: Search, text: string): Promise<{ tokens: number; isAnswerable: boolean }> {
  const { passages, answerable } = await search([{ text, weight: 1 }], { limit: NAIVE_PASSAGES });
  const asked = { id: '', text, channel: '', user: '', thread: [], mentioned: true };
  const { system } = createPrompt(PROMPT_VERSION)(asked, []);
  const sources = passages.map((passage) => `# ${passage.title}\n\n${passage.text}`);
  const content = [system, ...sources, text].join('\n\n');
  const tokens = countTokens(JSON.stringify([[], '', [{ role: 'user', content }]]));
  return { tokens, isAnswerable: answerable };
}

function describe({ questions, withPassages, fresh, cached, naive, share }: Figures): string {
  return [
    `Input tokens of an answer, mean of ${questions} questions (${withPassages} with passages), about four characters each:`,
    `  as it is     ${String(fresh).padStart(6)} fresh, ${cached} from the cache`,
    `  plain layout ${String(naive).padStart(6)} fresh`,
    `  share        ${(share * 100).toFixed(1)} %`,
  ].join('\n');
}

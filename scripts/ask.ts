import { parseArgs } from 'node:util';
import type { Answering } from '../src/answering.ts';
import { toError } from '../src/errors.ts';
import type { Decision, Question } from '../src/pipeline/types.ts';
import { runCommand, UsageError } from './command-line.ts';
import { openAnswering } from './open-answering.ts';
import { createReindexBar } from './progress.ts';
import { type AskRow, readQuestions } from './questions.ts';

const HELP = `npm run ask -- "question" [--channel ID] [--json]
npm run ask -- --file questions.jsonl [--json]
Runs the whole pipeline without Slack and prints the decision. A file has one JSON object per line with "question",
and optionally "id", "channel", "user" and "thread": [{"author": "customer|staff|bot", "text": "…"}].
The index is built first when there is none.

  --channel ID   ask as in this channel, whose customer record is used
  --file FILE    ask all questions of a JSONL file in one process
  --json         print decisions as JSON, one per line
  --help         this text
Exit code: 0 done, 1 failed or a row of the file is bad, 2 wrong usage or configuration.`;

runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      channel: { type: 'string' },
      file: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const text = positionals.join(' ').trim();
  if ((text === '') === (values.file === undefined)) {
    throw new UsageError(`Give either a question or --file.\n\n${HELP}`);
  }
  const { rows, problems } =
    values.file === undefined
      ? { rows: [{ id: '1', question: text, thread: [] }], problems: [] }
      : readQuestions(values.file);
  const answering = await openAnswering();
  try {
    await ensureIndex(answering);
    for (const row of rows) {
      const decision = await ask(answering, { ...row, channel: row.channel ?? values.channel });
      const shown = values.file === undefined ? decision : { id: row.id, ...decision };
      console.log(values.json ? JSON.stringify(shown) : describe(row, decision));
    }
  } finally {
    await answering.close();
  }
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  return problems.length === 0 ? 0 : 1;
});

async function ensureIndex(answering: Answering): Promise<void> {
  if ((await answering.index.active()) !== undefined) return;
  const bar = createReindexBar();
  const result = await answering.reindex({ onProgress: bar.onProgress });
  bar.stop();
  for (const { source, reason } of result.failed) process.stderr.write(`not indexed: ${source} ${reason}\n`);
}

async function ask(answering: Answering, row: AskRow): Promise<Decision> {
  const channel = row.channel ?? '';
  const question: Question = {
    id: row.id,
    text: row.question,
    channel,
    user: row.user ?? '',
    thread: row.thread,
    mentioned: false,
    ...(await readAccount(answering, channel)),
  };
  return answering.answer(question);
}

/** A record that cannot be had is said in the decision, and costs nothing else. */
async function readAccount(
  answering: Answering,
  channel: string,
): Promise<Pick<Question, 'customer' | 'account'>> {
  try {
    const customer = await answering.customers.find({ channel });
    return { customer, account: customer === undefined ? 'none' : 'found' };
  } catch (error) {
    process.stderr.write(`no account data: ${toError(error).message}\n`);
    return { account: 'unavailable' };
  }
}

function describe(row: AskRow, decision: Decision): string {
  const body = decision.segments.map(({ text, cites }) => {
    const sources = cites.map((cite) => `    ↳ ${cite.title} ${cite.url ?? cite.source}`);
    return [text, ...sources].join('\n');
  });
  const ms = decision.steps.reduce((sum, step) => sum + step.ms, 0);
  return [
    `${row.question}\n→ ${decision.outcome} (${decision.category}, ${ms.toFixed(1)} ms)`,
    ...body,
    '',
  ].join('\n');
}

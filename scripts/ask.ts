import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Answering } from '../src/answering.ts';
import { toError } from '../src/errors.ts';
import type { Decision, Question } from '../src/pipeline/types.ts';
import { runCommand, UsageError } from './command-line.ts';
import { openAnswering } from './open-answering.ts';
import { createReindexBar } from './progress.ts';
import { ROW_ID, type Rows, readRows, reportBadRows } from './read-rows.ts';

const HELP = `npm run ask -- "question" [--channel ID] [--json]
npm run ask -- --file questions.jsonl [--json]
Runs the whole pipeline without Slack and prints the decision. A file has one JSON object per line with "question",
and optionally "id", "channel", "user" and "thread": [{"author": "customer|staff|bot", "text": "…"}].
The index is built first when there is none.

  --channel ID   ask as in this channel, whose customer record is used
  --file FILE    ask all questions of a JSONL file in one process
  --json         print decisions as JSON, one per line
  --help         this text
Exit code: 0 done, 1 failed or a row could not be read (the others are asked), 2 wrong usage or configuration.`;

const ROW = z.object({
  id: ROW_ID.optional(),
  question: z.string('must be a text').min(1, 'is empty'),
  channel: z.string('must be a text').optional(),
  user: z.string('must be a text').optional(),
  thread: z
    .array(
      z.object({
        author: z.enum(['customer', 'staff', 'bot'], 'must be customer, staff or bot'),
        text: z.string('must be a text'),
      }),
      'must be a list of {"author", "text"}',
    )
    .default([]),
});
type Row = z.infer<typeof ROW>;

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
  const read: Rows<Row> =
    values.file === undefined
      ? { rows: [{ line: 1, question: text, thread: [] }], problems: [] }
      : readRows(values.file, ROW);
  const answering = await openAnswering();
  try {
    await ensureIndex(answering);
    for (const row of read.rows) {
      const id = row.id ?? String(row.line);
      const decision = await ask(answering, { ...row, id, channel: row.channel ?? values.channel });
      const shown = values.file === undefined ? decision : { id, ...decision };
      console.log(values.json ? JSON.stringify(shown) : describe(row, decision));
    }
  } finally {
    await answering.close();
  }
  return reportBadRows(read, 'asked');
});

async function ensureIndex(answering: Answering): Promise<void> {
  if ((await answering.index.active()) !== undefined) return;
  const bar = createReindexBar();
  const result = await answering.reindex({ onProgress: bar.onProgress });
  bar.stop();
  for (const { source, reason } of result.failed) process.stderr.write(`not indexed: ${source} ${reason}\n`);
}

async function ask(answering: Answering, row: Row): Promise<Decision> {
  const channel = row.channel ?? '';
  const question: Question = {
    id: String(row.id),
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

function describe(row: Row, decision: Decision): string {
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

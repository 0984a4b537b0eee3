import { parseArgs } from 'node:util';
import { z } from 'zod';
import { triageMessage } from '../src/pipeline/triage/shipped-weights.ts';
import { runCommand, UsageError } from './command-line.ts';
import { ROW_ID, readRows, reportBadRows } from './read-rows.ts';

const HELP = `npm run triage -- --file messages.jsonl [--json]
Reads messages without a model: is it a refund demand, what is it about, in what mood, does it try to steer the bot.
The file has one JSON object per line with "id" and "text".

  --file FILE  the messages
  --json       one JSON object per line: {id, refundDemand: {score, flagged}, category, sentiment,
               injection: {score, flagged}}; a score is 0 to 1, and from 0.5 on flagged
  --help       this text
Exit code: 0 done, 1 a row could not be read (the others are sorted), 2 wrong usage.`;

const ROW = z.object({ id: ROW_ID, text: z.string('must be a text') });

runCommand(async () => {
  const { values } = parseArgs({
    options: {
      file: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const { file } = values;
  if (file === undefined) throw new UsageError(`--file is missing.\n\n${HELP}`);
  const read = readRows(file, ROW);
  for (const row of read.rows) console.log(triageRow(row, values.json));
  return reportBadRows(read, 'sorted');
});

function triageRow({ id, text }: z.infer<typeof ROW>, asJson: boolean): string {
  const { kind, refundDemand, category, sentiment, injection } = triageMessage(text);
  if (asJson) {
    return JSON.stringify({
      id,
      refundDemand: { score: refundDemand.score, flagged: refundDemand.flagged },
      category,
      sentiment,
      injection: { score: injection.score, flagged: injection.flagged },
    });
  }
  const reasons = [...refundDemand.reasons, ...injection.reasons];
  return `${id}: ${kind}, ${category}, ${sentiment}${reasons.length > 0 ? ` (${reasons.join('; ')})` : ''}`;
}

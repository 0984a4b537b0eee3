import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { toError } from '../src/errors.ts';
import { triageMessage } from '../src/pipeline/triage/shipped-weights.ts';
import { runCommand, UsageError } from './command-line.ts';

const HELP = `npm run triage -- --file messages.jsonl [--json]
Reads messages without a model: is it a refund demand, what is it about, in what mood, does it try to steer the bot.
The file has one JSON object per line with "id" and "text".

  --file FILE  the messages
  --json       one JSON object per line: {id, refundDemand: {score, flagged}, category, sentiment,
               injection: {score, flagged}}; a score is 0 to 1, and from 0.5 on flagged
  --help       this text
Exit code: 0 done, 1 a row of the file is bad, 2 wrong usage.`;

const ROW = z.object({ id: z.union([z.string(), z.number()]), text: z.string() });

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
  let bad = 0;
  readLines(file).forEach((line, index) => {
    if (line.trim() === '') return;
    try {
      console.log(triageRow(ROW.parse(JSON.parse(line)), values.json));
    } catch (error) {
      bad += 1;
      process.stderr.write(`${file}:${index + 1}: ${reasonOf(error)}\n`);
    }
  });
  if (bad > 0) process.stderr.write(`${bad} bad ${bad === 1 ? 'row' : 'rows'} left out.\n`);
  return bad === 0 ? 0 : 1;
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

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch (error) {
    throw new UsageError(`--file: ${file} cannot be read: ${toError(error).message}`);
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof z.ZodError)) return `not a JSON object (${toError(error).message})`;
  return error.issues.map((issue) => `"${issue.path.join('.')}" ${issue.message}`).join('; ');
}

import { parseArgs } from 'node:util';
import { z } from 'zod';
import { scoreSupport } from '../src/pipeline/verification/support.ts';
import { runCommand, UsageError } from './command-line.ts';
import { ROW_ID, readRows, reportBadRows } from './read-rows.ts';

const HELP = `Says for each claim whether its passages carry it. Works offline.

Usage: npm run verify -- --file claims.jsonl [--json]

  --file FILE  one JSON object per line: {"id": "1", "claim": "…", "passages": ["…", "…"]}
  --json       print one JSON object per line: {"id", "score", "supported", "reasons"}
               (score 0 to 1, higher is better supported)
  --help       this text

Exit: 0 done, 1 a row could not be read (the others are judged), 2 wrong usage.`;

const ROW = z.object({
  id: ROW_ID,
  claim: z.string('must be a text'),
  passages: z.array(z.string('must be a text'), 'must be a list of texts'),
});

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
  if (values.file === undefined) throw new UsageError(`Give --file.\n\n${HELP}`);
  const read = readRows(values.file, ROW);
  for (const row of read.rows) printRow(row, values.json);
  return reportBadRows(read, 'judged');
});

function printRow(row: z.infer<typeof ROW>, json: boolean): void {
  const support = scoreSupport(row);
  if (json) console.log(JSON.stringify({ id: row.id, ...support }));
  else {
    const mark = support.supported ? 'supported    ' : 'not supported';
    console.log(
      `${mark} ${support.score.toFixed(3)}  ${row.id}${support.reasons.map((one) => `\n    ${one}`).join('')}`,
    );
  }
}

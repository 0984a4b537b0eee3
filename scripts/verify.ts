import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { type ClaimAndSources, scoreSupport } from '../src/pipeline/verification/support.ts';
import { runCommand, UsageError } from './command-line.ts';

const HELP = `Says for each claim whether its passages carry it. Works offline.

Usage: npm run verify -- --file claims.jsonl [--json]

  --file FILE  one JSON object per line: {"id": "1", "claim": "…", "passages": ["…", "…"]}
  --json       print one JSON object per line: {"id", "score", "supported", "reasons"}
               (score 0 to 1, higher is better supported)
  --help       this text

Exit: 0 done, 1 a row could not be read (the others are judged), 2 wrong usage.`;

interface Row extends ClaimAndSources {
  id: string | number;
}

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
  if (!existsSync(values.file)) throw new UsageError(`${values.file} does not exist.`);
  return judgeFile(values.file, values.json);
});

async function judgeFile(file: string, json: boolean): Promise<number> {
  let judged = 0;
  let bad = 0;
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    number++;
    if (line.trim() === '') continue;
    const row = readRow(line.replace(/^\uFEFF/, ''));
    if (typeof row === 'string') {
      bad++;
      process.stderr.write(`${file}:${number}: ${row}\n`);
      continue;
    }
    judged++;
    printRow(row, json);
  }
  if (bad > 0) process.stderr.write(`${judged} judged, ${bad} could not be read\n`);
  return bad > 0 ? 1 : 0;
}

function printRow(row: Row, json: boolean): void {
  const support = scoreSupport(row);
  if (json) console.log(JSON.stringify({ id: row.id, ...support }));
  else {
    const mark = support.supported ? 'supported    ' : 'not supported';
    console.log(
      `${mark} ${support.score.toFixed(3)}  ${row.id}${support.reasons.map((one) => `\n    ${one}`).join('')}`,
    );
  }
}

/** The row, or what is wrong with it. */
function readRow(line: string): Row | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return `not JSON (${error instanceof Error ? error.message : String(error)})`;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'not a JSON object';
  const { id, claim, passages } = value as Record<string, unknown>;
  if (typeof id !== 'string' && typeof id !== 'number') return '"id" must be a text or a number';
  if (typeof claim !== 'string') return '"claim" must be a text';
  if (!Array.isArray(passages) || !passages.every((one) => typeof one === 'string')) {
    return '"passages" must be a list of texts';
  }
  return { id, claim, passages };
}

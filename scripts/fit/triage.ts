import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { fitTriage, type TriageReport } from '../../src/training/fit-triage.ts';
import { readTriageRows } from '../../src/training/triage-rows.ts';
import type { Tally } from '../../src/training/triage-scores.ts';
import { UsageError } from '../command-line.ts';

const OWN_MESSAGES = 'test/golden/triage/own-messages.jsonl';
/** Name of the own messages in the report. */
const OWN = 'own messages';
const SHIPPED = 'src/pipeline/triage/weights.json';

const HELP = `npm run fit -- triage --data PATH [--data PATH …] [--out FILE] [--json]
Fits the classifiers of the offline triage and prints how well they judge messages they have not seen.
PATH is a folder with refund-demand/utterances.jsonl and sentiment/posts.jsonl, or a JSONL file of your own messages:
one object per line with "text" and "label" (refund_demand, refund_info, billing_problem, cancel_or_close, complaint,
human_request, other), "sentiment" (positive, neutral, negative), or both, and optionally "source".
The messages of ${OWN_MESSAGES} are always used as well.

  --data PATH  labelled messages; may be given several times
  --out FILE   where the weights go (default ${SHIPPED}); "none" only prints the figures
  --json       print the figures as JSON
  --help       this text
The same data gives the same weights. Exit code: 0 done, 1 a row of the data is bad, 2 wrong usage.`;

/** Returns the exit code. */
export async function runFitTriage(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      data: { type: 'string', multiple: true },
      out: { type: 'string', default: SHIPPED },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  if (values.data === undefined) throw new UsageError(`--data is missing.\n\n${HELP}`);
  const read = values.data.map(readTriageRows);
  const own = readTriageRows(OWN_MESSAGES);
  const problems = [...read, own].flatMap((one) => one.problems);
  const bar = new SingleBar({
    format: 'Fitting [{bar}] {value}/{total}',
    clearOnComplete: true,
    stream: process.stderr,
  });
  const { weights, report } = fitTriage(
    read.flatMap(({ rows }) => rows),
    own.rows,
    (done, total) => {
      if (!process.stderr.isTTY) return;
      if (done === 1) bar.start(total, done);
      else bar.update(done);
      if (done === total) bar.stop();
    },
  );
  if (values.out !== 'none') writeFileSync(values.out, `${JSON.stringify(weights, null, 2)}\n`);
  console.log(values.json ? JSON.stringify(report) : describe(report));
  if (values.out !== 'none')
    console.log(`Wrote ${values.out} (${Math.ceil(readFileSync(values.out).length / 1024)} KB).`);
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  if (problems.length > 0) process.stderr.write(`${problems.length} rows left out.\n`);
  return problems.length === 0 ? 0 : 1;
}

function describe(report: TriageReport): string {
  const { leftOut } = report;
  const recalls = Object.entries(leftOut).flatMap(([source, { recall }]) => (source === OWN ? [] : [recall]));
  const mean = recalls.reduce((sum, recall) => sum + recall, 0) / (recalls.length || 1);
  return [
    `${report.rows} labelled messages in ${report.groups} groups of near-twins; 5 folds, groups kept together`,
    `refund demands flagged    ${line(report.refund)}`,
    `  by the rules alone      ${line(report.refundRulesAlone)}`,
    `  escalated               ${line(report.escalated)}`,
    `refund demands, left out of the fit (mean recall of the sources ${percent(mean)})`,
    ...Object.entries(leftOut).map(([source, one]) => `  ${source}: ${line(one)}`),
    `labels        macro-F1 ${percent(report.labels.macro)}  ${list(report.labels.byLabel)}`,
    `  own messages, left out  ${percent(report.ownLabels.macro)}  ${list(report.ownLabels.byLabel)}`,
    `sentiment     macro-F1 ${percent(report.sentiment.macro)}  ${list(report.sentiment.byLabel)}`,
    `thresholds: message ${report.thresholds.message}, sentence of a mail ${report.thresholds.sentence}`,
  ].join('\n');
}

function percent(share: number): string {
  return share.toFixed(3);
}

function line({ recall, precision, missed, falseAlarms }: Tally): string {
  return `recall ${percent(recall)}  precision ${percent(precision)}  missed ${missed}  false alarms ${falseAlarms}`;
}

function list(shares: Record<string, number>): string {
  return Object.entries(shares)
    .map(([name, share]) => `${name} ${percent(share)}`)
    .join('  ');
}

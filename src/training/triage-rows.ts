import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readJsonLines } from '../json-lines.ts';
import { LABELS } from '../pipeline/triage/triage-message.ts';

/** A labelled message; a file may tell the label, the sentiment, or both. */
export interface TriageRow {
  text: string;
  label: string | undefined;
  sentiment: string | undefined;
  source: string;
}

export interface ReadRows {
  rows: TriageRow[];
  /** File, line and reason of each row that was left out. */
  problems: string[];
}

const SENTIMENTS = ['positive', 'neutral', 'negative'];
const TEXT = z
  .string({ error: 'is missing or empty' })
  .refine((text) => text.trim() !== '', 'is missing or empty');
const LABELLED = z.object({
  text: TEXT,
  label: z.string().optional(),
  sentiment: z.string().optional(),
  source: z.string().optional().catch(undefined),
});
type Labelled = z.infer<typeof LABELLED>;
const ROW = LABELLED.superRefine(checkLabels).transform(partMood);
const FILES = [join('refund-demand', 'utterances.jsonl'), join('sentiment', 'posts.jsonl')];

/** Reads a JSONL file of labelled messages, or the known files of a folder. */
export function readTriageRows(path: string): ReadRows {
  if (!existsSync(path)) return { rows: [], problems: [`${path}: no such file or folder`] };
  const files = statSync(path).isDirectory()
    ? FILES.map((file) => join(path, file)).filter(existsSync)
    : [path];
  if (files.length === 0) return { rows: [], problems: [`${path}: holds neither ${FILES.join(' nor ')}`] };
  const read = files.map(readFile);
  return { rows: read.flatMap(({ rows }) => rows), problems: read.flatMap(({ problems }) => problems) };
}

function readFile(file: string): ReadRows {
  const { rows, problems } = readJsonLines(readFileSync(file, 'utf8'), ROW);
  return {
    rows: rows.map(({ row }) => ({ ...row, source: row.source ?? file })),
    problems: problems.map(({ line, reason }) => `${file}:${line}: ${reason}`),
  };
}

function checkLabels(row: Labelled, context: z.RefinementCtx<Labelled>): void {
  const refuse = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
  const { label, sentiment } = row;
  if (label !== undefined && ![...LABELS, ...SENTIMENTS].some((known) => known === label)) {
    refuse(['label'], `must be one of ${LABELS.join(', ')}, not ${JSON.stringify(label)}`);
  }
  if (sentiment !== undefined && !SENTIMENTS.some((known) => known === sentiment)) {
    refuse(['sentiment'], `must be one of ${SENTIMENTS.join(', ')}, not ${JSON.stringify(sentiment)}`);
  }
  if (label === undefined && sentiment === undefined) refuse([], 'has neither "label" nor "sentiment"');
}

/** The sentiment set calls its one label "label" as well. */
function partMood({ label, sentiment, ...row }: Labelled) {
  const isMood = SENTIMENTS.some((known) => known === label);
  return { ...row, label: isMood ? undefined : label, sentiment: isMood ? label : sentiment };
}

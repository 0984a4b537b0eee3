import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
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
  const rows: TriageRow[] = [];
  const problems: string[] = [];
  readFileSync(file, 'utf8')
    .split('\n')
    .forEach((line, index) => {
      if (line.trim() === '') return;
      const row = readRow(line, file);
      if (typeof row === 'string') problems.push(`${file}:${index + 1}: ${row}`);
      else rows.push(row);
    });
  return { rows, problems };
}

function readRow(line: string, file: string): TriageRow | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'is not JSON';
  }
  const { text, label, sentiment, source } = (value ?? {}) as Record<string, unknown>;
  if (typeof text !== 'string' || text.trim() === '') return '"text" is missing or empty';
  // The sentiment set calls its one label "label" as well.
  const moodOnly = typeof label === 'string' && SENTIMENTS.includes(label);
  const mood = moodOnly ? label : sentiment;
  if (!moodOnly && label !== undefined && !LABELS.some((known) => known === label)) {
    return `"label" must be one of ${LABELS.join(', ')}, not ${JSON.stringify(label)}`;
  }
  if (mood !== undefined && !SENTIMENTS.some((known) => known === mood)) {
    return `"sentiment" must be one of ${SENTIMENTS.join(', ')}, not ${JSON.stringify(mood)}`;
  }
  if (label === undefined && mood === undefined) return 'has neither "label" nor "sentiment"';
  return {
    text,
    label: moodOnly ? undefined : (label as string | undefined),
    sentiment: mood as string | undefined,
    source: typeof source === 'string' ? source : file,
  };
}

import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { toError } from '../src/errors.ts';
import { UsageError } from './command-line.ts';

const ROW = z.object({
  id: z.coerce.string().optional(),
  question: z.string().min(1),
  channel: z.string().optional(),
  user: z.string().optional(),
  thread: z.array(z.object({ author: z.enum(['customer', 'staff', 'bot']), text: z.string() })).default([]),
});

export type AskRow = z.infer<typeof ROW> & { id: string };

/** Questions of a JSONL file in order. Bad rows are left out and named by file and line. */
export function readQuestions(file: string): { rows: AskRow[]; problems: string[] } {
  const rows: AskRow[] = [];
  const problems: string[] = [];
  readText(file)
    .split('\n')
    .forEach((line, index) => {
      if (line.trim() === '') return;
      const where = `${file}:${index + 1}`;
      try {
        const row = ROW.parse(JSON.parse(line));
        rows.push({ ...row, id: row.id ?? String(index + 1) });
      } catch (error) {
        problems.push(`${where}: ${reasonOf(error)}`);
      }
    });
  return { rows, problems };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`--file: ${file} cannot be read: ${toError(error).message}`);
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof z.ZodError)) return `not a JSON object (${toError(error).message})`;
  return error.issues.map((issue) => `"${issue.path.join('.')}" ${issue.message}`).join('; ');
}

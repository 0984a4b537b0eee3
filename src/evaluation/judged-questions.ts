import { z } from 'zod';
import { readJsonLines } from '../json-lines.ts';
import type { Turn } from '../pipeline/types.ts';

/** One line of a data set for retrieval. */
export interface JudgedQuestion {
  question: string;
  /** Right pages: the path inside the folder, or `path#id` for a row of a table file. */
  gold: string[];
  kind: string;
  /** Earlier messages of the conversation, oldest first. */
  thread: Turn[];
}

const LINE = z.object({
  question: z.string().trim().min(1),
  gold: z.array(z.string().min(1)).min(1),
  kind: z.string().min(1).default('all'),
  thread: z.array(z.object({ author: z.enum(['customer', 'staff', 'bot']), text: z.string() })).default([]),
});

/** Reads JSON Lines in order; a broken line is left out and named with its number. */
export function readJudgedQuestions(text: string): { questions: JudgedQuestion[]; problems: string[] } {
  const { rows, problems } = readJsonLines(text, LINE);
  return {
    questions: rows.map(({ row }) => row),
    problems: problems.map(({ line, reason }) => `line ${line}: ${reason}`),
  };
}

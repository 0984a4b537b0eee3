import { join } from 'node:path';
import { z } from 'zod';
import type { Page, PageSource } from '../knowledge/types.ts';
import type { Turn } from '../pipeline/types.ts';
import { createPageList } from './page-list.ts';
import { readDataFile } from './read-data-file.ts';
import { readLines } from './read-lines.ts';

/** A turn of a recorded conversation, and whether the documents answer it. */
export interface ConversationTask {
  id: string;
  /** Tasks of one conversation belong together. */
  conversation: string;
  answerability: string;
  question: string;
  thread: Turn[];
  /** Right passages; none where the documents say nothing. */
  gold: string[];
}

const TASK = z.object({
  id: z.string(),
  answerability: z.string(),
  question: z.string(),
  history: z.array(z.object({ role: z.enum(['user', 'agent']), text: z.string() })),
});
const PASSAGE = z.object({ id: z.string(), title: z.string(), text: z.string() });

/** `tasks.jsonl` and `qrels.tsv` of a folder. */
export function readConversations(folder: string): ConversationTask[] {
  const gold = new Map<string, string[]>();
  const [, ...judgements] = readDataFile(join(folder, 'qrels.tsv')).trim().split('\n');
  for (const line of judgements) {
    const [task = '', passage = ''] = line.split('\t');
    gold.set(task, [...(gold.get(task) ?? []), passage]);
  }
  return readLines(join(folder, 'tasks.jsonl'), TASK).map(({ id, answerability, question, history }) => ({
    id,
    conversation: id.split('<::>')[0] ?? id,
    answerability,
    question,
    thread: history.map(({ role, text }) => ({ author: role === 'user' ? 'customer' : 'bot', text })),
    gold: gold.get(id) ?? [],
  }));
}

/** `passages.jsonl` of a folder: every passage is a page of its own, found by its id. */
export function readConversationPages(folder: string): PageSource {
  const pages = readLines(join(folder, 'passages.jsonl'), PASSAGE).map(
    ({ id, title, text }): Page => ({
      source: id,
      title: title === '' ? id : title,
      url: undefined,
      updated: undefined,
      body: text,
      hash: id,
    }),
  );
  return createPageList(pages);
}

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { ConfigError } from '../errors.ts';
import type { Draft, LabelledPassage, Prompt, Question, Turn } from './types.ts';

/** A question longer than this is a pasted log; what it is about stands before it. */
const MAX_QUESTION_CHARS = 12_000;
/** About 1,500 tokens; a thread that never ends must not make answers ever dearer. */
const MAX_THREAD_CHARS = 6_000;

/** `sketch` is what a model said without sources; it is then to be corrected by them. */
export type AssemblePrompt = (question: Question, passages: LabelledPassage[], sketch?: Draft) => Prompt;

/** About 900 tokens: a third more held the right page of one question more in 171, and every answer pays for it. */
const MAX_PASSAGE_CHARS = 3_600;

/** The best passages whose text has room in a prompt together; the best one always. */
export function fitPassages<P extends { text: string }>(passages: P[]): P[] {
  let chars = 0;
  return passages.filter((passage, index) => {
    chars += passage.text.length;
    return index === 0 || chars <= MAX_PASSAGE_CHARS;
  });
}

/**
 * Loads one version of the prompt files. The system part is the same for every question, so that it can be
 * cached; everything that belongs to a request follows as labelled JSON, which no text inside can leave.
 */
export function createPrompt(version: string, knowledgeBase = ''): AssemblePrompt {
  const system = [readPromptFiles(version), knowledgeBase].filter((part) => part !== '').join('\n\n');
  const hash = createHash('sha256').update(system).digest('hex').slice(0, 16);
  return (question, passages, sketch) => ({
    version,
    system,
    hash,
    user: JSON.stringify({
      passages: passages.map(toData),
      customer: question.customer,
      thread: unlessEmpty(lastWords(question.thread)),
      question: cut(question.text, MAX_QUESTION_CHARS),
      sketch: sketch?.segments.map((segment) => segment.text),
    }),
  });
}

/** What is empty is left out: every answer pays for every name and bracket. */
function toData({ label, title, updated, headings, text }: LabelledPassage) {
  return { label, title, updated, headings: unlessEmpty(headings), text };
}

function unlessEmpty<T>(list: T[]): T[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** The end of the thread, as far back as there is room for it. */
function lastWords(thread: Turn[]): Turn[] {
  let room = MAX_THREAD_CHARS;
  const kept: Turn[] = [];
  for (const { author, text } of thread.toReversed()) {
    if (room <= 0) break;
    kept.unshift({ author, text: cut(text, room) });
    room -= text.length;
  }
  return kept;
}

function cut(text: string, maxChars: number): string {
  // Half a character would not be valid Unicode, which servers refuse.
  return text.length <= maxChars ? text : `${text.slice(0, maxChars).replace(/[\uD800-\uDBFF]$/, '')} …`;
}

/** All files of the version, in the order of their names. */
function readPromptFiles(version: string): string {
  if (!/^[\w.-]+$/.test(version) || version.startsWith('.')) throw unknownVersion(version);
  const folder = new URL(`./prompts/${version}/`, import.meta.url);
  try {
    const files = readdirSync(folder).filter((name) => name.endsWith('.md'));
    return files
      .sort()
      .map((name) => readFileSync(new URL(name, folder), 'utf8').trim())
      .join('\n\n');
  } catch {
    throw unknownVersion(version);
  }
}

function unknownVersion(version: string): ConfigError {
  return new ConfigError([
    `PROMPT_VERSION: there is no prompt "${version}"; name a folder of src/pipeline/prompts, such as v1`,
  ]);
}

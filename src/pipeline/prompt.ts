import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { ConfigError } from '../errors.ts';
import type { Draft, LabelledPassage, Prompt, Question } from './types.ts';

/** `sketch` is what a model said without sources; it is then to be corrected by them. */
export type AssemblePrompt = (question: Question, passages: LabelledPassage[], sketch?: Draft) => Prompt;

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
      customer: question.customer ?? null,
      thread: question.thread,
      question: question.text,
      ...(sketch === undefined ? {} : { sketch: sketch.segments.map((segment) => segment.text) }),
    }),
  });
}

function toData({ label, title, updated, headings, text }: LabelledPassage) {
  return { label, title, updated, headings, text };
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

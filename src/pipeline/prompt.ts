import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ConfigError } from '../errors.ts';
import type { LabelledPassage, Prompt, Question } from './types.ts';

export type AssemblePrompt = (question: Question, passages: LabelledPassage[]) => Prompt;

/**
 * Loads one version of the prompt files. The system part is the same for every question, so that it can be
 * cached; everything that belongs to a request follows as labelled JSON, which no text inside can leave.
 */
export function createPrompt(version: string): AssemblePrompt {
  const system = readPromptFile(version);
  const hash = createHash('sha256').update(system).digest('hex').slice(0, 16);
  return (question, passages) => ({
    version,
    system,
    hash,
    user: JSON.stringify({
      passages: passages.map(({ label, title, updated, headings, text }) => ({
        label,
        title,
        updated,
        headings,
        text,
      })),
      customer: question.customer ?? null,
      thread: question.thread,
      question: question.text,
    }),
  });
}

function readPromptFile(version: string): string {
  if (!/^[\w.-]+$/.test(version)) throw unknownVersion(version);
  try {
    return readFileSync(new URL(`./prompts/${version}/system.md`, import.meta.url), 'utf8');
  } catch {
    throw unknownVersion(version);
  }
}

function unknownVersion(version: string): ConfigError {
  return new ConfigError([
    `PROMPT_VERSION: there is no prompt "${version}"; name a folder of src/pipeline/prompts, such as v1`,
  ]);
}

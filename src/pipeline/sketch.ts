import type { Generate } from './generate.ts';
import type { AssemblePrompt } from './prompt.ts';
import type { Attempt, Draft, Question } from './types.ts';

/**
 * What the model says before it has seen a source, for the order draft-first: its words help the search, its tone
 * and order help the answer. None of its facts is shown before the sources have been asked.
 */
export function createSketch(parts: {
  prompt: AssemblePrompt;
  generate: Generate;
}): (question: Question) => Promise<{ draft: Draft; tried: Attempt[] }> {
  return (question) => parts.generate(question, [], parts.prompt(question, []));
}

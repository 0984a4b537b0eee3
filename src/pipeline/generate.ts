import type { LanguageModel } from '../ports.ts';
import type { Draft, LabelledPassage, Prompt, Question } from './types.ts';

export type Generate = (question: Question, passages: LabelledPassage[], prompt: Prompt) => Promise<Draft>;

/**
 * Has the model draft an answer within the time a customer is made to wait. Without a passage there is nothing it
 * could say that would stand, so it is not asked.
 */
export function createGenerate(model: LanguageModel, deadlineMs: number): Generate {
  return async (question, passages, prompt) => {
    if (passages.length === 0) return { model: model.name, segments: [], usage: null, costUsd: 0 };
    return model.draft({ question, passages, prompt, signal: AbortSignal.timeout(deadlineMs) });
  };
}

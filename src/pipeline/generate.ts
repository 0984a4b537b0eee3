import type { Clock } from '../ports.ts';
import type { Ladder } from './ladder.ts';
import type { Attempt, Draft, LabelledPassage, Prompt, Question } from './types.ts';

export type Generate = (
  question: Question,
  passages: LabelledPassage[],
  prompt: Prompt,
) => Promise<{ draft: Draft; tried: Attempt[] }>;

/**
 * Has the best model that answers draft a reply, in what is left of the time a customer is made to wait. A model is
 * asked without passages too: it still reads what the customer wants.
 */
export function createGenerate(ladder: Ladder, deadlineMs: number, clock: Clock): Generate {
  return (question, passages, prompt) =>
    ladder({ question, passages, prompt, deadline: (question.askedAt ?? clock.now()) + deadlineMs });
}

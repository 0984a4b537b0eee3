import { deskCategory } from './triage/desk-category.ts';
import { triageMessage } from './triage/shipped-weights.ts';
import type { Question, Triage } from './types.ts';

/** Triage without a model: what kind of message it is, before anything is searched. */
export function createTriage(): (question: Question) => Triage {
  return ({ text }) => {
    const { kind, category, sentiment, injection } = triageMessage(text);
    return {
      kind,
      category: kind === 'refund_demand' ? 'refund' : deskCategory(category, text),
      sentiment,
      steering: injection.flagged,
    };
  };
}

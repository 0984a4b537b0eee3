import { isChatter } from './triage/chatter-rules.ts';
import { scoreRefundDemand } from './triage/refund-demand.ts';
import type { Question, Triage } from './types.ts';

/** Triage without a model: what kind of message it is, before anything is searched. */
export function createTriage(): (question: Question) => Triage {
  return ({ text }) => {
    if (scoreRefundDemand(text).flagged) {
      return { kind: 'refund_demand', category: 'refund', sentiment: 'neutral' };
    }
    return { kind: isChatter(text) ? 'chatter' : 'question', category: 'other', sentiment: 'neutral' };
  };
}

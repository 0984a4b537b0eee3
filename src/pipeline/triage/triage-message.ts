import { isChatter } from './chatter-rules.ts';
import { createClassifier, mostLikely, type PackedModel, unpackModel } from './classifier.ts';
import { readFeatures } from './features.ts';
import { type InjectionReading, scoreInjection } from './injection-rules.ts';
import { createRefundDemand, type RefundDemand, type RefundThresholds } from './refund-demand.ts';
import { readRuleMarks } from './rule-marks.ts';
import { readMoodMarks } from './sentiment-words.ts';

/** Labels of the classifier, as the fitting data names them. */
export const LABELS = [
  'refund_demand',
  'refund_info',
  'billing_problem',
  'cancel_or_close',
  'complaint',
  'human_request',
  'other',
] as const;
export type Label = (typeof LABELS)[number];

/** The file `weights.json`, made by the fitting command. */
export interface TriageWeights {
  labels: PackedModel;
  sentiment: PackedModel;
  refundThresholds: RefundThresholds;
}

export interface TriagedMessage {
  kind: 'question' | 'refund_demand' | 'chatter';
  refundDemand: RefundDemand;
  category: Label;
  sentiment: 'positive' | 'neutral' | 'negative';
  injection: InjectionReading;
}

export type TriageMessage = (text: string) => TriagedMessage;

// What decides about a message stands at its beginning; a pasted log must not cost seconds.
const MAX_CHARACTERS = 8_000;

/** Reads a message without a model. Same text, same result; no clock, no network. */
export function createTriageMessage(weights: TriageWeights): TriageMessage {
  const classifyLabel = createClassifier(unpackModel(weights.labels));
  const classifyMood = createClassifier(unpackModel(weights.sentiment));
  const scoreRefundDemand = createRefundDemand(classifyLabel, weights.refundThresholds);
  return (whole) => {
    const text = whole.slice(0, MAX_CHARACTERS);
    const refundDemand = scoreRefundDemand(text);
    return {
      kind: refundDemand.escalates ? 'refund_demand' : isChatter(text) ? 'chatter' : 'question',
      refundDemand,
      category: mostLikely(classifyLabel(readFeatures(text, readRuleMarks(text)))) as Label,
      sentiment: mostLikely(
        classifyMood(readFeatures(text, readMoodMarks(text))),
      ) as TriagedMessage['sentiment'],
      injection: scoreInjection(text),
    };
  };
}

import type { Classify } from './classifier.ts';
import { readFeatures } from './features.ts';
import { fold } from './fold.ts';
import { type RuleReading, readRefundRules } from './refund-rules.ts';
import { readRuleMarks } from './rule-marks.ts';
import { readSentences } from './sentences.ts';

export interface RefundDemand {
  /** 0 to 1; 0.5 and more is flagged. */
  score: number;
  flagged: boolean;
  /**
   * Goes to a manager. Not every flagged message does: a person need not decide what the documentation answers
   * (policy, status, other people's refunds), nor what only the classifier saw, and faintly.
   */
  escalates: boolean;
  /** Why, in words for a manager. */
  reasons: string[];
}

export type ScoreRefundDemand = (text: string) => RefundDemand;

/** Shares of `refund_demand` from which the classifier flags: of a short message, and of one sentence of a mail. */
export interface RefundThresholds {
  message: number;
  sentence: number;
}

const FLAGGED_FROM = 0.5;
// Below it the classifier, left alone, takes "image retention policy" for a demand, as its threshold leans to recall.
const ESCALATED_FROM = 0.35;
/** Longer than this the classifier, which learned from short messages, reads sentence by sentence. */
const SHORT_MESSAGE_SENTENCES = 4;

/**
 * Whether money is asked back: rules in union with a classifier. Long mails count by their plainest sentence,
 * so that politeness around it hides nothing.
 */
export function createRefundDemand(classify: Classify, thresholds: RefundThresholds): ScoreRefundDemand {
  const share = (text: string) => classify(readFeatures(text, readRuleMarks(text))).refund_demand ?? 0;
  return (text) => {
    const sentences = readSentences(text);
    const isShort = sentences.length <= SHORT_MESSAGE_SENTENCES;
    const threshold = isShort ? thresholds.message : thresholds.sentence;
    const likeliest = isShort ? share(text) : Math.max(...sentences.map(share));
    return combine(readPlainest(sentences), likeliest, threshold);
  };
}

type Plainest = { tone: RuleReading['tone']; reasons: string[] };

const STRENGTH: Record<RuleReading['tone'], number> = { plain: 1, asked: 0.7, spoken: 0.3, silent: 0 };

function readPlainest(sentences: string[]): Plainest {
  let plainest: Plainest = { tone: 'silent', reasons: [] };
  for (const sentence of sentences) {
    const reading = readRefundRules(fold(sentence));
    if (STRENGTH[reading.tone] > STRENGTH[plainest.tone]) plainest = reading;
  }
  return plainest;
}

/** Either word suffices to flag; within flagged and unflagged both shape the order. */
function combine({ tone, reasons }: Plainest, share: number, threshold: number): RefundDemand {
  const asks = tone === 'plain' || tone === 'asked';
  const flagged = asks || share >= threshold;
  const order = (STRENGTH[tone] + share) / 2;
  const score = flagged ? FLAGGED_FROM + order / 2 : Math.min(order / 2, FLAGGED_FROM - 0.001);
  return {
    score: Math.round(score * 1000) / 1000,
    flagged,
    escalates: asks || (flagged && tone === 'silent' && share >= ESCALATED_FROM),
    reasons: flagged && !asks ? [...reasons, 'reads like a refund demand'] : reasons,
  };
}

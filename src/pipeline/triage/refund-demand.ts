import { fold } from './fold.ts';
import { type RuleReading, readRefundRules } from './refund-rules.ts';
import { readSentences } from './sentences.ts';

export interface RefundDemand {
  score: number;
  flagged: boolean;
  reasons: string[];
}

const THRESHOLD = 0.5;
const RULE_SCORES: Record<RuleReading['tone'], number> = { plain: 0.95, asked: 0.8, spoken: 0.2, silent: 0 };

/** Whether money is asked back. Long mails count by their plainest sentence, so politeness around it hides nothing. */
export function scoreRefundDemand(text: string): RefundDemand {
  let plainest = { score: 0, reasons: [] as string[] };
  for (const sentence of readSentences(text)) {
    const reading = readRefundRules(fold(sentence));
    const score = RULE_SCORES[reading.tone];
    if (score > plainest.score) plainest = { score, reasons: reading.reasons };
  }
  return { ...plainest, flagged: plainest.score >= THRESHOLD };
}

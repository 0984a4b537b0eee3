import { NO_DEMAND } from './no-demand-phrases.ts';
import { matchingReasons, strikeOut } from './phrase.ts';
import { ASKED, PLAIN } from './refund-phrases.ts';
import { mendSpelling } from './spelling.ts';

/** `plain`: money asked for in so many words; `asked`: put as a question; `spoken`: of refunds, without asking. */
export interface RuleReading {
  tone: 'plain' | 'asked' | 'spoken' | 'silent';
  reasons: string[];
}

// "I don't know how to get a refund" asks for one; its "don't" must not count as a refund not received.
const NOT_KNOWING =
  /\b(?:don't|dont|do not|didn't|not sure|no idea|unsure) (?:really )?(?:know )?(?:how|what|where|who)\b/gu;

/** Reads one folded sentence by patterns alone. */
export function readRefundRules(foldedSentence: string): RuleReading {
  const sentence = mendSpelling(foldedSentence).replace(NOT_KNOWING, 'how');
  const spoken = strikeOut(NO_DEMAND, sentence);
  const plain = matchingReasons(PLAIN, spoken.rest);
  if (plain.length > 0) return { tone: 'plain', reasons: plain };
  const asked = matchingReasons(ASKED, spoken.rest);
  if (asked.length > 0) return { tone: 'asked', reasons: asked };
  return { tone: spoken.reasons.length > 0 ? 'spoken' : 'silent', reasons: spoken.reasons };
}

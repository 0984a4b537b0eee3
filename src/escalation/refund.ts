import { createHash } from 'node:crypto';
import type { RefundCard } from '../conversation/content.ts';
import { canonicalJson } from '../store/canonical-json.ts';
import type { Escalation, RefundFacts } from '../store/escalations.ts';
import type { Amount } from './amount.ts';

/** More of the customer's words than this is not needed to decide, and a long text pushes the facts away. */
const MAX_WORDS_CHARS = 600;

/** Fixed wording: the customer learns the decision, and that people made it. */
const DECISION_LINE = {
  approved:
    'Good news: our team has approved your refund request. A colleague takes care of it from here and will reply in this thread if anything is needed.',
  denied:
    'Our team has looked at your refund request and cannot approve it. If you have questions about this decision, ask here and a colleague will reply.',
} as const;

/** Fixed wording for a request on which nobody decided in time. */
export const EXPIRED_LINE =
  'Our team has not come to a decision on your refund request yet. I have asked a colleague to get back to you in this thread.';

/** Fixed wording for a request that reached nobody: it takes back what the first line said. */
export const UNDELIVERED_LINE =
  'I could not pass your request on just now. Please ask your contact at our company directly; a person there will help.';

/** Fingerprint of what is decided on: the same demand, for the same amount, of the same customer in the same thread. */
export function digestOf(request: {
  channel: string;
  threadTs: string;
  customer: string;
  words: string;
  amount?: Amount | undefined;
}): string {
  return createHash('sha256').update(canonicalJson(request)).digest('hex');
}

export function quoteWords(words: string): string {
  if (words.length <= MAX_WORDS_CHARS) return words;
  const kept = words.slice(0, MAX_WORDS_CHARS).replace(/[\uD800-\uDBFF]$/, '');
  return `${kept.trimEnd()} …`;
}

export function decisionLine(verdict: 'approved' | 'denied'): string {
  return DECISION_LINE[verdict];
}

export function cardOf(
  escalation: { id: string; customer: string; facts: RefundFacts; digest?: string },
  state: RefundCard['state'],
  more: Pick<RefundCard, 'two' | 'frozen'> = {},
): RefundCard {
  const { facts } = escalation;
  return {
    escalationId: escalation.id,
    digest: escalation.digest,
    customer: { userId: escalation.customer, name: facts.customerName, record: facts.record },
    words: facts.words,
    steering: facts.steering,
    threadUrl: facts.threadUrl,
    amount: facts.amount,
    policy: facts.policy,
    ...more,
    state,
  };
}

/** Whether the request is still the one its fingerprint was taken of. */
export function isIntact({ channel, threadTs, customer, facts, digest }: Escalation): boolean {
  return digestOf({ channel, threadTs, customer, words: facts.words, amount: facts.amount }) === digest;
}

/** Outbox key of an escalation's card: how a reaction on a message leads back to the escalation. */
export const cardKey = (escalation: Pick<Escalation, 'id'>) => `card:${escalation.id}`;

export function escalationOfCardKey(key: string): string | undefined {
  return key.startsWith('card:') ? key.slice('card:'.length) : undefined;
}

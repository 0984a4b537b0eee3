import { type DeskData, readDeskData } from './desk-data.ts';
import { fillSchema } from './fill-schema.ts';
import { contentWords, type PickedSentence, pickSentences } from './pick-sentences.ts';
import type { Reply } from './reply.ts';
import type { MessagesRequest, Schema } from './wire.ts';

/** Below this the passages are about something else, and saying so is the better answer. */
const LEAST_FIT = 0.3;
/** With no more words of its own than this, a complaint does not say what it is about. */
const FEW_WORDS = 2;
const FEW_WORDS_OF_FOLLOW_UP = 3;

const DEMAND =
  /\b(?:refund (?:me|us|my|our|this|that|the)|(?:want|need|demand|request|give|get|like|expect|issue|process|send|owed?)\b.{0,40}\b(?:refund|money back|reimburse\w*|compensation|credit note)|money back|reimburse (?:me|us)|chargeback)\b/i;
/** Wants something that people decide about, and not money back. */
const CONCESSION =
  /\b(?:(?:give|want|need|deserve|offer) .{0,20}\b(?:discount|credit)|get .{0,10}\bfree (?:year|months?|seats?|upgrade))\b/i;
const ABOUT_POLICY = /\b(?:policy|policies|how (?:do|does|long|are)|what (?:is|are|happens)|do you offer)\b/i;
const CHATTER =
  /^[\W_]*(?:(?:many |great )?thanks?(?: you)?|thx|ok(?:ay)?|great|perfect|awesome|nice|cool|got it|will do|hi|hello|hey|good (?:morning|afternoon|evening)|bye|lol|congrat\w*|never mind)(?:[\s,!.]+(?:all|everyone|team|folks|so much|a lot|again|there|you|very much|for (?:the|your) (?:help|reply)|(?:that|it|this) (?:works?|worked|helps|helped)(?: now)?))*[\W_]*$/i;
const TROUBLE = /\b(?:work\w*|help|broken|problems?|issues?|errors?|stuck|fail\w*)\b/i;
const ANGER =
  /\b(?:unacceptable|ridiculous|terrible|awful|angry|furious|worst|disappointed|frustrat\w*|third time|fed up|scam)\b|!{2,}/i;
const JOY = /\b(?:love|great|awesome|thanks?|thank you|perfect|amazing|wonderful)\b/i;

const CATEGORIES: [string, RegExp][] = [
  ['refund', /\b(?:refund|money back|reimburse\w*|chargeback)\b/i],
  ['billing', /\b(?:invoice|bill\w*|charge[ds]?|price|plan|payment|card|vat|tax|seats?|subscription)\b/i],
  ['security', /\b(?:sso|saml|mfa|two-factor|2fa|security|gdpr|soc ?2|encrypt\w*)\b/i],
  ['incident', /\b(?:outage|down|incident|status page)\b/i],
  ['account', /\b(?:password|log ?in|sign ?in|e-?mail|account|member|invite|role)\b/i],
  ['technical', /\b(?:error|api|webhook|timeout|bug|fail\w*|import|export|integration|token|TM-\d+)\b/i],
  ['product', /\b(?:feature|dashboard|report|how (?:do|can|to)|where)\b/i],
];

type Outcome = 'answer' | 'clarify' | 'handover' | 'escalate' | 'silence';

/**
 * A model made of rules, to try the desk with: it answers with sentences of the passages word for word, escalates
 * demands for money, stays silent at small talk, asks when nothing is said, and hands over what it does not find.
 */
export function answerByScript(request: MessagesRequest): Reply {
  const schema = request.output_config?.format?.schema ?? request.tools?.[0]?.input_schema;
  const data = readDeskData(request);
  if (data?.passages !== undefined) return { answer: readAndAnswer(data) };
  if (data !== undefined && schema === undefined) return { text: standalone(data) };
  return { answer: fillSchema(schema ?? ({} as Schema)) };
}

function readAndAnswer(data: DeskData): Record<string, unknown> {
  const picked = pickSentences(understood(data), data.passages ?? []);
  const outcome = decide(data.question, picked);
  const wantsRefund = outcome === 'escalate' && DEMAND.test(data.question);
  return {
    kind: wantsRefund ? 'refund_demand' : outcome === 'silence' ? 'chatter' : 'question',
    addressed: outcome !== 'silence',
    category: CATEGORIES.find(([, pattern]) => pattern.test(data.question))?.[0] ?? 'other',
    sentiment: ANGER.test(data.question) ? 'negative' : JOY.test(data.question) ? 'positive' : 'neutral',
    language: 'en',
    outcome,
    segments: outcome === 'answer' ? writeSegments(picked) : [],
    clarifying_question:
      outcome === 'clarify' ? 'What were you doing when it happened, and what did you see?' : '',
    escalation: {
      needed: outcome === 'escalate',
      reason: outcome === 'escalate' ? 'The customer asks for something that a manager decides about.' : '',
    },
    missing_information: outcome === 'handover' ? ['The passages do not speak about this.'] : [],
    confidence: (picked[0]?.fit ?? 0) >= 0.6 ? 'high' : outcome === 'answer' ? 'medium' : 'low',
  };
}

function decide(question: string, picked: PickedSentence[]): Outcome {
  if (CHATTER.test(question)) return 'silence';
  const wants = DEMAND.test(question) || CONCESSION.test(question);
  if (wants && !ABOUT_POLICY.test(question)) return 'escalate';
  if (TROUBLE.test(question) && contentWords(question).length <= FEW_WORDS) return 'clarify';
  return (picked[0]?.fit ?? 0) >= LEAST_FIT ? 'answer' : 'handover';
}

function writeSegments(picked: PickedSentence[]): unknown[] {
  return picked.map(({ label, text, quotes }) => ({
    text: plain(text),
    cites: quotes.map((quote) => ({ label, quote })),
  }));
}

/** Without the marks of Markdown, as a customer reads it. */
function plain(quote: string): string {
  return quote.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/\*\*|__|`/g, '');
}

/** What is asked; one that says little by itself is about what was spoken of before. */
function understood(data: DeskData): string {
  return contentWords(data.question).length <= FEW_WORDS_OF_FOLLOW_UP ? standalone(data) : data.question;
}

/** A follow-up with what the customer spoke of before. */
function standalone({ question, thread }: DeskData): string {
  const before = thread.findLast(({ author }) => author === 'customer')?.text;
  return before === undefined ? question : `${before} ${question}`;
}

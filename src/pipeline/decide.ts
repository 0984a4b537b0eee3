import { holdsPromise } from './gate/holds-promise.ts';
import type {
  HandoverReason,
  LabelledPassage,
  Question,
  Reading,
  Ruling,
  Segment,
  Triage,
  Verdict,
  VerifiedSegment,
} from './types.ts';
import { isPlainQuestion } from './verification/plain-question.ts';

/** Everything the desk's decision rests on. */
export interface Case {
  question: Question;
  triage: Triage;
  /** How the model read the message; undefined when none did. */
  reading: Reading | undefined;
  verdict: Verdict;
  /** The passages that answer, best first. */
  passages: LabelledPassage[];
}

export type Decide = (facts: Case) => Ruling;

/** After this many questions of ours a person does better. */
const MAX_CLARIFICATIONS = 3;

/** Fixed wording: about money the bot never speaks in words of its own, and never promises. */
const REFUND_LINE =
  'I have passed your refund request to our team: a person will look at it and reply here with the decision.';
const HANDOVER_LINES: Record<HandoverReason, string> = {
  not_in_sources:
    'I could not find this in our documentation, so I have asked a colleague to take over. They will reply here in this thread.',
  needs_decision:
    'This is for a person to decide, so I have asked a colleague to take over. They will reply here in this thread.',
  held_back:
    'I would rather not answer this by myself, so I have asked a colleague to take over. They will reply here in this thread.',
};

/** The desk's decision tree. Order matters: money goes to people whatever else the message says. */
export function decide(facts: Case): Ruling {
  if (wantsRefund(facts)) return escalate(facts);
  if (asksNothing(facts)) return stayQuiet(facts);
  if (facts.reading?.escalation.needed) return handOver('needs_decision');
  const clarifying = facts.reading?.outcome === 'clarify' ? facts.reading.clarifyingQuestion.trim() : '';
  if (clarifying !== '') return clarify(facts, clarifying);
  if (facts.verdict.segments.length === 0) return handOver('not_in_sources');
  return answer(facts);
}

/** Either the rules or the model is enough: a demand that nobody sees costs more than a card too many. */
function wantsRefund({ triage, reading }: Case): boolean {
  return triage.kind === 'refund_demand' || reading?.kind === 'refund_demand';
}

/** Whoever names the bot gets an answer; else the model may see that nothing was asked where the rules did not. */
function asksNothing({ question, triage, reading }: Case): boolean {
  if (triage.kind === 'chatter') return true;
  if (question.mentioned || reading === undefined) return false;
  return reading.kind === 'chatter' || !reading.addressed;
}

function escalate({ passages }: Case): Ruling {
  return {
    outcome: 'escalate',
    segments: [{ text: REFUND_LINE, cites: policyOf(passages) }],
    escalation: { kind: 'refund' },
    resolution: 'a manager decides about the refund',
  };
}

/** The passage a manager will want to read beside the request: the nearest one found. */
function policyOf(passages: LabelledPassage[]): Segment['cites'] {
  const nearest = passages[0];
  return nearest
    ? [{ source: nearest.source, title: nearest.title, url: nearest.url, quote: nearest.text }]
    : [];
}

function stayQuiet({ triage, reading }: Case): Ruling {
  const reason =
    triage.kind === 'chatter' || reading?.kind === 'chatter'
      ? 'nothing was asked'
      : 'it is meant for somebody else';
  return { outcome: 'silence', segments: [], escalation: null, reason, resolution: 'none needed' };
}

function clarify({ question }: Case, text: string): Ruling {
  if ((question.clarifications ?? 0) >= MAX_CLARIFICATIONS) return handOver('not_in_sources');
  const known = { question: question.text, notes: question.customer?.notes };
  if (!isPlainQuestion(text, known) || holdsPromise([text]).held) return handOver('held_back');
  return {
    outcome: 'clarify',
    segments: [{ text, cites: [] }],
    escalation: null,
    resolution: 'the customer tells more',
  };
}

function handOver(reason: HandoverReason): Ruling {
  return {
    outcome: 'handover',
    segments: [{ text: HANDOVER_LINES[reason], cites: [] }],
    escalation: null,
    reason,
    resolution: 'a colleague answers',
  };
}

function answer({ verdict }: Case): Ruling {
  if (holdsPromise(verdict.segments.filter(isOurWords).map((segment) => segment.text)).held) {
    return handOver('held_back');
  }
  return {
    outcome: 'answer',
    segments: verdict.segments.map(({ text, cites }) => ({ text, cites })),
    escalation: null,
    resolution: 'answered from the sources',
  };
}

/** What a page says word for word is the company's published word, not a promise of the bot's. */
function isOurWords(segment: VerifiedSegment): boolean {
  return !segment.published;
}

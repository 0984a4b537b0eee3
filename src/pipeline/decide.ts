import type { LabelledPassage, Ruling, Segment, Triage, Verdict } from './types.ts';

export type Decide = (triage: Triage, verdict: Verdict, passages: LabelledPassage[]) => Ruling;

/** Fixed wording: about money the bot never speaks in words of its own, and never promises. */
const REFUND_LINE =
  'I have passed your refund request to our team: a person will look at it and reply here with the decision.';
const NOT_IN_SOURCES_LINE =
  'I could not find this in our documentation, so I have asked a colleague to take over. They will reply here in this thread.';

/** The desk's decision tree. Order matters: money goes to people whatever else the message says. */
export function decide(triage: Triage, verdict: Verdict, passages: LabelledPassage[]): Ruling {
  if (triage.kind === 'chatter') {
    return {
      outcome: 'silence',
      segments: [],
      escalation: null,
      reason: 'nothing was asked',
      resolution: 'none needed',
    };
  }
  if (triage.kind === 'refund_demand') {
    return {
      outcome: 'escalate',
      segments: [{ text: REFUND_LINE, cites: policyOf(passages) }],
      escalation: { kind: 'refund' },
      resolution: 'a manager decides about the refund',
    };
  }
  if (verdict.segments.length === 0) {
    return {
      outcome: 'handover',
      segments: [{ text: NOT_IN_SOURCES_LINE, cites: [] }],
      escalation: null,
      reason: 'not_in_sources',
      resolution: 'a colleague answers',
    };
  }
  return {
    outcome: 'answer',
    segments: verdict.segments,
    escalation: null,
    resolution: 'answered from the sources',
  };
}

/** The passage a manager will want to read beside the request: the best one found, if any is relevant. */
function policyOf(passages: LabelledPassage[]): Segment['cites'] {
  const best = passages[0];
  return best ? [{ source: best.source, title: best.title, url: best.url, quote: best.text }] : [];
}

import type { ReindexProgress, ReindexResult } from '../knowledge/types.ts';
import type { CustomerRecord, Segment } from '../pipeline/types.ts';

/** A refund card as the manager channel sees it. Facts come from records; only `words` are the customer's. */
export interface RefundCard {
  escalationId: string;
  customer: { userId: string; name: string; record: CustomerRecord | undefined };
  words: string;
  steering?: boolean | undefined;
  threadUrl: string | undefined;
  policy: { title: string; url: string | undefined; quote: string } | undefined;
  state:
    | { name: 'open' }
    | { name: 'approved' | 'denied'; by: string; at: number }
    | { name: 'held'; verdict: 'approved' | 'denied'; by: string; until: number };
}

export interface HomeFigures {
  openEscalations: { customer: string; url: string | undefined; openedAt: number }[];
  index: { version: string; pages: number; passages: number; builtAt: number } | undefined;
  lastDay: { questions: number; answered: number; handedOver: number; escalated: number };
  model: string;
}

/** Everything the bot can say, as facts. How it looks in Slack is `slack/views`' business. */
export type Content =
  | { kind: 'answer'; segments: Segment[]; note: string | undefined; feedbackId: string }
  | { kind: 'line'; text: string }
  | {
      kind: 'handover';
      question: string;
      reason: string;
      channel: string;
      threadUrl: string | undefined;
      customer: string;
      likely: { title: string; url: string | undefined }[];
    }
  | ({ kind: 'refund-card' } & RefundCard)
  | { kind: 'reindex-progress'; progress: ReindexProgress }
  | { kind: 'reindex-result'; result: ReindexResult }
  | { kind: 'reindex-failed'; reason: string }
  | { kind: 'home-staff'; figures: HomeFigures }
  | { kind: 'home-customer' };

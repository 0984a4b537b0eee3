import type { Amount, TwoNeeded } from '../escalation/amount.ts';
import type { SupersededBecause } from '../escalation/approval.ts';
import type { Freeze } from '../escalation/policy.ts';
import type { EmbedderHealth } from '../knowledge/embedder-health.ts';
import type { ReleaseStatus } from '../knowledge/release-status.ts';
import type { RolledBack } from '../knowledge/rollback.ts';
import type { ReindexProgress, ReindexResult } from '../knowledge/types.ts';
import type { CustomerRecord, Segment } from '../pipeline/types.ts';

/** A refund card as the manager channel sees it. Facts come from records; only `words` are the customer's. */
export interface RefundCard {
  escalationId: string;
  /** Fingerprint of the request: a button carries it back, so that a press is about what was shown. */
  digest?: string | undefined;
  customer: { userId: string; name: string; record: CustomerRecord | undefined };
  words: string;
  steering?: boolean | undefined;
  threadUrl: string | undefined;
  amount?: Amount | undefined;
  policy: { title: string; url: string | undefined; quote: string } | undefined;
  /** Why two people have to approve; undefined = one is enough. */
  two?: TwoNeeded | undefined;
  /** Why nothing can be decided in the channel as it is. */
  frozen?: Freeze | undefined;
  state:
    | { name: 'open'; approvedBy?: string[] | undefined }
    | {
        name: 'held';
        verdict: 'approved' | 'denied';
        by: string;
        secondedBy?: string | undefined;
        until: number;
        leftMs: number;
      }
    | {
        name: 'approved' | 'denied';
        by: string;
        secondedBy?: string | undefined;
        at: number;
        payment?: CardPayment | undefined;
      }
    | { name: 'expired'; at: number }
    | { name: 'superseded'; why: SupersededBecause };
}

export type CardPayment =
  | { name: 'due' }
  | { name: 'accepted'; at: number }
  /** `why` = what the webhook said; undefined when there is none. */
  | { name: 'by_hand'; why?: string | undefined }
  | { name: 'paid'; by: string; at: number };

/** What a page said when it was cited, and what it says now; `newer` is undefined when it says nothing like it. */
export interface PageChange {
  title: string;
  url: string | undefined;
  older: string;
  newer: string | undefined;
}

/** An answer whose pages say something else now, as staff see it. */
export interface RecallCard {
  recallId: string;
  channel: string;
  customer: string;
  /** In the customer's words. */
  question: string;
  threadUrl: string | undefined;
  changes: PageChange[];
  state:
    | { name: 'open' }
    | { name: 'sent' | 'left'; by: string; at: number }
    | { name: 'outdated' | 'unsendable'; why: string };
}

export interface HomeFigures {
  openEscalations: { customer: string; url: string | undefined; openedAt: number }[];
  index: { version: string; pages: number; passages: number; builtAt: number } | undefined;
  lastDay: { questions: number; answered: number; handedOver: number; escalated: number };
  /** How passages are found, and what is wrong with it. */
  search: EmbedderHealth;
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
  | ({ kind: 'recall-card' } & RecallCard)
  | { kind: 'correction'; changes: Omit<PageChange, 'older'>[] }
  | { kind: 'reindex-progress'; progress: ReindexProgress }
  | { kind: 'reindex-result'; result: ReindexResult }
  | { kind: 'reindex-failed'; reason: string }
  | { kind: 'reindex-plan'; result: ReindexResult }
  | { kind: 'reindex-status'; status: ReleaseStatus }
  | { kind: 'rolled-back'; rolledBack: RolledBack }
  | { kind: 'home-staff'; figures: HomeFigures }
  | { kind: 'home-customer' };

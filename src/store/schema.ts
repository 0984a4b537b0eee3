import type { ColumnType, Generated, Kysely, Transaction } from 'kysely';

/** A column that is written once and never updated. */
type Fixed<T> = ColumnType<T, T, never>;

/** Something Slack told us, stored before it is acknowledged. */
export interface InboxTable {
  id: Fixed<string>;
  kind: Fixed<string>;
  /** Slack's own id of the delivery: a redelivery has the same. */
  key: Fixed<string>;
  /** What it is about; `message` and `app_mention` of one post share it. Null when every delivery counts. */
  subject: Fixed<string | null>;
  /** Items of one lane are worked on one after another, in the order of `sort_ts`. */
  lane: Fixed<string>;
  sort_ts: Fixed<string>;
  body: Fixed<string>;
  state: 'ready' | 'leased' | 'done' | 'dead';
  attempts: number;
  lease_token: string | null;
  not_before: number;
  received_at: Fixed<number>;
  done_at: number | null;
  error: string | null;
}

/** Something we want Slack to show. Rows commit together with the state they tell of. */
export interface OutboxTable {
  id: Fixed<string>;
  /** Idempotency key: the same thing is enqueued once. */
  key: Fixed<string>;
  /** Rows of one lane are sent one after another. */
  lane: Fixed<string>;
  destination: Fixed<string>;
  content: string;
  /** Key of the row whose message this one edits. */
  edits: Fixed<string | null>;
  state: 'pending' | 'sending' | 'sent' | 'unknown' | 'dead';
  attempts: number;
  not_before: number;
  created_at: Fixed<number>;
  sent_at: number | null;
  channel: string | null;
  ts: string | null;
  error: string | null;
}

export interface ThreadsTable {
  channel: Fixed<string>;
  thread_ts: Fixed<string>;
  staff_spoke_at: number | null;
  handed_over_at: number | null;
  created_at: Fixed<number>;
}

export interface MessagesTable {
  channel: Fixed<string>;
  ts: Fixed<string>;
  thread_ts: Fixed<string>;
  user: Fixed<string>;
  role: Fixed<'customer' | 'staff' | 'bot'>;
  text: string;
  at: Fixed<number>;
}

export interface AnswersTable {
  id: Fixed<string>;
  channel: Fixed<string>;
  thread_ts: Fixed<string>;
  question_ts: Fixed<string>;
  outcome: Fixed<string>;
  /** The whole Decision. */
  decision: Fixed<string>;
  model: Fixed<string>;
  prompt_hash: Fixed<string>;
  index_version: Fixed<string | null>;
  cost_usd: Fixed<number | null>;
  created_at: Fixed<number>;
}

/** A span of a page that an answer rests on. */
export interface CitationsTable {
  id: Fixed<string>;
  answer_id: Fixed<string>;
  source: Fixed<string>;
  title: Fixed<string>;
  url: Fixed<string | null>;
  /** Whole sentences, verbatim, and the sentence behind them in the same paragraph. */
  text: Fixed<string>;
  next: Fixed<string>;
  /** SHA-256 over what the text says, however it looks. */
  hash: Fixed<string>;
  /** The passage, and where in it the span stood; null when the quote left out the markup. */
  passage: Fixed<string | null>;
  start_at: Fixed<number | null>;
  end_at: Fixed<number | null>;
  /** Where it was found last. */
  page: string;
  /** Hash of that page when it was looked at last; empty = there was none, null = never looked at. */
  checked: string | null;
  state: 'watched' | 'settled';
  created_at: Fixed<number>;
}

/** A card about an answer whose pages say something else now. */
export interface RecallsTable {
  id: Fixed<string>;
  answer_id: Fixed<string>;
  /** JSON of RecallFacts. */
  facts: Fixed<string>;
  digest: Fixed<string>;
  state: 'open' | 'sent' | 'left' | 'outdated' | 'unsendable';
  created_at: Fixed<number>;
  decided_at: number | null;
  decided_by: string | null;
}

export interface EscalationsTable {
  id: Fixed<string>;
  kind: Fixed<'refund'>;
  channel: Fixed<string>;
  thread_ts: Fixed<string>;
  customer: Fixed<string>;
  /** The card's facts, JSON of RefundFacts. */
  facts: Fixed<string>;
  /** SHA-256 over what is to be decided: a decision is bound to exactly this. */
  digest: Fixed<string>;
  state: 'open' | 'held' | 'approved' | 'denied' | 'expired' | 'superseded';
  held_verdict: 'approved' | 'denied' | null;
  /** When the held verdict counts. */
  held_until: number | null;
  /** When the countdown on the card is shown anew. */
  shown_again_at: number | null;
  /** Somebody works on what is due until then. */
  claimed_until: Generated<number>;
  /** Grows with every change, so that nobody writes over what they have not seen. */
  version: Generated<number>;
  /** Why the card says that nothing can be decided. */
  frozen: string | null;
  /** The customer as a whole, whose refunds are added up. */
  account: string | null;
  /** The message that asks for the refund. */
  question_ts: string | null;
  created_at: Fixed<number>;
  decided_at: number | null;
}

/** The votes that stand on a card. */
export interface BallotsTable {
  escalation_id: Fixed<string>;
  /** Their order. */
  place: Fixed<number>;
  user: Fixed<string>;
  /** Name of the emoji, or `button`. */
  source: Fixed<string>;
  verdict: Fixed<'approved' | 'denied'>;
}

/** What became of an approved refund. */
export interface PaymentsTable {
  escalation_id: Fixed<string>;
  state: 'due' | 'accepted' | 'by_hand' | 'paid';
  attempts: number;
  not_before: number;
  /** HTTP status of the last answer of the webhook, and the beginning of what it said. */
  status: number | null;
  answer: string | null;
  paid_by: string | null;
  created_at: Fixed<number>;
  done_at: number | null;
}

/** One row per escalation for ever: the primary key is what makes a decision happen once. */
export interface DecisionsTable {
  escalation_id: Fixed<string>;
  verdict: Fixed<'approved' | 'denied'>;
  decided_by: Fixed<string>;
  via: Fixed<'reaction' | 'button'>;
  decided_at: Fixed<number>;
  seconded_by: Fixed<string | null>;
  /** Of the request as it was decided on. */
  digest: Fixed<string | null>;
}

/** Hash chain: `hash` covers the row and the hash before it. */
export interface AuditTable {
  seq: Fixed<number>;
  at: Fixed<number>;
  actor: Fixed<string>;
  action: Fixed<string>;
  subject: Fixed<string>;
  detail: Fixed<string>;
  prev_hash: Fixed<string>;
  hash: Fixed<string>;
}

/** A scheduled slot is claimed by inserting its row, so it runs once however many instances there are. */
export interface JobRunsTable {
  job: Fixed<string>;
  slot: Fixed<string>;
  started_at: Fixed<number>;
  finished_at: number | null;
  result: string | null;
}

export interface SpendingTable {
  /** `YYYY-MM-DD` in UTC. */
  day: Fixed<string>;
  reserved_usd: number;
  spent_usd: number;
}

export interface FeedbackTable {
  answer_id: Fixed<string>;
  user: Fixed<string>;
  helpful: number;
  at: number;
}

export interface Schema {
  inbox: InboxTable;
  outbox: OutboxTable;
  threads: ThreadsTable;
  messages: MessagesTable;
  answers: AnswersTable;
  citations: CitationsTable;
  recalls: RecallsTable;
  escalations: EscalationsTable;
  decisions: DecisionsTable;
  ballots: BallotsTable;
  payments: PaymentsTable;
  audit: AuditTable;
  job_runs: JobRunsTable;
  feedback: FeedbackTable;
  spending: SpendingTable;
}

export type Database = Kysely<Schema>;
/** The database, or a transaction of it: every operation takes either. */
export type Db = Kysely<Schema> | Transaction<Schema>;

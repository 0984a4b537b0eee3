import type { Meaning } from '../knowledge/meaning.ts';
import type { FoundPassage } from '../knowledge/types.ts';

/** One message of the thread before the question. */
export interface Turn {
  author: 'customer' | 'staff' | 'bot';
  text: string;
}

/** What the desk knows of a customer; `notes` is internal and is never quoted. */
export interface CustomerRecord {
  name: string;
  tier: string;
  /** `YYYY-MM-DD` */
  joined: string;
  recentTickets: { id: string; title: string; status: string; updated: string; body?: string | undefined }[];
  incidents: string[];
  notes?: string | undefined;
}

/** A message put to the desk, with all the pipeline may know about it. */
export interface Question {
  id: string;
  text: string;
  channel: string;
  user: string;
  /** Earlier messages of the thread, oldest first. */
  thread: Turn[];
  /** The bot was named in the message. */
  mentioned: boolean;
  customer?: CustomerRecord | undefined;
  /** Whether there is a customer record; `unavailable` when it could not be looked up. */
  account?: Account | undefined;
  /** When the message reached us (ms); unset = now. The deadline counts from here. */
  askedAt?: number | undefined;
  /** Clarifying questions already put to the customer in this thread. */
  clarifications?: number | undefined;
}

export type Account = 'found' | 'none' | 'unavailable';

export const CATEGORIES = [
  'billing',
  'refund',
  'account',
  'technical',
  'product',
  'security',
  'incident',
  'other',
] as const;
export type Category = (typeof CATEGORIES)[number];
export type Sentiment = 'positive' | 'neutral' | 'negative';

/** What kind of message this is, decided before anything is searched. */
export interface Triage {
  kind: 'question' | 'refund_demand' | 'chatter';
  category: Category;
  sentiment: Sentiment;
  /** The message reads as if it wanted to steer the bot. Staff are told; it decides nothing by itself. */
  steering?: boolean | undefined;
}

/** The text sent to the model, and a hash that tells which prompt made an answer. */
export interface Prompt {
  version: string;
  /** The same bytes for every question, so that it can be cached. */
  system: string;
  /** Passages, customer record, thread and question as labelled data. */
  user: string;
  /** SHA-256 of the system part, first 16 hex digits. */
  hash: string;
}

/** A passage as the model sees it: S1, S2, … */
export interface LabelledPassage extends FoundPassage {
  label: string;
}

/** How the model itself read the message. It informs code and is never the last word where money is concerned. */
export interface Reading {
  kind: Triage['kind'];
  /** Whether the message is meant for the desk at all. */
  addressed: boolean;
  category: Category;
  sentiment: Sentiment;
  /** BCP 47, such as `en` or `pt-BR`. */
  language: string;
  /** What the model would do. */
  outcome: 'answer' | 'clarify' | 'handover' | 'escalate' | 'silence';
  /** Empty unless the outcome is `clarify`. */
  clarifyingQuestion: string;
  escalation: { needed: boolean; reason: string };
  /** What the sources do not say, though the question needs it. */
  missing: string[];
  confidence: 'low' | 'medium' | 'high';
}

export interface DraftSegment {
  text: string;
  cites: { label: string; quote: string }[];
}

/** Tokens of one or more calls. The three input figures do not overlap; their sum is the prompt. */
export interface Usage {
  inputTokens: number;
  /** Read from the prompt cache. */
  cachedInputTokens: number;
  /** Written to the prompt cache. */
  cacheWriteTokens: number;
  outputTokens: number;
}

/** One rung of the ladder: which model was tried and what came of it. */
export interface Attempt {
  model: string;
  outcome: 'answered' | 'failed' | 'skipped';
  /** Empty when it answered. */
  reason: string;
  ms: number;
}

/** What a model proposes. Nothing of it is shown before it is verified. */
export interface Draft {
  model: string;
  segments: DraftSegment[];
  /** Absent when the model does not read messages, as the extractive one. */
  reading?: Reading | undefined;
  usage: Usage | null;
  /** Null when the price of the model is unknown, never 0 for that reason. */
  costUsd: number | null;
}

/** A source as shown: text and link come from our store, never from the model. */
export interface Citation {
  source: string;
  title: string;
  url: string | undefined;
  quote: string;
}

export interface Segment {
  text: string;
  cites: Citation[];
}

/** What became of a draft when each segment was held against its quotes. */
/** A segment that stands; `published` when its text is that of the cited pages, word for word. */
export type VerifiedSegment = Segment & { published?: boolean | undefined };

export interface Verdict {
  segments: VerifiedSegment[];
  dropped: { text: string; reason: string }[];
}

/** Why a person has to take over. */
export type HandoverReason = 'not_in_sources' | 'needs_decision' | 'held_back';

/** What is to happen, decided by code. */
export type Ruling =
  | { outcome: 'answer'; segments: Segment[]; escalation: null; resolution: string }
  | { outcome: 'clarify'; segments: Segment[]; escalation: null; resolution: string }
  | { outcome: 'handover'; segments: Segment[]; escalation: null; reason: HandoverReason; resolution: string }
  | { outcome: 'escalate'; segments: Segment[]; escalation: { kind: 'refund' }; resolution: string }
  | { outcome: 'silence'; segments: []; escalation: null; reason: string; resolution: string };

export interface StepTime {
  name: 'triage' | 'sketch' | 'retrieve' | 'prompt' | 'generate' | 'verify' | 'decide';
  ms: number;
}

/** A ruling with everything that led to it; what `npm run ask -- --json` prints. */
export type Decision = Ruling & {
  category: Category;
  sentiment: Sentiment;
  passages: {
    id: string;
    source: string;
    title: string;
    url: string | undefined;
    score: number;
    relevance: number;
  }[];
  steps: StepTime[];
  usage: Usage | null;
  costUsd: number | null;
  /** The model whose draft it is, and what was tried before and after it. */
  model: string;
  tried: Attempt[];
  account: Account;
  /** The message reads as if it wanted to steer the bot; staff are told. */
  steering: boolean;
  promptVersion: string;
  promptHash: string;
  indexVersion: string | null;
  /** Whether the search compared meanings beside words; `unavailable` when the embedder did not answer. */
  meaning: Meaning;
  dropped: Verdict['dropped'];
};

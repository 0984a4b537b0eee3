/** What the core needs from outside, on one screen. Each port has at least two real implementations. */

import type { Content } from './conversation/content.ts';
import type { Amount } from './escalation/amount.ts';
import type { QueryTerm } from './knowledge/terms.ts';
import type { Passage } from './knowledge/types.ts';
import type { CustomerRecord, Draft, LabelledPassage, Prompt, Question } from './pipeline/types.ts';

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface LanguageModel {
  readonly name: string;
  /** Throws VendorRefused or VendorUnreachable; never returns a draft it made up because the model failed. */
  draft(request: {
    question: Question;
    passages: LabelledPassage[];
    prompt: Prompt;
    signal: AbortSignal;
  }): Promise<Draft>;
}

/** Turns texts into vectors of unit length. Texts of like meaning have a high scalar product. */
export interface Embedder {
  /**
   * Names the model and its exact weights, and is kept with every vector: vectors of different ids are never
   * compared, and another id means a new index.
   */
  readonly id: string;
  /**
   * One vector a text, in the same order, all of one length; models may treat what is asked and what is stored
   * differently. Throws VendorRefused or VendorUnreachable; a vector of zeros or of another length is an error too.
   */
  embed(texts: string[], purpose: 'query' | 'passage', signal?: AbortSignal): Promise<Float32Array[]>;
  /** How many of these passages are not known yet, and what they would cost; null = the price is unknown. */
  estimate?(texts: string[]): Promise<{ needed: number; costUsd: number | null }>;
  close(): Promise<void>;
}

/** What the index is asked: analysed words, and the same question as a vector where there is an embedder. */
export interface IndexQuery {
  terms: QueryTerm[];
  /** Of the embedder named in `active()`; without it words alone decide. */
  vector?: Float32Array | undefined;
  /** The customer whose own passages may be found beside everybody's; without it only everybody's are. */
  tenant?: string | undefined;
  limit: number;
}

/** A passage with the raw scores of the index; `knowledge/search.ts` makes one order of them. */
export interface Candidate {
  passage: Passage;
  /**
   * BM25 of the passage and of its whole page (see knowledge/bm25.ts), divided by what all words asked are worth, so
   * that scores of different questions compare; 0 = no word of the query in it.
   */
  chunkScore: number;
  pageScore: number;
  /** How far question and title of the page are about the same, 0 to 1; see knowledge/bm25.ts. */
  titleScore: number;
  /** Cosine of the query's vector with the passage's; undefined when either is missing. */
  similarity: number | undefined;
  /** How near its page as a whole is; see knowledge/page-similarity.ts. */
  pageSimilarity: number | undefined;
}

/** How a page looked when it was indexed. `stamp` changes whenever the file may have changed. */
export interface IndexedPage {
  source: string;
  hash: string;
  stamp: string;
}

export interface IndexChange {
  page: IndexedPage;
  passages: Passage[];
  /** One for each passage, in order; absent in an index without vectors. */
  vectors?: Float32Array[] | undefined;
}

/** A whole version of the index. */
export interface IndexVersion {
  version: string;
  pages: number;
  passages: number;
  builtAt: number;
  /** Id of the embedder whose vectors it holds and their length; undefined = words only. */
  embedder: { id: string; dimensions: number } | undefined;
}

/** A version built aside; nobody sees it before `activate`. Exactly one of `activate` and `discard` is called. */
export interface IndexBuild extends IndexVersion {
  /** Searches the version that is not serving yet, so that it can be tried first. */
  candidates(query: IndexQuery): Promise<Candidate[]>;
  activate(): Promise<void>;
  discard(): Promise<void>;
}

export interface IndexChanges {
  upserts: IndexChange[];
  removals: string[];
  /** Whose vectors the upserts carry. When it is not the active version's, every page must be among the changes. */
  embedder?: { id: string; dimensions: number } | undefined;
}

export interface KnowledgeIndex {
  /** The version that serves, or undefined before the first build. */
  active(): Promise<IndexVersion | undefined>;
  /** The version that `rollback` would go back to. */
  previous(): Promise<IndexVersion | undefined>;
  pages(): Promise<IndexedPage[]>;
  /** All passages of these pages as the active version holds them. */
  passagesOf(sources: string[]): Promise<Passage[]>;
  /** Searches the active version as a whole. Throws when there is none. */
  candidates(query: IndexQuery): Promise<Candidate[]>;
  /** The active version with `upserts` replaced (all passages of a page at once) and `removals` gone. One at a time. */
  build(changes: IndexChanges, onProgress?: (done: number, total: number) => void): Promise<IndexBuild>;
  /** Serves the previous version again and keeps the one it replaces as the previous. Throws when there is none. */
  rollback(): Promise<IndexVersion>;
  close(): Promise<void>;
}

/** Where something is to appear. `respond` answers a command or a button, seen by its user only. */
export type Destination =
  | { to: 'thread' | 'channel'; channel: string; threadTs?: string | undefined }
  | { to: 'message'; channel: string; ts: string }
  | { to: 'person'; channel: string; user: string; threadTs?: string | undefined }
  | { to: 'response'; url: string }
  | { to: 'direct'; user: string }
  | { to: 'home'; user: string };

export interface Messenger {
  /**
   * Sends once, without retries. `key` travels with a new message so that `find` can tell later whether it
   * arrived. Throws VendorRefused (did not happen) or VendorUnreachable (may have happened).
   */
  send(destination: Destination, content: Content, key: string): Promise<{ channel?: string; ts?: string }>;
  /** Looks for a message of ours that carries `key`, posted no earlier than `since` (ms). */
  find(
    destination: Destination,
    key: string,
    since: number,
  ): Promise<{ channel: string; ts: string } | undefined>;
}

export interface Person {
  id: string;
  teamId: string;
  name: string;
  firstName: string;
  isBot: boolean;
  /** Single- or multi-channel guest of its workspace. */
  isGuest: boolean;
  isDeleted: boolean;
  /** External, and shares no channel with us. */
  isStranger: boolean;
}

export interface Channel {
  id: string;
  name: string;
  isPrivate: boolean;
  isExtShared: boolean;
  isDirect: boolean;
  isMember: boolean;
}

/** Who and where people are. Throws when the answer is not known: doubt is never an empty answer. */
export interface Directory {
  /** The bot's own ids. */
  self(): Promise<{ userId: string; botId: string; teamId: string }>;
  person(userId: string, options?: { fresh: boolean }): Promise<Person>;
  channel(channelId: string, options?: { fresh: boolean }): Promise<Channel>;
  members(channelId: string, options?: { fresh: boolean }): Promise<string[]>;
  /** Members of a user group. */
  group(groupId: string): Promise<string[]>;
  permalink(channelId: string, ts: string): Promise<string>;
  /** The reactions that stand on a message right now; none when the message is gone. */
  reactions(channelId: string, ts: string): Promise<{ emoji: string; users: string[] }[]>;
}

/** Customer records by channel or team; undefined = no record, an error = not known. */
export interface Customers {
  find(where: { channel: string; team?: string | undefined }): Promise<CustomerRecord | undefined>;
}

/** An approved refund, as it is ordered from whoever pays. */
export interface RefundOrder {
  /** Of the decision. The same id is the same refund, however often it is ordered. */
  id: string;
  decidedAt: number;
  approvedBy: string[];
  customer: { user: string; name: string; account: string | null };
  /** Null when nobody named one. */
  amount: Amount | null;
  channel: string;
  thread: string;
  threadUrl: string | null;
  words: string;
  digest: string;
}

export interface RefundDesk {
  /** Orders once. Throws VendorRefused (the order was not taken) or VendorUnreachable (it may have been). */
  pay(order: RefundOrder): Promise<{ status: number; answer: string }>;
}

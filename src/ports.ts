/** What the core needs from outside, on one screen. Each port has at least two real implementations. */

import type { Content } from './conversation/content.ts';
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

/** A passage with the raw scores of the index; `knowledge/search.ts` makes one order of them. */
export interface Candidate {
  passage: Passage;
  /**
   * BM25 of the passage and of its whole page, each divided by the idf mass of the query, so that scores of
   * different questions compare; 0 = no word of the query in it.
   */
  chunkScore: number;
  pageScore: number;
  /** Share of the query's idf mass whose words occur in the passage / in its page, 0 to 1. */
  chunkCoverage: number;
  pageCoverage: number;
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
}

/** A version built aside; nobody sees it before `activate`. Exactly one of the two is called. */
export interface IndexBuild {
  version: string;
  passages: number;
  activate(): Promise<void>;
  discard(): Promise<void>;
}

export interface KnowledgeIndex {
  /** The version that serves, or undefined before the first build. */
  active(): Promise<{ version: string; pages: number; passages: number; builtAt: number } | undefined>;
  pages(): Promise<IndexedPage[]>;
  /** Searches the active version as a whole; every weighted text adds to one query. Throws when there is none. */
  candidates(query: { texts: { text: string; weight: number }[]; limit: number }): Promise<Candidate[]>;
  /** The active version with `upserts` replaced (all passages of a page at once) and `removals` gone. */
  build(
    changes: { upserts: IndexChange[]; removals: string[] },
    onProgress?: (done: number, total: number) => void,
  ): Promise<IndexBuild>;
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
}

/** Customer records by channel or team; undefined = no record, an error = not known. */
export interface Customers {
  find(where: { channel: string; team?: string | undefined }): Promise<CustomerRecord | undefined>;
}

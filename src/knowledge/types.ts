/** A page as a loader read it, before it is cut into passages. */
export interface Page {
  /** Where it stands: the path inside its folder with forward slashes. Unique over all sources. */
  source: string;
  title: string;
  /** Where a reader can open it; undefined when the page names none. */
  url: string | undefined;
  /** `YYYY-MM-DD`, as the page itself says. */
  updated: string | undefined;
  /** The one customer it concerns, such as a ticket of theirs; undefined = it may be shown to everybody. */
  tenant?: string | undefined;
  /** Markdown without the front matter. */
  body: string;
  /** SHA-256 over everything that reaches the index. */
  hash: string;
}

/** A piece of a page that can be found, quoted and cited on its own. */
export interface Passage {
  /** `source#n`, stable while the page is unchanged. */
  id: string;
  source: string;
  title: string;
  url: string | undefined;
  updated: string | undefined;
  /** As of its page: only this customer may ever see it. */
  tenant?: string | undefined;
  /** The headings above it, outermost first, without the page title. */
  headings: string[];
  /** Verbatim Markdown of the page. */
  text: string;
}

/** A passage that the search found for a question. */
export interface FoundPassage extends Passage {
  /** Order of the result, 0 to 1; comparable inside one search only. */
  score: number;
  /** How well it answers, 0 to 1; comparable between searches, and what the threshold is held against. */
  relevance: number;
}

/** A page that could not be read; its former content stays in the index. */
export interface FailedPage {
  source: string;
  reason: string;
}

/** What a re-index did, as `/reindex` and `npm run reindex` report it. */
export interface ReindexResult {
  pages: number;
  added: number;
  changed: number;
  removed: number;
  unchanged: number;
  failed: FailedPage[];
  chunks: number;
  ms: number;
  /** The version that serves now; null before the first. */
  version: string | null;
  /** Passages of this run with a vector of their own, and what making them costs; null = the price is not known. */
  embeddings: { needed: number; costUsd: number | null };
  /** What did not stop the run and should be known all the same. */
  warnings: string[];
  /** What the gate saw; null when there was nothing to release. */
  gate: GateFigures | null;
  /** Of a dry run alone: why the release would be refused as things stand. */
  refused?: string | undefined;
}

/** What was seen before a release, in numbers; `before` is null in a first build. */
export interface GateFigures {
  pages: { before: number | null; after: number };
  passages: { before: number | null; after: number };
  /** Pages asked by their own title, and how many of them came among the first five; null on a dry run. */
  titles: { asked: number; found: number; lost: number } | null;
  /** The same for the team's own questions; null without a probe file. */
  questions: { asked: number; found: number; lost: number } | null;
}

export interface ReindexProgress {
  phase: 'reading' | 'embedding' | 'indexing' | 'checking' | 'switching';
  done: number;
  total: number;
}

/** A page that a loader found, before it is read. */
export interface ListedPage {
  source: string;
  /** Changes whenever the page may have changed. */
  stamp: string;
  read(): Promise<PageReading>;
}

/** `gone`: its place was asked and no longer has it, so it is removed. `unchanged`: as the index already holds it. */
export type PageReading = { page: Page } | { failed: FailedPage } | { unchanged: true } | { gone: true };

/** What a loader found. */
export interface PageListing {
  pages: ListedPage[];
  /** Pages that are there and cannot be read, and folders that cannot be listed. */
  failed: FailedPage[];
  /** Beginnings of sources below which nothing is known, such as `handbook/`: nothing there is removed. */
  unlisted: string[];
}

/** Where pages come from: a set of folders, a site, a table. */
export interface PageSource {
  /** Throws ConfigError when the source as a whole is not there, so that a typing error never empties an index. */
  list(): Promise<PageListing>;
}

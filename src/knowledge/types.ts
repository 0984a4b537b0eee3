/** A page as a loader read it, before it is cut into passages. */
export interface Page {
  /** Where it stands: the path inside its folder with forward slashes. Unique over all sources. */
  source: string;
  title: string;
  /** Where a reader can open it; undefined when the page names none. */
  url: string | undefined;
  /** `YYYY-MM-DD`, as the page itself says. */
  updated: string | undefined;
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
}

export interface ReindexProgress {
  phase: 'reading' | 'indexing' | 'switching';
  done: number;
  total: number;
}

/** A page that a loader found, before it is read. */
export interface ListedPage {
  source: string;
  /** Changes whenever the page may have changed. */
  stamp: string;
  read(): Promise<{ page: Page } | { failed: FailedPage }>;
}

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

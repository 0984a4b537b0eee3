import type { Page } from './types.ts';

/** A page as a site last gave it, and what to show the site to be told whether it is still the same. */
export interface WebRecord {
  /** How pages were read then, see CHUNK_FORMAT. */
  format: number;
  etag: string | undefined;
  lastModified: string | undefined;
  page: Page;
}

/** Keeps pages of the web between two runs. Losing it costs one full download. */
export interface WebState {
  find(url: string): Promise<WebRecord | undefined>;
  keep(url: string, record: WebRecord): Promise<void>;
  forget(url: string): Promise<void>;
}

/** How a site is treated, and what it may cost us. */
export interface WebLimits {
  /** A page, with its body. */
  timeoutMs: number;
  /** Between two requests to one host. */
  delayMs: number;
  /** A host may ask for longer delays by `Crawl-delay`, up to this. */
  maxDelayMs: number;
  /** A host that asks for a longer pause by `Retry-After` is left alone until the next run. */
  maxRetryAfterMs: number;
  /** Answers that never came, or said that the site is busy; after so many it is left alone until the next run. */
  failuresInARow: number;
  /** For all pages of a host in one run, with the pauses between them. */
  timePerHostMs: number;
  pagesPerSitemap: number;
  sitemaps: number;
}

export const WEB_LIMITS: WebLimits = {
  timeoutMs: 20_000,
  delayMs: 200,
  maxDelayMs: 5_000,
  maxRetryAfterMs: 30_000,
  failuresInARow: 3,
  timePerHostMs: 30 * 60_000,
  pagesPerSitemap: 5_000,
  sitemaps: 100,
};

/** As it stands in `robots.txt` and in a site's log. */
export const USER_AGENT = 'Countersign';

import type { Page, PageSource } from '../knowledge/types.ts';

/** Pages that are in memory already, such as the rows of a data set. */
export function createPageList(pages: Page[]): PageSource {
  return {
    list: async () => ({
      pages: pages.map((page) => ({ source: page.source, stamp: page.hash, read: async () => ({ page }) })),
      failed: [],
      unlisted: [],
    }),
  };
}

import type { WebLimits } from './web-limits.ts';

/** Leaves a site alone for the rest of a run once it has shown that it cannot answer. */
export interface WebGuard {
  /** Why nothing more is asked of a host, if nothing is. */
  whyClosed(host: string): string | undefined;
  answered(host: string): void;
  /** What became of a request, as a reason that follows the name of a page. */
  failed(host: string, reason: string): void;
  spent(host: string, ms: number): void;
  close(host: string, reason: string): void;
}

/** Without it a site of 5,000 pages that lets each wait for 20 seconds would hold a re-index for a day. */
export function createWebGuard(limits: WebLimits): WebGuard {
  const closed = new Map<string, string>();
  const failures = new Map<string, number>();
  const spentMs = new Map<string, number>();
  const close = (host: string, reason: string) => {
    if (!closed.has(host)) closed.set(host, `was not asked for: ${reason}`);
  };
  return {
    whyClosed: (host) => closed.get(host),
    answered: (host) => void failures.delete(host),
    failed(host, reason) {
      const count = (failures.get(host) ?? 0) + 1;
      failures.set(host, count);
      if (count < limits.failuresInARow) return;
      close(
        host,
        `${host} failed ${count} times in a row (the last one ${reason}); the next re-index tries again`,
      );
    },
    spent(host, ms) {
      const all = (spentMs.get(host) ?? 0) + ms;
      spentMs.set(host, all);
      if (all < limits.timePerHostMs) return;
      const minutes = Math.round(limits.timePerHostMs / 60_000);
      close(
        host,
        `${host} took more than the ${minutes} minutes that a site may take; the next re-index tries again, and a sitemap of only the pages that you need is done sooner`,
      );
    },
    close,
  };
}

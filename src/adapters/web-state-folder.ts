import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WebRecord, WebState } from '../knowledge/web-state.ts';

/** Keeps each page of the web in a file of its own. What is damaged is as good as not there. */
export function createWebStateFolder(folder: string): WebState {
  const fileOf = (url: string) => join(folder, `${createHash('sha256').update(url).digest('hex')}.json`);
  return {
    async find(url) {
      const text = await readFile(fileOf(url), 'utf8').catch(() => undefined);
      return text === undefined ? undefined : parse(text, url);
    },
    async keep(url, record) {
      await mkdir(folder, { recursive: true });
      const file = fileOf(url);
      const aside = `${file}.${process.pid}`;
      // Whole or not at all, also when the machine stops in between.
      await writeFile(aside, JSON.stringify(record), { flush: true });
      await rename(aside, file);
    },
    forget: (url) => rm(fileOf(url), { force: true }),
  };
}

function parse(text: string, url: string): WebRecord | undefined {
  try {
    const record = JSON.parse(text) as Partial<WebRecord> | null;
    const { page } = record ?? {};
    const isWhole = page?.source === url && typeof page.body === 'string' && typeof page.hash === 'string';
    return isWhole && typeof record?.format === 'number' ? (record as WebRecord) : undefined;
  } catch {
    return undefined;
  }
}

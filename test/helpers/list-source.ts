import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { ListedPage, Page, PageReading, PageSource } from '../../src/knowledge/types.ts';

/** Pages in memory, by source: what a folder or a site would list. */
export interface ListSource extends PageSource {
  pages: Map<string, { title: string; body: string }>;
  /** Answers instead of a page, by source. */
  answers: Map<string, PageReading>;
}

export function createListSource(pages: Record<string, { title: string; body: string }>): ListSource {
  const source: ListSource = {
    pages: new Map(Object.entries(pages)),
    answers: new Map(),
    async list() {
      const listed: ListedPage[] = [];
      for (const [name, { title, body }] of source.pages) {
        const hash = createHash('sha256').update(`${name}\n${title}\n${body}`).digest('hex');
        const page: Page = { source: name, title, url: undefined, updated: undefined, body, hash };
        listed.push({ source: name, stamp: hash, read: async () => source.answers.get(name) ?? { page } });
        // As a folder does, which is read from a disk.
        if (listed.length % 100 === 0) await setImmediate();
      }
      return { pages: listed, failed: [], unlisted: [] };
    },
  };
  return source;
}

const TOPICS = ['Refunds', 'Invoices', 'Webhooks', 'Passwords', 'Exports', 'Domains', 'Backups', 'Alerts'];
const PLACES = ['in Europe', 'for teams', 'on mobile', 'by the interface', 'after a trial', 'with a proxy'];

const SYLLABLES = ['ba', 'ke', 'li', 'mo', 'nu', 'pa', 're', 'si', 'to', 'vu'];

/** A word that no other page has. */
function ownWord(at: number): string {
  return [...String(at + 100)].map((digit) => SYLLABLES[Number(digit)]).join('');
}

/** A small handbook in which every page has a title, two sections and words of its own. */
export function handbook(count: number): Record<string, { title: string; body: string }> {
  const pages: Record<string, { title: string; body: string }> = {};
  for (let at = 0; at < count; at += 1) {
    const topic = TOPICS[at % TOPICS.length] ?? '';
    const place = PLACES[Math.floor(at / TOPICS.length) % PLACES.length] ?? '';
    const code = `case ${at}`;
    const title = `${topic} ${place} ${code}`;
    const body = [
      `# ${title}`,
      `${topic} ${place} take ${at + 2} days, counted from the day on which ${code} was opened.`,
      `## How to begin with ${topic.toLowerCase()} ${code}`,
      `Open the ${ownWord(at)} settings, choose ${topic.toLowerCase()}, and write ${code} into the second field.`,
      `## What may go wrong in ${code}`,
      `When the ${topic.toLowerCase()} page stays empty, wait ${at + 5} minutes and load ${ownWord(at)} again.`,
    ].join('\n\n');
    pages[`${topic.toLowerCase()}/${at}.md`] = { title, body };
  }
  return pages;
}

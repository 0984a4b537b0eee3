import { setImmediate } from 'node:timers/promises';
import { withHash } from './to-page.ts';
import type { ListedPage, Page, PageSource } from './types.ts';

/** A conversation in which staff answered. */
export interface Ticket {
  channel: string;
  threadTs: string;
}

export interface TicketPost {
  role: 'customer' | 'staff' | 'bot';
  text: string;
}

export interface Tickets {
  list(): Promise<Ticket[]>;
  /** What was said, oldest first, without what is too fresh to be settled. */
  read(ticket: Ticket): Promise<TicketPost[]>;
}

/** No path of a file begins like this. */
const PREFIX = 'ticket:';
const TITLE_CHARACTERS = 120;

/** Whether a page is a former conversation: customers' traffic, which no editor answers for. */
export function isTicket(source: string): boolean {
  return source.startsWith(PREFIX);
}

/**
 * Former conversations as pages for the channel they were held in, and for nobody else. What the customer said names
 * the page; only what staff said is in it, because what stands in a page may be quoted.
 */
export function createTicketSource(tickets: Tickets): PageSource {
  return {
    async list() {
      const pages: ListedPage[] = [];
      for (const ticket of await tickets.list()) {
        const page = toPage(ticket, await tickets.read(ticket));
        // All of it is at hand, so what it says is its stamp.
        if (page) pages.push({ source: page.source, stamp: page.hash, read: async () => ({ page }) });
        await setImmediate();
      }
      return { pages, failed: [], unlisted: [] };
    },
  };
}

function toPage({ channel, threadTs }: Ticket, posts: TicketPost[]): Page | undefined {
  const said = (role: TicketPost['role']) =>
    posts.filter((post) => post.role === role).flatMap(({ text }) => withoutQuotes(text));
  const [question] = said('customer');
  const body = said('staff').join('\n\n');
  if (question === undefined || body === '') return undefined;
  const opened = new Date(Number(threadTs) * 1_000).toISOString().slice(0, 10);
  const title = `Your ticket of ${opened}: ${cut(question.replace(/\s+/g, ' '))}`;
  const source = `${PREFIX}${channel}/${threadTs}`;
  return withHash({ source, title, url: undefined, updated: opened, tenant: channel, body });
}

/** What is quoted was said by somebody else, often by the customer. */
function withoutQuotes(text: string): string[] {
  const lines = text.split('\n').filter((line) => !/^\s*(?:>|&gt;)/.test(line));
  const own = lines.join('\n').trim();
  return own === '' ? [] : [own];
}

function cut(text: string): string {
  return text.length <= TITLE_CHARACTERS ? text : `${text.slice(0, TITLE_CHARACTERS - 1).trimEnd()}…`;
}

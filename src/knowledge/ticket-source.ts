import { withHash } from './to-page.ts';
import type { ListedPage, Page, PageSource } from './types.ts';

/** A conversation that a person of the staff settled. */
export interface SettledTicket {
  channel: string;
  threadTs: string;
  lastAt: number;
  posts: number;
  characters: number;
}

export interface TicketPost {
  role: 'customer' | 'staff' | 'bot';
  text: string;
}

export interface Tickets {
  list(): Promise<SettledTicket[]>;
  read(ticket: SettledTicket): Promise<TicketPost[]>;
}

const TITLE_CHARACTERS = 120;

/**
 * Former conversations as pages for the channel they were held in, and for nobody else. What the customer said names
 * the page; only what staff said is in it, because what stands in a page may be quoted.
 */
export function createTicketSource(tickets: Tickets): PageSource {
  return {
    async list() {
      const pages = (await tickets.list()).map((ticket): ListedPage => {
        const source = `ticket/${ticket.channel}/${ticket.threadTs}`;
        const stamp = `${ticket.lastAt}-${ticket.posts}-${ticket.characters}`;
        return { source, stamp, read: async () => toPage(source, ticket, await tickets.read(ticket)) };
      });
      return { pages, failed: [], unlisted: [] };
    },
  };
}

function toPage(source: string, ticket: SettledTicket, posts: TicketPost[]): { page: Page } | { gone: true } {
  const said = (role: TicketPost['role']) =>
    posts.filter((post) => post.role === role && post.text.trim() !== '');
  const [question] = said('customer');
  const answers = said('staff');
  if (!question || answers.length === 0) return { gone: true };
  const updated = new Date(ticket.lastAt).toISOString().slice(0, 10);
  const words = question.text.replace(/\s+/g, ' ').trim();
  const title = `Your ticket of ${updated}: ${cut(words)}`;
  const body = answers.map(({ text }) => text.trim()).join('\n\n');
  const { channel: tenant } = ticket;
  return { page: withHash({ source, title, url: undefined, updated, tenant, body }) };
}

function cut(text: string): string {
  return text.length <= TITLE_CHARACTERS ? text : `${text.slice(0, TITLE_CHARACTERS - 1).trimEnd()}…`;
}

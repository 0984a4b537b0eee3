import { setImmediate } from 'node:timers/promises';
import { ConfigError } from '../errors.ts';
import { chunk } from './chunk.ts';
import type { Page, PageSource, Passage } from './types.ts';

/** All of the knowledge at once, for a desk small enough to put it into every prompt. */
export interface WholeKnowledge {
  /** As it stands in the prompt. */
  text: string;
  /** About as many as the model will count. */
  tokens: number;
  /** The same, cut: a quote is looked up here. */
  passages: Passage[];
}

/** Above this a cached prompt costs more than a search, and prices double not far beyond. */
const MAX_TOKENS = 50_000;
/** English prose has about four characters a token; tables and code have fewer. */
const CHARS_PER_TOKEN = 3.5;

/** Reads every page. Throws a ConfigError when they are too many for one prompt. */
export async function readWholeKnowledge(sources: PageSource[]): Promise<WholeKnowledge> {
  const pages = await readPages(sources);
  const text = pages.map(toText).join('\n\n');
  const tokens = Math.round(text.length / CHARS_PER_TOKEN);
  if (tokens > MAX_TOKENS) {
    throw new ConfigError([
      `TIER: is minimal, which puts all pages into the prompt, and they have about ${tokens} tokens (at most ${MAX_TOKENS}); use TIER=standard`,
    ]);
  }
  return { text, tokens, passages: pages.flatMap((page) => [...chunk(page)]) };
}

async function readPages(sources: PageSource[]): Promise<Page[]> {
  const pages: Page[] = [];
  for (const source of sources) {
    for (const listed of (await source.list()).pages) {
      const outcome = await listed.read();
      if ('page' in outcome) pages.push(outcome.page);
      await setImmediate();
    }
  }
  return pages;
}

function toText(page: Page): string {
  const updated = page.updated === undefined ? '' : ` (updated ${page.updated})`;
  return `## KB: ${page.title}${updated}\n\n${page.body.trim()}`;
}

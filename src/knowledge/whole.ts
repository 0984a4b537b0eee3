import { ConfigError } from '../errors.ts';
import type { KnowledgeIndex } from '../ports.ts';
import { readPassagesOf } from './read-passages-of.ts';
import type { Passage } from './types.ts';

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

/**
 * What the released version holds for everybody: like a search, a prompt knows only what has passed the gate. Throws a
 * ConfigError when the pages are too many for one prompt.
 */
export async function readWholeKnowledge(
  index: Pick<KnowledgeIndex, 'pages' | 'passagesOf'>,
): Promise<WholeKnowledge> {
  const sources = (await index.pages()).map(({ source }) => source);
  const read = await readPassagesOf(index, sources);
  const passages = [...read.values()].flat().filter(({ tenant }) => tenant === undefined);
  const text = toText(passages);
  const tokens = Math.round(text.length / CHARS_PER_TOKEN);
  if (tokens > MAX_TOKENS) {
    throw new ConfigError([
      `TIER: is minimal, which puts all pages into the prompt, and they have about ${tokens} tokens (at most ${MAX_TOKENS}); use TIER=standard`,
    ]);
  }
  return { text, tokens, passages };
}

/** Pages one after the other, each with its headings where they stood. */
function toText(passages: Passage[]): string {
  const lines: string[] = [];
  let before: Passage | undefined;
  for (const passage of passages) {
    if (passage.source !== before?.source) {
      const updated = passage.updated === undefined ? '' : ` (updated ${passage.updated})`;
      lines.push(`## KB: ${passage.title}${updated}`);
    }
    const path = passage.headings.join(' > ');
    if (path !== '' && (passage.source !== before?.source || path !== before.headings.join(' > ')))
      lines.push(`### ${path}`);
    lines.push(passage.text.trim());
    before = passage;
  }
  return lines.join('\n\n');
}

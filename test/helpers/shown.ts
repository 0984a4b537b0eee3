/** What of a Slack view could do something, instead of only being read. */

interface Node {
  type?: unknown;
  text?: unknown;
  elements?: unknown;
}

/** Every object inside, the view itself first. */
function* nodesOf(value: unknown): Generator<Node> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Node;
  for (const inner of Object.values(value)) yield* nodesOf(inner);
}

const RICH_PARTS = ['rich_text_section', 'rich_text_list', 'rich_text_quote', 'rich_text_preformatted'];

/** Leaves of the rich text that are no literal text: mentions, links, channels, broadcasts, empty ones. */
export function findUnliteral(blocks: unknown): Node[] {
  const rich = [...nodesOf(blocks)].filter(({ type }) => type === 'rich_text');
  return rich
    .flatMap((block) => [...nodesOf(block.elements)])
    .filter(({ type }) => type !== undefined && !RICH_PARTS.includes(String(type)))
    .filter(({ type, text }) => type !== 'text' || typeof text !== 'string' || text === '');
}

/** All that rich text says, leaf by leaf. */
export function readLeaves(blocks: unknown): string[] {
  return [...nodesOf(blocks)].filter(({ type }) => type === 'text').map(({ text }) => String(text));
}

export function readLiteral(blocks: unknown): string {
  return readLeaves(blocks).join('');
}

export function readMrkdwn(blocks: unknown): { text: string; verbatim?: boolean }[] {
  return [...nodesOf(blocks)].filter(({ type }) => type === 'mrkdwn') as { text: string }[];
}

/** The commands to Slack in an escaped text: what stands between `<` and `>`. */
export function findCommands(text: string): string[] {
  return [...text.matchAll(/<([^<>]*)>/g)].map(([, command]) => command ?? '');
}

/** Whether nothing but whole commands and entities uses the three characters of markup. */
export function isSoundlyEscaped(text: string): boolean {
  return !/[<>]|&(?!amp;|lt;|gt;)/.test(text.replace(/<[^<>]*>/g, ''));
}

import { readBlocks } from './markdown-blocks.ts';

/** The text of the first top heading of a page. */
export function firstHeading(body: string): string | undefined {
  // A page without one need not be parsed to the end.
  if (!/^ {0,3}(?:#[ \t]|=+[ \t]*$)/m.test(body)) return undefined;
  for (const block of readBlocks(body)) if (block.depth === 1 && block.title !== '') return block.title;
  return undefined;
}

import { setImmediate } from 'node:timers/promises';
import type { Element, ElementContent, Parents } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toMdast } from 'hast-util-to-mdast';
import { gfmTableToMarkdown } from 'mdast-util-gfm-table';
import { type Options, toMarkdown } from 'mdast-util-to-markdown';
import { cleanContent, findContent } from './html-content.ts';
import { readHtmlFacts } from './html-facts.ts';
import { isElement } from './html-tree.ts';
import { MAX_TEXT_BYTES, type ReadFile, tooLarge } from './page-reader.ts';
import { slimHtml } from './slim-html.ts';

/** Turned into Markdown in one go: a few hundredths of a second, in which nothing else happens. */
const PORTION_NODES = 400;
/** Columns are not aligned: one long cell would fill every row with blanks. */
const STYLE: Options = {
  extensions: [gfmTableToMarkdown({ tablePipeAlign: false })],
  bullet: '-',
  rule: '-',
  listItemIndent: 'one',
};
/** Hold other blocks and mean nothing by themselves. */
const WRAPPERS =
  'html body main article section aside div center details figure hgroup fieldset address'.split(' ');
const BLOCKS = new Set([
  ...WRAPPERS,
  ...'p h1 h2 h3 h4 h5 h6 ul ol dl table pre blockquote hr summary figcaption'.split(' '),
]);

/** The main content of an HTML page as Markdown. `base` is the address it came from. */
export async function htmlToMarkdown(html: string, base?: string): Promise<ReadFile | { reason: string }> {
  const slim = slimHtml(html);
  if (slim === undefined)
    return { reason: 'is HTML of more or deeper nested elements than a page has; split it or leave it out' };
  if (slim.length > MAX_TEXT_BYTES) return tooLarge(slim.length, MAX_TEXT_BYTES);
  const page = fromHtml(slim);
  await setImmediate();
  const content = findContent(page);
  const facts = readHtmlFacts(page, content);
  cleanContent(content, base ?? facts.url);
  const parts: string[] = [];
  for (const portion of portions(content)) {
    parts.push(
      toMarkdown(toMdast({ type: 'root', children: portion }) as Parameters<typeof toMarkdown>[0], STYLE),
    );
    await setImmediate();
  }
  return { ...facts, body: parts.filter((part) => part.trim() !== '').join('\n') };
}

/** Runs of blocks, small enough to be worked on together; a table or a list is never parted. */
function* portions(content: Parents): Generator<ElementContent[]> {
  let portion: ElementContent[] = [];
  let size = 0;
  for (const block of blocksOf(content)) {
    const nodes = block.reduce((sum, node) => sum + countNodes(node), 0);
    if (size > 0 && size + nodes > PORTION_NODES) {
      yield portion;
      portion = [];
      size = 0;
    }
    portion.push(...block);
    size += nodes;
  }
  if (portion.length > 0) yield portion;
}

/** The blocks of a page without what only wraps them; text that stands between blocks stays together. */
function* blocksOf(content: Parents): Generator<ElementContent[]> {
  let inline: ElementContent[] = [];
  for (const child of content.children as ElementContent[]) {
    if (!isElement(child) || !holdsBlock(child)) {
      inline.push(child);
      continue;
    }
    if (inline.length > 0) yield [paragraph(inline)];
    inline = [];
    if (isWrapper(child)) yield* blocksOf(child);
    else yield [child];
  }
  if (inline.length > 0) yield [paragraph(inline)];
}

/** In one portion with a neighbour, loose text would run into it. */
function paragraph(children: ElementContent[]): Element {
  return { type: 'element', tagName: 'p', properties: {}, children };
}

function isWrapper(element: Element): boolean {
  return WRAPPERS.includes(element.tagName) || !BLOCKS.has(element.tagName);
}

/** Also an unknown element, such as `<docs-section>`, may hold blocks. */
function holdsBlock(element: Element): boolean {
  if (BLOCKS.has(element.tagName)) return true;
  return element.children.some((child) => isElement(child) && holdsBlock(child));
}

function countNodes(node: ElementContent): number {
  if (node.type !== 'element') return 1;
  return node.children.reduce((sum, child) => sum + countNodes(child), 1);
}

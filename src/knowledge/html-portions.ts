import type { Element, ElementContent, Parents } from 'hast';
import { isElement, rowsOf } from './html-tree.ts';

/** What is turned into Markdown in one go. */
export interface Portion {
  nodes: ElementContent[];
  /** `row`: its first row is the head of the table before, for which it is the rest. `item`: of a list. */
  goesOn?: 'row' | 'item';
}

/** A few hundredths of a second, in which nothing else happens. */
const PORTION = 400;
/** A block up to this weight stays whole. The writers of Markdown take ten times as long over twice as much. */
const WHOLE = 800;
/** So many letters weigh as much as an element. */
const LETTERS = 100;
/** Hold other blocks and mean nothing by themselves. */
const WRAPPERS =
  'html body main article section aside div center details figure hgroup fieldset address'.split(' ');
const BLOCKS = new Set([
  ...WRAPPERS,
  ...'p h1 h2 h3 h4 h5 h6 ul ol dl table pre blockquote hr summary figcaption'.split(' '),
]);

/** Runs of blocks, small enough to be worked on together. What is too large for one is cut where it reads on. */
export function* portions(content: Parents): Generator<Portion> {
  let nodes: ElementContent[] = [];
  let size = 0;
  for (const block of blocksOf(content)) {
    const weight = weightOf(block);
    if (nodes.length > 0 && size + weight > PORTION) {
      yield { nodes };
      nodes = [];
      size = 0;
    }
    if (weight > WHOLE && isElement(block)) {
      yield* cut(block);
      continue;
    }
    nodes.push(block);
    size += weight;
  }
  if (nodes.length > 0) yield { nodes };
}

function* cut(block: Element): Generator<Portion> {
  const { tagName } = block;
  if (tagName === 'table') yield* cutTable(block);
  else if (tagName === 'ul' || tagName === 'ol' || tagName === 'dl') yield* cutList(block);
  else if (tagName === 'pre') yield { nodes: [withPlainText(block)] };
  else yield* portions(block);
}

/** A row too large for a table is text between two tables. */
function* cutTable(table: Element): Generator<Portion> {
  const [head, ...rows] = rowsOf(table);
  if (head === undefined || weightOf(head) > WHOLE) {
    for (const row of head ? [head, ...rows] : []) yield* portions(row);
    return;
  }
  let goesOn = false;
  for (const run of runsOf(rows)) {
    const first = run[0];
    if (run.length === 1 && first && weightOf(first) > WHOLE) {
      yield* portions(first);
      goesOn = false;
    } else {
      const part = { ...table, children: [head, ...run] };
      yield goesOn ? { nodes: [part], goesOn: 'row' } : { nodes: [part] };
      goesOn = true;
    }
  }
}

/** An item too large for a list stands between two lists. */
function* cutList(list: Element): Generator<Portion> {
  let number = Number.parseInt(String(list.properties.start), 10) || 1;
  let goesOn = false;
  for (const run of runsOf(list.children)) {
    const first = run[0];
    if (run.length === 1 && isElement(first) && weightOf(first) > WHOLE) {
      yield* portions(first);
      goesOn = false;
    } else {
      const part = { ...list, properties: { ...list.properties, start: number }, children: run };
      yield goesOn ? { nodes: [part], goesOn: 'item' } : { nodes: [part] };
      goesOn = true;
    }
    number += run.filter((item) => isElement(item)).length;
  }
}

/** A term and what is said of it stay together. */
function* runsOf<T extends ElementContent>(items: T[]): Generator<T[]> {
  let run: T[] = [];
  let size = 0;
  for (const item of items) {
    const weight = weightOf(item);
    const isFull = size + weight > (isElement(item, 'dd') ? WHOLE : PORTION);
    if (run.length > 0 && isFull) {
      yield run;
      run = [];
      size = 0;
    }
    run.push(item);
    size += weight;
  }
  if (run.some((item) => isElement(item))) yield run;
}

/** Code of thousands of coloured words; the colours are lost in Markdown anyway. */
function withPlainText(pre: Element): Element {
  const only = pre.children.filter((child) => isElement(child));
  const code = only.length === 1 && isElement(only[0], 'code') ? only[0] : undefined;
  const inner = code ? { ...code, children: [codeOf(code)] } : codeOf(pre);
  return { ...pre, children: [inner] };
}

function codeOf(element: Element): ElementContent {
  const lines: string[] = [];
  const add = (node: ElementContent): void => {
    if (node.type === 'text') lines.push(node.value);
    if (!isElement(node)) return;
    for (const child of node.children) add(child);
    // Some sites make an element of every line.
    if (isElement(node, 'br', 'div', 'p', 'li') && !lines.at(-1)?.endsWith('\n')) lines.push('\n');
  };
  for (const child of element.children) add(child);
  return { type: 'text', value: lines.join('') };
}

/** The blocks of a page without what only wraps them; text that stands between blocks stays together. */
function* blocksOf(content: Parents): Generator<ElementContent> {
  let inline: ElementContent[] = [];
  let size = 0;
  for (const child of content.children.flatMap((one) => shortTexts(one as ElementContent))) {
    const isBlock = isElement(child) && holdsBlock(child);
    const weight = weightOf(child);
    const isHuge = weight >= WHOLE;
    if (inline.length > 0 && (isBlock || size + weight > PORTION)) {
      yield paragraph(inline);
      inline = [];
      size = 0;
    }
    if (isElement(child) && (isBlock ? isWrapper(child) : isHuge)) {
      yield* blocksOf(child);
    } else if (isBlock) {
      yield child;
    } else {
      inline.push(child);
      size += weight;
    }
  }
  if (inline.length > 0) yield paragraph(inline);
}

/** A text of many pages without a single element in it. */
function shortTexts(node: ElementContent): ElementContent[] {
  if (node.type !== 'text' || weightOf(node) <= PORTION) return [node];
  const pieces =
    node.value.match(new RegExp(`[^]{1,${PORTION * LETTERS - 200}}(?:\\S{0,99}\\s|$)?`, 'g')) ?? [];
  return pieces.map((value) => ({ type: 'text', value }));
}

/** In one portion with a neighbour, loose text would run into it. */
function paragraph(children: ElementContent[]): Element {
  return { type: 'element', tagName: 'p', properties: {}, children };
}

function isWrapper(element: Element): boolean {
  return WRAPPERS.includes(element.tagName) || !BLOCKS.has(element.tagName);
}

/** What is asked again on every level of a page, for an element and all below it. */
const BLOCK_INSIDE = new WeakMap<Element, boolean>();
const WEIGHTS = new WeakMap<ElementContent, number>();

/** Also an unknown element, such as `<docs-section>`, may hold blocks. */
function holdsBlock(element: Element): boolean {
  if (BLOCKS.has(element.tagName)) return true;
  let found = BLOCK_INSIDE.get(element);
  if (found === undefined) {
    found = element.children.some((child) => isElement(child) && holdsBlock(child));
    BLOCK_INSIDE.set(element, found);
  }
  return found;
}

function weightOf(node: ElementContent): number {
  if (node.type === 'text') return 1 + Math.floor(node.value.length / LETTERS);
  if (node.type !== 'element') return 1;
  let weight = WEIGHTS.get(node);
  if (weight === undefined) {
    weight = node.children.reduce((sum, child) => sum + weightOf(child), 1);
    WEIGHTS.set(node, weight);
  }
  return weight;
}

import type { Element, ElementContent, Nodes, Parents } from 'hast';

export function isElement(node: Nodes | undefined, ...names: string[]): node is Element {
  return node?.type === 'element' && (names.length === 0 || names.includes(node.tagName));
}

/** All elements below, in the order of the page. A generator in each of 200 levels would take 200 times as long. */
export function* elementsIn(node: Parents): Generator<Element> {
  const open: { children: Parents['children']; at: number }[] = [{ children: node.children, at: 0 }];
  for (let level = open.at(-1); level !== undefined; level = open.at(-1)) {
    const child = level.children[level.at];
    level.at += 1;
    if (child === undefined) open.pop();
    else if (child.type === 'element') {
      yield child;
      open.push({ children: child.children, at: 0 });
    }
  }
}

export function findElement(node: Parents, fits: (element: Element) => boolean): Element | undefined {
  for (const element of elementsIn(node)) if (fits(element)) return element;
  return undefined;
}

/** The text below a node as one line. */
export function textOf(node: Nodes): string {
  return rawText(node).replace(/\s+/g, ' ').trim();
}

function rawText(node: Nodes): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map(rawText).join('') : '';
}

/** An attribute as text; lists, such as of classes, with blanks between. */
export function attribute(element: Element, name: string): string {
  const value = element.properties[name];
  if (Array.isArray(value)) return value.join(' ');
  return value === undefined || value === null || value === false ? '' : String(value);
}

export function text(value: string): ElementContent {
  return { type: 'text', value };
}

export function rowsOf(table: Element): Element[] {
  return [...elementsIn(table)].filter((one) => isElement(one, 'tr'));
}

export function cellsOf(row: Element): Element[] {
  return row.children.filter((one) => isElement(one, 'td', 'th'));
}

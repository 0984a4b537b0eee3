import type { Element, ElementContent, Parents, Root } from 'hast';
import { attribute, cellsOf, elementsIn, findElement, isElement, rowsOf, text, textOf } from './html-tree.ts';
import { squareTable } from './square-table.ts';

/** The part of a page that is about its subject. */
export function findContent(page: Root): Element | Root {
  const isMain = (one: Element) => isElement(one, 'main') || attribute(one, 'role') === 'main';
  const main = findElement(page, (one) => isMain(one) && textOf(one) !== '');
  const within = main ?? page;
  // Several articles are a list of them, and all of it is the page.
  const articles = [...elementsIn(within)].filter((one) => isElement(one, 'article') && textOf(one) !== '');
  if (articles.length === 1 && articles[0]) return articles[0];
  return main ?? findElement(page, (one) => isElement(one, 'body')) ?? page;
}

const DROPPED = new Set(
  (
    'nav header footer aside script style noscript template svg math canvas object embed iframe audio video map ' +
    'form button input select textarea label dialog menu link meta title head'
  ).split(' '),
);
const DROPPED_ROLES =
  /^(?:navigation|banner|contentinfo|complementary|search|dialog|alert|menu|toolbar|tablist)$/;
/** Some documentation writes its warnings as asides. */
const NOTE = /\b(?:note|tip|caution|warning|danger|important|info|admonition|callout)\b/i;

const EMPHASIS = new Set(['em', 'i', 'b', 'strong', 'mark', 'u']);
/** Bold and italic. The writer of Markdown takes minutes over emphasis within emphasis, hundreds deep. */
const MAX_EMPHASIS = 2;

/** Takes out what is not the text of the page, and brings the rest into the form that Markdown has. */
export function cleanContent(content: Parents, base: string | undefined, emphasis = 0): void {
  content.children = content.children.flatMap((child) => {
    if (child.type === 'comment' || child.type === 'doctype') return [];
    if (child.type !== 'element') return [child];
    if (isDropped(child) || isHeadingSign(child, content)) return [];
    if (isElement(child, 'table') && isLayout(child)) unfold(child);
    const inner = emphasis + (EMPHASIS.has(child.tagName) ? 1 : 0);
    cleanContent(child, base, inner);
    return inner > MAX_EMPHASIS && inner > emphasis ? child.children : cleanElement(child, base);
  }) as ElementContent[];
}

function isDropped(element: Element): boolean {
  const { properties } = element;
  if (properties.hidden === true || properties.hidden === '') return true;
  if (attribute(element, 'ariaHidden') === 'true') return true;
  if (DROPPED_ROLES.test(attribute(element, 'role'))) return true;
  if (!DROPPED.has(element.tagName)) return false;
  const isNote = NOTE.test(`${attribute(element, 'className')} ${attribute(element, 'ariaLabel')}`);
  return !(element.tagName === 'aside' && (isNote || attribute(element, 'role') === 'note'));
}

/** The little `#` behind a heading that links to it. */
function isHeadingSign(element: Element, parent: Parents): boolean {
  if (!isElement(element, 'a') || parent.type !== 'element' || !/^h[1-6]$/.test(parent.tagName)) return false;
  return /^[#¶§\u200B🔗\s]*$/u.test(textOf(element));
}

function cleanElement(element: Element, base: string | undefined): ElementContent[] {
  switch (element.tagName) {
    case 'a': {
      const href = absolute(attribute(element, 'href'), base);
      // A link to a place on the page itself or into a program leads nowhere from a thread.
      if (href === undefined) return element.children;
      element.properties = { href };
      return [element];
    }
    case 'img': {
      const alt = attribute(element, 'alt').trim();
      return alt === '' ? [] : [text(alt)];
    }
    case 'wbr':
      return [];
    case 'del':
    case 's':
    case 'strike':
      return element.children;
    case 'td':
    case 'th':
      element.children = toOneLine(element.children);
      return [element];
    case 'table':
      return cleanTable(element);
    case 'summary':
      if (element.children.some((child) => isElement(child) && !INLINE.has(child.tagName))) return [element];
      return [{ ...element, tagName: 'p', children: [{ ...element, tagName: 'strong' }] }];
    default:
      return [element];
  }
}

function absolute(href: string, base: string | undefined): string | undefined {
  if (href === '' || href.startsWith('#') || !URL.canParse(href, base)) {
    // Without an address of its own, a file cannot say where its neighbours stand.
    return undefined;
  }
  const url = new URL(href, base);
  return /^(?:https?|mailto):$/.test(url.protocol) ? url.href : undefined;
}

const INLINE = new Set(
  'a abbr b bdi bdo big cite code data dfn em font i kbd mark q ruby samp small span strong sub sup time tt u var'.split(
    ' ',
  ),
);

/** A cell of a Markdown table is one line. */
function toOneLine(children: ElementContent[]): ElementContent[] {
  return children.flatMap((child) => {
    if (child.type !== 'element' || INLINE.has(child.tagName)) return [child];
    if (child.tagName === 'pre') return [{ ...child, tagName: 'code', children: [text(textOf(child))] }];
    const mark = child.tagName === 'li' ? ' • ' : ' ';
    return [text(mark), ...toOneLine(child.children), text(' ')];
  });
}

const PARTS_OF_TABLE = ['tbody', 'thead', 'tfoot', 'tr', 'td', 'th', 'caption'];

/** A table of one column or one row, or around other tables, lays a page out; it compares nothing. */
function isLayout(table: Element): boolean {
  if (findElement(table, (one) => isElement(one, 'table'))) return true;
  const rows = rowsOf(table);
  return rows.length <= 1 || rows.every((row) => cellsOf(row).length <= 1);
}

/** Makes the cells of a table blocks of the page, one after another; a table inside is judged on its own. */
function unfold(element: Element): void {
  element.tagName = 'div';
  for (const child of element.children) if (isElement(child, ...PARTS_OF_TABLE)) unfold(child);
}

/** A table without a row of heads would get an empty one; its caption would be lost. */
function cleanTable(table: Element): ElementContent[] {
  squareTable(table);
  const first = rowsOf(table)[0];
  for (const cell of first ? cellsOf(first) : []) cell.tagName = 'th';
  const caption = findElement(table, (one) => isElement(one, 'caption'));
  return caption ? [{ ...caption, tagName: 'p' }, table] : [table];
}

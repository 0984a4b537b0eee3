import type { Element, Root } from 'hast';
import { attribute, elementsIn, findElement, isElement, textOf } from './html-tree.ts';
import { readLine, readLink, readSaneDate } from './page-fields.ts';

/** What an HTML page says about itself. */
export interface HtmlFacts {
  title: string | undefined;
  url: string | undefined;
  updated: string | undefined;
}

/** Best first: when it was changed, then when it was published. */
const DATES = [
  'article:modified_time',
  'og:updated_time',
  'datemodified',
  'dcterms.modified',
  'last-modified',
  'dc.date.modified',
  'article:published_time',
  'datepublished',
  'dcterms.created',
  'dc.date',
  'date',
];

export function readHtmlFacts(page: Root, content: Element | Root): HtmlFacts {
  return { title: titleOf(page, content), url: canonicalOf(page), updated: updatedOf(page, content) };
}

/** Most titles end with the name of the site, which says nothing: the heading is what they begin with. */
function titleOf(page: Root, content: Element | Root): string | undefined {
  const title = findElement(page, (one) => isElement(one, 'title'));
  const heading = findElement(content, (one) => isElement(one, 'h1') && headingOf(one) !== undefined);
  const called = title && readLine(textOf(title));
  const said = heading && headingOf(heading);
  if (called === undefined || said === undefined) return called ?? said;
  const rest = called.startsWith(said) ? called.slice(said.length) : '';
  return /^\s*[-–—|·•:»/]\s/.test(rest) ? said : called;
}

/** Without the sign that links to the heading itself. */
function headingOf(heading: Element): string | undefined {
  return readLine(textOf(heading).replace(/\s*[#¶§]$/, ''));
}

function canonicalOf(page: Root): string | undefined {
  const link = findElement(
    page,
    (one) => isElement(one, 'link') && /(?:^|\s)canonical(?:\s|$)/i.test(attribute(one, 'rel')),
  );
  return link && readLink(attribute(link, 'href'));
}

function updatedOf(page: Root, content: Element | Root): string | undefined {
  const dates = new Map<string, string>();
  const note = (name: string, value: string) => {
    const date = readSaneDate(value);
    const key = name.trim().toLowerCase();
    if (date !== undefined && !dates.has(key)) dates.set(key, date);
  };
  for (const element of elementsIn(page)) {
    if (element.tagName !== 'meta' && element.tagName !== 'time') continue;
    const value = attribute(element, element.tagName === 'meta' ? 'content' : 'dateTime');
    for (const name of ['property', 'name', 'itemProp']) note(attribute(element, name), value);
  }
  const named = DATES.find((name) => dates.has(name));
  if (named !== undefined) return dates.get(named);
  const times = [...elementsIn(content)].filter((one) => isElement(one, 'time'));
  // Several are a list of news or comments, and none of them is the page's own.
  return times.length === 1 && times[0] ? readSaneDate(attribute(times[0], 'dateTime')) : undefined;
}

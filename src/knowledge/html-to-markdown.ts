import { setImmediate } from 'node:timers/promises';
import { fromHtml } from 'hast-util-from-html';
import { toMdast } from 'hast-util-to-mdast';
import { gfmTableToMarkdown } from 'mdast-util-gfm-table';
import { type Options, toMarkdown } from 'mdast-util-to-markdown';
import { cleanContent, findContent } from './html-content.ts';
import { readHtmlFacts } from './html-facts.ts';
import { portions } from './html-portions.ts';
import { findElement, isElement } from './html-tree.ts';
import { MAX_TEXT_BYTES, type ReadFile, tooLarge } from './page-reader.ts';
import { MAX_ELEMENTS, slimHtml } from './slim-html.ts';

/** Columns are not aligned: one long cell would fill every row with blanks. */
const STYLE: Options = {
  extensions: [gfmTableToMarkdown({ tablePipeAlign: false })],
  bullet: '-',
  rule: '-',
  listItemIndent: 'one',
};
/** The head of a table and the line below it. */
const HEAD_LINES = 2;
const LOGIN =
  'holds a form and no text beside it: it may be a login page; name the address of the page itself, or export it without a login';

/** The main content of an HTML page as Markdown. `base` is the address it came from. */
export async function htmlToMarkdown(html: string, base?: string): Promise<ReadFile | { reason: string }> {
  const slim = slimHtml(html);
  if (slim === undefined)
    return {
      reason: `is HTML of more than ${MAX_ELEMENTS} elements, or of deeper nested ones than a page has; split it into several pages, save it as Markdown or CSV, or leave it out`,
    };
  if (slim.length > MAX_TEXT_BYTES) return tooLarge(slim.length, MAX_TEXT_BYTES);
  const page = fromHtml(slim);
  await setImmediate();
  const content = findContent(page);
  const hasForm = findElement(page, (one) => isElement(one, 'form', 'input')) !== undefined;
  const facts = readHtmlFacts(page, content);
  await setImmediate();
  cleanContent(content, base ?? facts.url);
  await setImmediate();
  let body = '';
  for (const { nodes, goesOn } of portions(content)) {
    const part = toMarkdown(
      toMdast({ type: 'root', children: nodes }) as Parameters<typeof toMarkdown>[0],
      STYLE,
    );
    await setImmediate();
    if (goesOn === 'row') body += part.split('\n').slice(HEAD_LINES).join('\n');
    else if (goesOn === 'item' || body === '') body += part;
    else if (part.trim() !== '') body += `\n${part}`;
  }
  if (!/\S/.test(body) && hasForm) return { reason: LOGIN };
  return { ...facts, body };
}

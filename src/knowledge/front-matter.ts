import { isMap, parseDocument } from 'yaml';
import { readDate, readLine, readLink } from './page-fields.ts';

export interface FrontMatter {
  title: string | undefined;
  url: string | undefined;
  updated: string | undefined;
}

export type SplitPage = { front: FrontMatter; body: string } | { reason: string };

const NONE: FrontMatter = { title: undefined, url: undefined, updated: undefined };

/** Takes the front matter off a page whose line ends are `\n`; the reason names the line that is broken. */
export function splitFrontMatter(text: string): SplitPage {
  if (!/^---[ \t]*\n/.test(text)) return { front: NONE, body: text };
  const from = text.indexOf('\n') + 1;
  const close = /^(?:---|\.\.\.)[ \t]*(?:\n|$)/m.exec(text.slice(from));
  if (!close) {
    // Without a second line of dashes the first one may be meant as a rule across the page.
    const isMeant = /^[\w-]+:(?:\s|$)/.test(text.slice(from));
    if (!isMeant) return { front: NONE, body: text };
    return { reason: 'the front matter that begins on line 1 has no closing line "---"' };
  }
  const document = parseDocument(text.slice(from, from + close.index), { logLevel: 'silent' });
  const error = document.errors[0];
  if (error) {
    const line = (error.linePos?.[0].line ?? 1) + 1;
    return {
      reason: `broken front matter, line ${line}: ${error.message.split('\n')[0]?.replace(/ at line \d+.*$/, '')}`,
    };
  }
  const body = text.slice(from + close.index + close[0].length);
  if (document.contents === null) return { front: NONE, body };
  if (!isMap(document.contents)) return { front: NONE, body: text };
  return { front: fieldsOf((key) => document.get(key)), body };
}

function fieldsOf(get: (key: string) => unknown): FrontMatter {
  return { title: readLine(get('title')), url: readLink(get('url')), updated: readDate(get('updated')) };
}

import type { PageChange } from '../conversation/content.ts';
import type { CheckedSpan } from '../pipeline/recall/check-cited.ts';
import type { Citation as Cite } from '../pipeline/types.ts';
import type { Citation } from '../store/citations.ts';

/** A citation held against the index. */
export interface Finding extends CheckedSpan {
  citation: Citation;
}

/** What changed, page by page: one quote of the old words and one of the new, each sentence once. */
export function mergeByPage(findings: readonly Finding[]): PageChange[] {
  const pages = new Map<
    string,
    { title: string; url: string | undefined; older: string[]; newer: string[] }
  >();
  for (const { citation, verdict, page } of findings) {
    if (verdict.kind !== 'changed' && verdict.kind !== 'removed') continue;
    const { title, url } = page ?? citation;
    const merged = pages.get(citation.page) ?? { title, url: page && url, older: [], newer: [] };
    pages.set(citation.page, merged);
    for (const { older, newer } of verdict.changes) {
      merged.older.push(older);
      if (newer !== undefined) merged.newer.push(newer);
    }
  }
  return [...pages.values()].map(({ title, url, older, newer }) => ({
    ...{ title, url, older: joinWords(older) },
    newer: newer.length === 0 ? undefined : joinWords(newer),
  }));
}

/** The new words as citations, so that they are watched in the place of the old ones. */
export function listNewCites(findings: readonly Finding[]): Cite[] {
  return findings.flatMap(({ citation, verdict, page }) => {
    if (verdict.kind !== 'changed' || page === undefined) return [];
    const newer = verdict.changes.flatMap((change) => change.newer ?? []);
    // Of a table the row alone: between it and its head there may be others.
    return newer.map((text) => ({
      ...{ source: citation.page, title: page.title, url: page.url },
      quote: text.startsWith('|') ? (text.split('\n').at(-1) ?? text) : text,
    }));
  });
}

/** Sentences in a row, rows of one table under one head. */
function joinWords(texts: readonly string[]): string {
  let joined = '';
  let head = '';
  for (const text of new Set(texts)) {
    const isTable = text.startsWith('|');
    const [first = '', rule = '', ...rows] = text.split('\n');
    if (isTable && `${first}\n${rule}` === head) joined += `\n${rows.join('\n')}`;
    else if (joined === '') joined = text;
    else joined += isTable || head !== '' ? `\n\n${text}` : ` ${text}`;
    head = isTable ? `${first}\n${rule}` : '';
  }
  return joined;
}

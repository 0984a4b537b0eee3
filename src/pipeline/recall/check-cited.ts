import { readPassagesOf } from '../../knowledge/read-passages-of.ts';
import { readQueryTerms } from '../../knowledge/terms.ts';
import type { Passage } from '../../knowledge/types.ts';
import type { KnowledgeIndex } from '../../ports.ts';
import { type CitedText, type CitedVerdict, judgeCited } from './judge-cited.ts';
import { type PageWords, readPageWords } from './page-words.ts';
import { readStatements } from './statements.ts';

export type CheckCited = (cited: CitedText & { source: string }) => Promise<CheckedSpan>;

export interface CheckedSpan {
  verdict: CitedVerdict;
  /** The page as it is called now; undefined when it is gone. */
  page: { title: string; url: string | undefined } | undefined;
}

/** Where a sentence that left its page is looked for: the passages most like it. */
const ELSEWHERE = { statements: 8, passages: 10 };

/**
 * Checks what was cited against the version that serves. Pages are read once: make a new one for every run, since the
 * index may have switched.
 */
export function createCheckCited(index: KnowledgeIndex): CheckCited {
  const pages = new Map<string, { page: PageWords; passage: Passage } | undefined>();

  const readPage = async (source: string) => {
    if (!pages.has(source)) {
      const passages = (await readPassagesOf(index, [source])).get(source) ?? [];
      const [passage] = passages;
      pages.set(source, passage && { page: readPageWords(passages.map(({ text }) => text)), passage });
    }
    return pages.get(source);
  };

  return async (cited) => {
    const own = await readPage(cited.source);
    const page = own && { title: own.passage.title, url: own.passage.url };
    const verdict = judgeCited(cited, own?.page);
    if (verdict.kind === 'stands') return { verdict, page };
    const others: { source: string; words: PageWords }[] = [];
    for (const source of await findOthers(index, cited, own?.page)) {
      const other = await readPage(source);
      if (other) others.push({ source, words: other.page });
    }
    return { verdict: others.length === 0 ? verdict : judgeCited(cited, own?.page, others), page };
  };
}

/** Pages that everybody may see and that have passages like the sentences that are missing. */
async function findOthers(
  index: KnowledgeIndex,
  cited: CitedText & { source: string },
  own: PageWords | undefined,
): Promise<string[]> {
  const missing = readStatements(cited.text).filter(({ words }) => (own?.find(words).length ?? 0) === 0);
  const sources = new Set<string>();
  for (const { text } of missing.slice(0, ELSEWHERE.statements)) {
    const terms = readQueryTerms([{ text, weight: 1 }]);
    if (terms.length === 0) continue;
    const found = await index.candidates({ terms, limit: ELSEWHERE.passages });
    for (const { passage } of found) if (passage.source !== cited.source) sources.add(passage.source);
  }
  return [...sources];
}

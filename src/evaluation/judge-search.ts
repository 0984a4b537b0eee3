import type { Search, SearchResult } from '../knowledge/search.ts';
import type { JudgedQuestion } from './judged-questions.ts';
import { readTexts } from './read-texts.ts';
import { distinctPages, type RankedPages } from './retrieval.ts';

/** One question as the search answered it. */
export interface JudgedAnswer extends RankedPages {
  question: string;
  kind: string;
  /** Place of the first right page, 1 = first; undefined = not among the pages found. */
  rank: number | undefined;
  /** The first pages found, each with the score of its best passage. */
  found: { source: string; title: string; score: number }[];
}

/** Passages asked for, so that ten different pages are among them. */
const PASSAGES = 60;
/** Pages that are kept with their scores, to be read by people. */
const SHOWN = 3;
/** A busy machine may be slow once; an embedder that stays silent is none. */
const TRIES = 3;

/** Asks every question, in order. */
export async function judgeSearch(
  search: Search,
  questions: JudgedQuestion[],
  onProgress: (done: number) => void = () => {},
): Promise<JudgedAnswer[]> {
  const answers: JudgedAnswer[] = [];
  for (const { question, thread, gold, kind } of questions) {
    const { passages } = await ask(search, await readTexts(question, thread));
    const ranked = distinctPages(passages);
    const first = ranked.findIndex((page) => gold.includes(page));
    const found = ranked.slice(0, SHOWN).flatMap((page) => {
      const best = passages.find(({ source }) => source === page);
      return best ? [{ source: page, title: best.title, score: best.score }] : [];
    });
    answers.push({ question, kind, gold, ranked, rank: first < 0 ? undefined : first + 1, found });
    onProgress(answers.length);
  }
  return answers;
}

/** Answers by words alone in between would make a figure that no search has. */
async function ask(search: Search, texts: Parameters<Search>[0]): Promise<SearchResult> {
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const result = await search(texts, { limit: PASSAGES });
    if (result.meaning !== 'unavailable') return result;
  }
  throw new Error(
    'The embedder does not answer in time, so nothing was judged; try again, or with --embeddings none',
  );
}

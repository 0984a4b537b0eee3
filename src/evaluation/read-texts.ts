import type { Search } from '../knowledge/search.ts';
import { createRetrieve } from '../pipeline/retrieve.ts';
import type { Triage, Turn } from '../pipeline/types.ts';

type Texts = Parameters<Search>[0];

const TRIAGE: Triage = { kind: 'question', category: 'other', sentiment: 'neutral' };

/** What the pipeline searches for when this is asked in this thread: the question and what came just before it. */
export async function readTexts(question: string, thread: Turn[]): Promise<Texts> {
  let searched: Texts = [];
  const retrieve = createRetrieve(async (texts) => {
    searched = texts;
    return { passages: [], answerable: false, version: null, meaning: 'off' };
  });
  const asked = { id: 'evaluation', text: question, channel: '', user: '', thread, mentioned: true };
  await retrieve(asked, { triage: TRIAGE });
  return searched;
}

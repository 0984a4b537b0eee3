import type { Search, SearchResult } from '../knowledge/search.ts';
import type { Question } from './types.ts';

/** More than this many passages in a prompt costs more than it helps; a label each, S1 to S8. */
const MAX_PASSAGES = 8;

/** Half weight for the last two customer turns beat every rewriting rule tried on real conversations. */
const EARLIER_TURNS = { count: 2, weight: 0.5 };

export type Retrieve = (question: Question) => Promise<SearchResult>;

/** Asks the search for the question together with what the customer said just before. */
export function createRetrieve(search: Search): Retrieve {
  return (question) => {
    const earlier = question.thread
      .filter((turn) => turn.author === 'customer')
      .slice(-EARLIER_TURNS.count)
      .map((turn) => ({ text: turn.text, weight: EARLIER_TURNS.weight }));
    return search([{ text: question.text, weight: 1 }, ...earlier], MAX_PASSAGES);
  };
}

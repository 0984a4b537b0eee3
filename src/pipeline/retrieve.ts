import type { Search, SearchResult } from '../knowledge/search.ts';
import { noRewrite, type Rewrite, type Rewritten } from './rewrite.ts';
import type { Draft, Question, Triage } from './types.ts';

/** A label each, S1 to S8. */
const MAX_PASSAGES = 8;

/** Half weight for the last two customer turns beat every rewriting rule tried on real conversations. */
const EARLIER_TURNS = { count: 2, weight: 0.5 };
/** A sketch brings words that the pages may use and the customer does not. */
const SKETCH_WEIGHT = 0.5;

/** Who wants money back says why, seldom by which rule; the manager who decides wants to read the rule. */
const REFUND_RULES = { text: 'refunds', weight: 1 };

/** What the search found, and what a model was paid for to make the search better. */
export type Found = SearchResult & Omit<Rewritten, 'text'>;

export type Retrieve = (
  question: Question,
  hints: { triage: Triage; sketch?: Draft | undefined },
) => Promise<Found>;

/** Asks the search for the question together with what the customer said just before. */
export function createRetrieve(search: Search, rewrite: Rewrite = noRewrite): Retrieve {
  return async (question, { triage, sketch }) => {
    const earlier = question.thread.filter((turn) => turn.author === 'customer').slice(-EARLIER_TURNS.count);
    const { text: standalone, ...spent } = await (earlier.length === 0 ? noRewrite : rewrite)(question);
    const context =
      standalone === undefined
        ? earlier.map((turn) => ({ text: turn.text, weight: EARLIER_TURNS.weight }))
        : [{ text: standalone, weight: 1 }];
    const sketched = (sketch?.segments ?? []).map(({ text }) => ({ text, weight: SKETCH_WEIGHT }));
    const policy = triage.kind === 'refund_demand' ? [REFUND_RULES] : [];
    const texts = [{ text: question.text, weight: 1 }, ...policy, ...context, ...sketched];
    const found = await search(texts, { limit: MAX_PASSAGES, tenant: question.channel });
    return { ...found, ...spent };
  };
}

/** Where all pages stand in the prompt there is nothing to look for. */
export const retrieveNothing: Retrieve = async () => ({
  passages: [],
  answerable: true,
  version: null,
  meaning: 'off',
  usage: null,
  costUsd: 0,
  tried: [],
});

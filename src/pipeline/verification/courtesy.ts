import { extractFacts } from './facts.ts';
import { stem } from './stem.ts';
import { listContentKeys, tokenize } from './tokenize.ts';

/** What an acknowledgement is made of besides the customer's own words. */
const POLITE = new Set(
  `thank thanks asking reaching letting know flagging sharing writing sorry apologise apologize apologies hear
  hello hi hey welcome happy glad sure certainly course help helping see understand understandable noted right
  good great question happen happening happens issue problem trouble hit ran run want wanted wants would like look
  looking here hope helps let need anything else further assist annoying frustrating frustration inconvenience bother
  explain details detail answer below following step steps make sense sounds sound got get you your we us our i it
  that this about with for to the of in`
    .split(/\s+/)
    .map(stem),
);
/** Longer politeness says something. */
const MAX_CHARS = 200;

/**
 * Whether a sentence without a source says nothing that would need one: it states no figure, and all its words are
 * polite or the customer's own.
 */
export function isCourtesy(text: string, question: string): boolean {
  if (text.length > MAX_CHARS || extractFacts(text).length > 0) return false;
  const asked = listContentKeys(tokenize(question));
  return [...listContentKeys(tokenize(text))].every((key) => asked.has(key) || POLITE.has(key));
}

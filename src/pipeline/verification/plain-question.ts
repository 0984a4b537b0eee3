import { extractFacts } from './facts.ts';
import { splitSentences } from './sentences.ts';
import { listContentKeys, tokenize } from './tokenize.ts';

/** Longer questions explain something, and what they explain has no source. */
const MAX_CHARS = 300;
/** One shared word is chance, such as the name of the plan; more is the note itself. */
const MAX_SHARED_WITH_NOTES = 1;

/**
 * Whether a question of ours only asks: no statement before it, no figure the customer did not bring up, and nothing
 * of the internal notes.
 */
export function isPlainQuestion(
  text: string,
  known: { question: string; notes?: string | undefined },
): boolean {
  const sentences = splitSentences(text).map(({ start, end }) => text.slice(start, end).trim());
  if (text.length > MAX_CHARS || !sentences.every((sentence) => sentence.endsWith('?'))) return false;
  if (extractFacts(text).some((fact) => !known.question.includes(fact.text))) return false;
  const asked = listContentKeys(tokenize(known.question));
  const noted = listContentKeys(tokenize(known.notes ?? ''));
  const shared = [...listContentKeys(tokenize(text))].filter((key) => noted.has(key) && !asked.has(key));
  return shared.length <= MAX_SHARED_WITH_NOTES;
}

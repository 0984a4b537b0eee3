import type { DeskPassage } from './desk-data.ts';
import { readTableRows, type Said } from './table-rows.ts';

export interface PickedSentence {
  label: string;
  /** As it is to be said: a row of a table with the names of its columns. */
  text: string;
  /** Word for word as they stand in the passage. */
  quotes: string[];
  /** Share of the question's weight whose words stand in the sentence or above it, 0 to 1. */
  fit: number;
}

const MOST_SENTENCES = 2;
/** A second sentence is worth saying only when it fits nearly as well. */
const SECOND_SHARE = 0.7;
/** Words of a title and heading say what a sentence is about without standing in it. */
const HEADING_WEIGHT = 0.5;
const ABSENT_WEIGHT = 0.5;
const CODE_WEIGHT = 3;
const NAME_OR_CODE = /\b(?=[\w-]*[A-Z\d][\w-]*[A-Z\d])[A-Z][A-Z\d-]+\b/g;
/** The passages come best first. */
const RANK_DECAY = 0.15;
/** A sentence that points elsewhere, or is hardly one, says less than one that tells. */
const POOR_WEIGHT = 0.5;
const FEW_WORDS = 6;
const STOP_WORDS = new Set(
  `a about am an and any are as at be been but by can cannot could did do does for from get got had has have hello hey hi
  how i if in into is it its just me my need not of on or our out please so some than thank thanks that the their them
  then there they this to too up us very want was we were what when where which who why will with would you your doesnt dont isnt cant wont`.split(
    /\s+/,
  ),
);

/** The sentences of the passages that fit the question best, at most two. */
export function pickSentences(question: string, passages: DeskPassage[]): PickedSentence[] {
  const wanted = new Set(contentWords(question));
  const sentences = passages.flatMap((passage, rank) =>
    [...sentencesOf(passage.text), ...readTableRows(passage.text)].map((said) => ({
      ...{ passage, rank, ...said },
      words: new Set(contentWords(said.own)),
    })),
  );
  const weights = weigh(
    wanted,
    new Set(contentWords((question.match(NAME_OR_CODE) ?? []).join(' '))),
    sentences.map(({ words }) => words),
  );
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return [];
  const scored = sentences.map(({ passage, rank, text, quotes, above, words }) => {
    const around = new Set(contentWords(`${passage.title} ${above}`));
    const hit = [...weights].reduce(
      (sum, [word, weight]) =>
        sum + (words.has(word) ? weight : around.has(word) ? weight * HEADING_WEIGHT : 0),
      0,
    );
    const isPoor = /\]\(|^see\b/i.test(text) || text.split(/\s+/).length < FEW_WORDS;
    const fit = hit / total;
    const worth = (fit * (isPoor ? POOR_WEIGHT : 1)) / (1 + rank * RANK_DECAY);
    return { label: passage.label, text, quotes, fit, worth };
  });
  // Of equals the earlier stays first, which is the one of the better passage.
  scored.sort((a, b) => b.worth - a.worth);
  const best = scored[0]?.worth ?? 0;
  return scored
    .slice(0, MOST_SENTENCES)
    .filter(({ worth }) => worth > 0 && worth >= best * SECOND_SHARE)
    .map(({ label, text, quotes, fit }) => ({ label, text, quotes, fit }));
}

/** Whole sentences of running text: no headings, tables or code, whose lines are none. */
function sentencesOf(text: string): Said[] {
  const prose = text.replace(/```[\s\S]*?```/g, '\n').split('\n');
  return prose
    .filter((line) => !/^\s*(?:[#|>]|$)/.test(line))
    .map((line) => line.replace(/^\s*(?:[-*+]|\d+\.)\s+/, ''))
    .flatMap((line) => line.split(/(?<=[.!?])\s+(?=[\p{Lu}\p{N}*`"])/u))
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.length >= 20 && sentence.split(/\s+/).length <= 45)
    .map((sentence) => ({ text: sentence, quotes: [sentence], own: sentence, above: '' }));
}

export function contentWords(text: string): string[] {
  const joined = text.toLowerCase().replace(/(?<=\p{L})[-'\u2019](?=\p{L})/gu, '');
  const words = joined.match(/[\p{L}\p{N}]+(?:-\p{N}+)?/gu) ?? [];
  return words.filter((word) => !STOP_WORDS.has(word)).map(stem);
}

/** Brings "refunds", "refunded" and "refund" together; no more than a scripted model needs. */
function stem(word: string): string {
  const stemmed = word.replace(/(?:ing|ed|es|s)$/, '');
  return stemmed.length >= 3 ? stemmed : word;
}

/**
 * Words that stand in few sentences tell more than those that stand in all; one that stands in none may be a manner
 * of speaking. A code or an abbreviation is what a question is about, found or not.
 */
function weigh(wanted: Set<string>, codes: Set<string>, sentences: Set<string>[]): Map<string, number> {
  const weights = new Map<string, number>();
  for (const word of wanted) {
    const holding = sentences.filter((words) => words.has(word)).length;
    const rarity = Math.log(1 + (sentences.length + 1) / (holding + 0.5));
    weights.set(word, rarity * (codes.has(word) ? CODE_WEIGHT : holding === 0 ? ABSENT_WEIGHT : 1));
  }
  return weights;
}

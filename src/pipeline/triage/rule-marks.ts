import { CATEGORY_RULES } from './category-phrases.ts';
import { fold } from './fold.ts';
import { matchingReasons } from './phrase.ts';
import { readRefundRules } from './refund-rules.ts';
import { readSentences } from './sentences.ts';
import { mendSpelling } from './spelling.ts';

/** What the rules find in a message, as marks for the classifier. */
export function readRuleMarks(text: string): string[] {
  const marks = new Set<string>();
  for (const sentence of readSentences(text)) {
    const folded = fold(sentence);
    const { tone, reasons } = readRefundRules(folded);
    if (tone !== 'silent') marks.add(tone);
    for (const reason of reasons) marks.add(reason);
    for (const reason of matchingReasons(CATEGORY_RULES, mendSpelling(folded))) marks.add(reason);
  }
  return [...marks];
}

import { BARE_GRANTS_EN } from './bare-grants-en.ts';
import { compilePatterns } from './compile-patterns.ts';
import { DATE_AND_FAULT_PROMISES_EN } from './date-and-fault-promises-en.ts';
import { LOOSE_EN } from './loose-promises-en.ts';
import { MONEY_PROMISES_EN } from './money-promises-en.ts';
import { OFFER_PROMISES_EN } from './offer-promises-en.ts';
import { plainStatement } from './plain-statement.ts';
import type { PromiseTopic } from './promise-topic.ts';
import { withoutConditions, withoutHearsay } from './without-conditions.ts';

/** The most exact first: a credit is money too. */
const GROUPS: [PromiseTopic, string[] | undefined][] = [
  ['legal', DATE_AND_FAULT_PROMISES_EN.legal],
  ['credit', MONEY_PROMISES_EN.credit],
  ['discount', OFFER_PROMISES_EN.discount],
  ['discount', OFFER_PROMISES_EN.free],
  ['money', MONEY_PROMISES_EN.waiver],
  ['money', MONEY_PROMISES_EN.money],
  ['date', DATE_AND_FAULT_PROMISES_EN.date],
];
const PROMISES = GROUPS.flatMap(([topic, patterns = []]) =>
  compilePatterns(patterns).map((pattern) => ({ pattern, topic })),
);
const BARE_GRANTS = compilePatterns(BARE_GRANTS_EN);
const LOOSE = LOOSE_EN.map(({ topic, all, unless }) => ({
  topic,
  all: compilePatterns(all.map((words) => `(?:${words})`)),
  unless: compilePatterns([`(?:${unless})`]),
}));
/** A step to take, not a word of ours. */
const IMPERATIVE =
  /^(?:open|go|choose|click|select|write|send|add|enter|contact|use|check|set|create|see|visit|navigate|tell|enable|upgrade|cancel|update|ensure|make|sign|log|upload|try|read|find|quote|provide|include|start|stop|run|press|confirm|review|deploy|connect|configure|install|copy|switch|follow|pick|note|please (?!accept|expect)\w+) (?!.*\b(?:we|i|us|our) )/;
const SUBJECT =
  /\b(refund|money|credit|discount|reimburs|repay|compensat|payment|charge[ds]?|paid|fee|invoice|price|cheaper|amt|free month|trial|lost|loss|leak|liab|responsib|contract|costs?|deadline|fix)\w*/;
const QUESTION =
  /^["'(\s]*(?:(?:and|or|but|so|also) )?(?:what|how|when|where|why|who|which|whose|can|could|do|does|did|is|are|was|were|will|would|should|has|have|may|must|am|any)\b[^.!]*\?["')\s]*$/;
const OFFER =
  /\b(?:how|what) (?:about|if)\b|\b(?:would|do|should|shall|can|may|could) (?:you (?:like|want|prefer|accept)|i|we)\b[^?]*\b(?:refund|credit|waive|discount|compensate|reimburse|free|money back|pct|%)\w*/;

/** The first promise among the statements of a text, with the words that make it. */
export function findEnglishPromise(sentences: string[]): { phrase: string; topic: PromiseTopic } | undefined {
  const statements = sentences.filter((sentence) => !isMereQuestion(sentence)).map(plainStatement);
  for (const statement of statements) {
    const outright = withoutConditions(statement);
    const dated = withoutHearsay(statement);
    for (const { pattern, topic } of PROMISES) {
      const match = pattern.exec(topic === 'date' ? dated : outright);
      if (match) return { phrase: match[0], topic };
    }
  }
  return (
    findLoosePromise(statements) ?? findBareGrant(statements.map(withoutConditions), sentences.join(' '))
  );
}

function findBareGrant(
  statements: string[],
  text: string,
): { phrase: string; topic: PromiseTopic } | undefined {
  if (!SUBJECT.test(plainStatement(text))) return undefined;
  for (const statement of statements) {
    const match = BARE_GRANTS.map((pattern) => pattern.exec(statement)).find(Boolean);
    if (match) return { phrase: match[0], topic: 'money' };
  }
  return undefined;
}

function findLoosePromise(statements: string[]): { phrase: string; topic: PromiseTopic } | undefined {
  for (const statement of statements) {
    const outright = withoutHearsay(statement);
    if (IMPERATIVE.test(outright)) continue;
    const rule = LOOSE.find(
      ({ all, unless }) =>
        all.every((words) => words.test(outright)) && !unless.some((words) => words.test(outright)),
    );
    if (rule) return { phrase: outright, topic: rule.topic };
  }
  return undefined;
}

function isMereQuestion(sentence: string): boolean {
  return QUESTION.test(sentence) && !OFFER.test(sentence);
}

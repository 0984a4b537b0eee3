import { findNearest, isTypoFix } from './nearest.ts';
import type { PageWords, Place } from './page-words.ts';
import { readStatements, type Statement } from './statements.ts';

/** What an answer rests on: whole sentences of a page, word for word as they were. */
export interface CitedText {
  text: string;
  /** The sentence that stood behind it in the same paragraph, empty when none did: a condition may join it later. */
  next: string;
}

/** A statement that does not stand as it did. `newer` is undefined when nothing on the page comes near it. */
export interface StatementChange {
  older: string;
  newer: string | undefined;
}

/** `moved`: every statement that left the page stands on these others now. */
export type CitedVerdict =
  | { kind: 'stands' }
  | { kind: 'moved'; to: string }
  | { kind: 'changed' | 'removed'; changes: StatementChange[] };

/** Fewer words, such as "Click Save.", stand on many pages and are at home on none of them. */
const MOVED_WORDS = 5;
/** So much in common that it must be the same sentence in another wording. */
const SAME_MATTER = 0.75;
/** A longer stretch between two cited sentences is a text of its own. */
const INSERTED_STATEMENTS = 3;
/** How a sentence begins that narrows what was said just before it. */
const NARROWS =
  /^(?:(?:however|but|except|unless|excluding|only|otherwise|not|no)\b|(?:this|that|these|it|they)\b[^.]*\b(?:not|n't|only|except|unless|requires?|limited|excludes?)\b)/i;

/**
 * Holds what was cited against the page as it is now, and what is missing there against other pages. Layout, markup,
 * punctuation, case, inflection, order and place are cosmetic; any other word, number or sign is not.
 */
export function judgeCited(
  cited: CitedText,
  page: PageWords | undefined,
  others: readonly { source: string; words: PageWords }[] = [],
): CitedVerdict {
  const statements = readStatements(cited.text);
  const places = statements.map(({ words }) => page?.find(words) ?? []);
  const isCited = isOneOf(statements);
  const gone = statements
    .filter((_, at) => places[at]?.length === 0)
    .map((statement) => ({ statement, newer: page && findNearest(statement.words, page, isCited) }))
    .filter(({ statement, newer }) => !page || !newer || !isTypoFix(statement, newer.statement, page));
  // Where the page has a wording that is nearly the same, the sentence was changed there and not moved away.
  const movable = gone.filter(({ newer }) => (newer?.common ?? 0) < SAME_MATTER);
  const moved = findMoved(
    movable.map(({ statement }) => statement),
    others,
  );
  const changes = [
    ...gone
      .filter(({ statement }) => !moved.has(statement))
      .map(({ statement, newer }) => ({ older: statement.text, newer: newer?.statement.text })),
    ...(page === undefined ? [] : findJoined(cited, statements, places, page)),
  ];
  if (changes.length > 0) {
    return { kind: changes.every(({ newer }) => newer === undefined) ? 'removed' : 'changed', changes };
  }
  const to = moved.values().next().value;
  // Only when nothing of it is left is the other page the one to watch.
  return to !== undefined && gone.length === statements.length ? { kind: 'moved', to } : { kind: 'stands' };
}

/** A sentence of the page that was cited beside it is no newer wording of it. */
function isOneOf(statements: readonly Statement[]): (statement: Statement) => boolean {
  const known = new Set(statements.map(({ words }) => words.join(' ')));
  return ({ words }) => known.has(words.join(' '));
}

/** The statements that stand on another page, each with that page. */
function findMoved(
  missing: readonly Statement[],
  others: readonly { source: string; words: PageWords }[],
): Map<Statement, string> {
  const moved = new Map<Statement, string>();
  for (const { source, words: page } of others) {
    const there = missing.filter(({ words }) => page.find(words).length > 0);
    const size = there.reduce((sum, { words }) => sum + words.length, 0);
    if (size < MOVED_WORDS) continue;
    for (const statement of there) if (!moved.has(statement)) moved.set(statement, source);
  }
  return moved;
}

/** Sentences that joined the cited ones: between two of them, or behind the last where they narrow it. */
function findJoined(
  cited: CitedText,
  statements: readonly Statement[],
  places: readonly Place[][],
  page: PageWords,
): StatementChange[] {
  const isCited = isOneOf([...statements, ...readStatements(cited.next)]);
  const joined: StatementChange[] = [];
  for (const [at, statement] of statements.entries()) {
    const place = only(places[at]);
    if (place === undefined) continue;
    const isLast = at === statements.length - 1;
    const added = isLast
      ? narrowing(page, place)
      : insertedBetween(page, place, only(places[at + 1]), statement);
    if (added.length === 0 || added.some(isCited)) continue;
    joined.push({ older: statement.text, newer: [statement, ...added].map(({ text }) => text).join(' ') });
  }
  return joined;
}

function only(places: readonly Place[] | undefined): Place | undefined {
  return places?.length === 1 ? places[0] : undefined;
}

function narrowing(page: PageWords, { last }: Place): Statement[] {
  const next = page.statements[last + 1];
  return next !== undefined && next.opens === undefined && NARROWS.test(next.text) ? [next] : [];
}

/** In the same paragraph, or a step in the same list; a whole paragraph in between is a matter of its own. */
function insertedBetween(
  page: PageWords,
  before: Place,
  after: Place | undefined,
  statement: Statement,
): Statement[] {
  if (after === undefined) return [];
  const added = page.statements.slice(before.last + 1, after.first);
  if (added.length > INSERTED_STATEMENTS) return [];
  const isStep = page.statements[after.first]?.opens === 'item' && statement.opens === 'item';
  const belongs = added.every(({ opens, text }) =>
    opens === undefined
      ? true
      : (isStep && opens === 'item') || (opens === 'paragraph' && NARROWS.test(text)),
  );
  return belongs ? added : [];
}

import { type Alignment, align, type Gap } from './align.ts';
import { areOpposites, countNegators, isDeniedByPrefix, isName } from './names-and-negation.ts';
import { isContent, isPronoun, type Token } from './tokenize.ts';
import { findLoneUnit } from './units.ts';

export type TamperKind = 'figure' | 'unit' | 'negation' | 'opposite' | 'name';

/** One thing a nearly verbatim claim says otherwise than the words it was taken from. */
export interface Tampering {
  kind: TamperKind;
  reason: string;
  /** The quote says something else in the same place, it is not merely silent. */
  contradicts: boolean;
}

/** From here on a claim is taken as the quote's own words, and one changed word is suspicious. */
const NEAR_VERBATIM = 0.6;
const NEAR_VERBATIM_DENSITY = 0.55;
const MIN_MATCHED = 3;
/** A name that replaces none is suspicious only when nearly all the rest is copied. */
const COPIED = 0.75;

export function isNearVerbatim(alignment: Alignment): boolean {
  return (
    alignment.matched >= MIN_MATCHED &&
    alignment.coverage >= NEAR_VERBATIM &&
    alignment.density >= NEAR_VERBATIM_DENSITY
  );
}

/** What is known beyond the quote itself. */
export interface TamperContext {
  /** Not a word of everyday language, so a name when it opens a sentence. */
  isRare: (key: string) => boolean;
  /** A name somewhere in the sources. */
  isName: (key: string) => boolean;
  /** Also said in another of the best sentences, so a name added from there is not made up. */
  isInSources: (key: string) => boolean;
}

/** What was changed in words otherwise copied from the quote; nothing for a free paraphrase. */
export function findTampering(
  claim: readonly Token[],
  quote: readonly Token[],
  context: TamperContext,
): Tampering[] {
  const alignment = align(claim, quote);
  const isCopied = isNearVerbatim(alignment);
  const gaps = isCopied ? alignment.gaps : alignment.gaps.filter(isChangedInPlace);
  const inQuote = new Set(quote.map((token) => token.key));
  const inClaim = new Set(claim.map((token) => token.key));
  const changes = gaps.flatMap((gap) => [
    ...compareFigures(gap, inClaim, inQuote),
    ...compareUnits(gap, inQuote, inClaim),
    ...compareNegation(gap),
    ...compareOpposites(gap),
    ...compareNames(gap, inQuote, alignment.coverage, context),
  ]);
  return isCopied ? changes : changes.filter((change) => change.contradicts);
}

/** In a free sentence too, one or two words changed inside a copied stretch are suspicious. */
const MIN_COPIED_AROUND = 5;
const MAX_CHANGED = 2;

function isChangedInPlace(gap: Gap): boolean {
  return (
    gap.copiedAround >= MIN_COPIED_AROUND &&
    gap.claim.length <= MAX_CHANGED &&
    gap.quote.length <= MAX_CHANGED
  );
}

function compareFigures(gap: Gap, inClaim: ReadonlySet<string>, inQuote: ReadonlySet<string>): Tampering[] {
  const own = gap.claim.find((token) => token.isNumber);
  if (own === undefined) return [];
  // The same numbers in another order are no change; a number the quote lacks is one.
  const isReplaced = (token: Token) => token.isNumber && !(inQuote.has(own.key) && inClaim.has(token.key));
  const other = gap.quote.find(isReplaced);
  return other ? [differs('figure', 'number', own, other)] : [];
}

function differs(kind: TamperKind, noun: string, own: Token, other: Token): Tampering {
  return { kind, reason: `${noun} "${own.text}" where the source has "${other.text}"`, contradicts: true };
}

/** A unit for another, or what is counted for something else: "13 percent" is not "13 points". */
function compareUnits(gap: Gap, inQuote: ReadonlySet<string>, inClaim: ReadonlySet<string>): Tampering[] {
  const own = gap.claim.find((token) => findLoneUnit(token.text) && !inQuote.has(token.key));
  const other = gap.quote.find((token) => findLoneUnit(token.text) && !inClaim.has(token.key));
  if (own && other) return isSameUnit(own, other) ? [] : [differs('unit', 'unit', own, other)];
  const [counted, wanted] = [gap.claim[0], gap.quote[0]];
  if (!gap.followsNumber || !counted || !wanted || !isCountable(counted) || !isCountable(wanted)) return [];
  const hasUnit = findLoneUnit(counted.text) !== undefined || findLoneUnit(wanted.text) !== undefined;
  // Without a unit the word may only have moved; with one, what stands behind the number is what it counts.
  if (!hasUnit && (inQuote.has(counted.key) || inClaim.has(wanted.key))) return [];
  return hasUnit && isSameUnit(counted, wanted) ? [] : [differs('unit', 'unit', counted, wanted)];
}

const isCountable = (token: Token) => !token.isNumber && isContent(token);

function isSameUnit(a: Token, b: Token): boolean {
  const [own, other] = [findLoneUnit(a.text), findLoneUnit(b.text)];
  return own?.name === other?.name && own?.factor === other?.factor;
}

function compareNegation(gap: Gap): Tampering[] {
  if (!isShort(gap)) return [];
  const [said, written] = [countNegators(gap.claim), countNegators(gap.quote)];
  const prefixed = gap.claim.filter((own) => gap.quote.some((other) => isDeniedByPrefix(own, other))).length;
  if ((said + written + prefixed) % 2 === 0) return [];
  const reason =
    said >= written
      ? 'negation: it denies what the source says'
      : 'negation: it leaves out a denial of the source';
  return [{ kind: 'negation', reason, contradicts: true }];
}

function compareOpposites(gap: Gap): Tampering[] {
  if (countNegators(gap.claim) > 0 || countNegators(gap.quote) > 0) return [];
  for (const own of gap.claim) {
    const other = gap.quote.find((token) => areOpposites(own, token));
    if (other !== undefined) return [differs('opposite', 'opposite', own, other)];
  }
  return [];
}

/** Words that open a sentence of an answer without naming anything. */
const LEAD_INS = new Set(
  `accord accordingli base yes no sure note pleas general typical current furthermore moreover final overall specific
unfortunate thank hi hello sorri also additional however instead otherwis additionalli first second third next
according documentation`.split(/\s+/),
);

/** Gaps longer than this are another clause, not a changed word. */
const MAX_SWAP = 4;
const isShort = (gap: Gap) => gap.claim.length <= MAX_SWAP + 1 && gap.quote.length <= MAX_SWAP;

function compareNames(
  gap: Gap,
  inQuote: ReadonlySet<string>,
  coverage: number,
  context: TamperContext,
): Tampering[] {
  const replaced = isShort(gap) ? gap.quote.filter((token) => isContent(token) && !token.isNumber) : [];
  return gap.claim.flatMap((token): Tampering[] => {
    if (inQuote.has(token.key) || LEAD_INS.has(token.key)) return [];
    const swapped = replaced.find((other) => isName(other) || (token.isInitial && other.isCapital));
    const isOpening = token.isInitial && token.isCapital && isContent(token) && swapped !== undefined;
    const isNameHere = isOpening ? context.isRare(swapped.key) || context.isRare(token.key) : isName(token);
    if (!isNameHere) return [];
    if (swapped !== undefined) return [differs('name', 'name', token, swapped)];
    if (coverage < COPIED || (context.isInSources(token.key) && replaced.length === 0)) return [];
    if (context.isName(token.key) && gap.quote.some(isPronoun)) return [];
    return [{ kind: 'name', reason: `name "${token.text}" is not in the quoted words`, contradicts: false }];
  });
}

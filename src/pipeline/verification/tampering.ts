import { type Alignment, align, type Gap } from './align.ts';
import { areOpposites, countNegators, isName } from './names-and-negation.ts';
import { isContent, type Token } from './tokenize.ts';
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

export function isNearVerbatim(alignment: Alignment): boolean {
  return (
    alignment.matched >= MIN_MATCHED &&
    alignment.coverage >= NEAR_VERBATIM &&
    alignment.density >= NEAR_VERBATIM_DENSITY
  );
}

/** What was changed in words otherwise copied from the quote; nothing for a free paraphrase. */
export function findTampering(claim: readonly Token[], quote: readonly Token[]): Tampering[] {
  const alignment = align(claim, quote);
  if (!isNearVerbatim(alignment)) return [];
  const inQuote = new Set(quote.map((token) => token.key));
  const inClaim = new Set(claim.map((token) => token.key));
  return alignment.gaps.flatMap((gap) => [
    ...compareFigures(gap, inClaim),
    ...compareUnits(gap, inQuote),
    ...compareNegation(gap),
    ...compareOpposites(gap),
    ...compareNames(gap, inQuote),
  ]);
}

function compareFigures(gap: Gap, inClaim: ReadonlySet<string>): Tampering[] {
  const said = gap.claim.filter((token) => token.isNumber);
  const written = gap.quote.filter((token) => token.isNumber && !inClaim.has(token.key));
  const [own, other] = [said[0], written[0]];
  if (own === undefined || other === undefined) return [];
  return [
    { kind: 'figure', reason: `"${own.text}" where the source has "${other.text}"`, contradicts: true },
  ];
}

function compareUnits(gap: Gap, inQuote: ReadonlySet<string>): Tampering[] {
  return gap.claim.flatMap((token): Tampering[] => {
    const own = findLoneUnit(token.text);
    if (own === undefined || inQuote.has(token.key)) return [];
    const units = gap.quote.flatMap((other) => findLoneUnit(other.text) ?? []);
    if (units.some((other) => other.name === own.name && other.factor === own.factor)) return [];
    const contradicts = units.length > 0;
    return [{ kind: 'unit', reason: `the unit "${token.text}" is not the source's`, contradicts }];
  });
}

function compareNegation(gap: Gap): Tampering[] {
  const [said, written] = [countNegators(gap.claim), countNegators(gap.quote)];
  if (said % 2 === written % 2) return [];
  const reason = said > written ? 'it denies what the source says' : 'it leaves out a denial of the source';
  return [{ kind: 'negation', reason, contradicts: true }];
}

function compareOpposites(gap: Gap): Tampering[] {
  for (const own of gap.claim) {
    const other = gap.quote.find((token) => areOpposites(own, token));
    if (other === undefined) continue;
    return [
      { kind: 'opposite', reason: `"${own.text}" where the source has "${other.text}"`, contradicts: true },
    ];
  }
  return [];
}

function compareNames(gap: Gap, inQuote: ReadonlySet<string>): Tampering[] {
  const replaced = gap.quote.filter((token) => isContent(token) && !token.isNumber);
  return gap.claim.flatMap((token): Tampering[] => {
    if (inQuote.has(token.key)) return [];
    const isSwap = replaced.some((other) => isName(other) || (other.isCapital && token.isCapital));
    const startsSentence = token.isInitial && token.isCapital && isContent(token) && isSwap;
    if (!isName(token) && !startsSentence) return [];
    return [
      { kind: 'name', reason: `the name "${token.text}" is not in the quoted words`, contradicts: isSwap },
    ];
  });
}

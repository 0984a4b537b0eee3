import type { Fact, QuantityFact } from './fact-types.ts';
import { findUnit, UNIT_SPELLINGS, type Unit } from './units.ts';

const escaped = UNIT_SPELLINGS.map((spelling) => spelling.replace(/[$^/]/g, '\\$&'));
const MONEY_BEFORE =
  '(US\\$|AU?\\$|CA?\\$|NZ\\$|HK\\$|S\\$|R\\$|[$€£¥₹₩]|\\b(?:USD|EUR|GBP|JPY|INR|CHF|CNY|AUD|CAD|NZD|SGD)\\b) ?';
const DIGITS = '(\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?|(?<![\\d\\p{L}])\\.\\d+)';
const TIMES = '( ?(?:hundred|thousand|million|billion|trillion|mn|bn)\\b|[kmb]\\b)';
const BETWEEN_UNIT = '(?:business|working|calendar|full|consecutive|additional|more|free|US|U\\.S\\.)';
const UNIT_AFTER = `(?:[- ]?(?:(${BETWEEN_UNIT}) )?(${escaped.join('|')})(?![\\p{L}\\p{N}])|([shdw])\\b|(st|nd|rd|th)\\b)`;
const QUANTITY = new RegExp(
  `(?:${MONEY_BEFORE})?(?<![\\p{L}_])${DIGITS}${TIMES}?${UNIT_AFTER}?([\\p{L}]*)`,
  'giu',
);

const MULTIPLES: Record<string, number> = {
  hundred: 100,
  thousand: 1e3,
  k: 1e3,
  million: 1e6,
  mn: 1e6,
  m: 1e6,
  billion: 1e9,
  bn: 1e9,
  b: 1e9,
  trillion: 1e12,
};
const SHORT_UNITS: Record<string, string> = { s: 'second', h: 'hour', d: 'day', w: 'week' };
/** What may stand between the ends of a range, or the parts of a list, that share one unit. */
const SHARED_UNIT = /^ ?(?:-|to|or|and|through|, and|, or|\/)-? ?$|^- (?:to|or|and) $/i;
const RANGE = /^ ?(?:-|to) ?$/i;

interface Found extends QuantityFact {
  start: number;
  end: number;
  multiple: number;
  /** The unit stands behind the number, where it can serve the numbers before too. */
  hasUnitAfter: boolean;
  sharesUnit?: boolean;
}

/** Reads what the readers before left: plain numbers, amounts, and numbers with a unit. */
export function readQuantities(text: string): Fact[] {
  const found: Found[] = [];
  const codes: Fact[] = [];
  for (const match of text.matchAll(QUANTITY)) {
    if (match[8]) codes.push({ kind: 'code', text: match[0].trim(), key: match[0].trim().toLowerCase() });
    else found.push(readQuantity(match));
  }
  shareUnits(text, found);
  return [...codes, ...found.map(toFact)];
}

function toFact({ kind, text, value, unit }: Found): QuantityFact {
  return unit === undefined ? { kind, text, value } : { kind, text, value, unit };
}

function readQuantity(match: RegExpMatchArray): Found {
  const [text, money, digits = '', times, between, unit, short] = match;
  const multiple = times === undefined ? 1 : (MULTIPLES[times.trim().toLowerCase()] ?? 1);
  const found: Found = {
    kind: 'quantity',
    text: text.trim(),
    value: Number(digits.replace(/,/g, '')) * multiple,
    start: match.index ?? 0,
    end: (match.index ?? 0) + text.length,
    multiple,
    hasUnitAfter: money === undefined && (unit !== undefined || short !== undefined),
  };
  const read = money !== undefined ? findUnit(money) : readUnit(between, unit, short);
  if (read !== undefined) found.unit = read;
  return found;
}

function readUnit(between?: string, unit?: string, short?: string): Unit | undefined {
  if (short !== undefined) return findUnit(SHORT_UNITS[short.toLowerCase()] ?? '');
  if (unit === undefined) return undefined;
  const read = findUnit(unit);
  const isWorkday = /business|working/i.test(between ?? '') && read?.factor === 86_400;
  return isWorkday ? { name: 'workday', factor: 1 } : read;
}

/** In "2 to 3 weeks" and "$5-10" both numbers have the unit. */
function shareUnits(text: string, found: Found[]): void {
  for (let i = found.length - 2; i >= 0; i--) {
    const [left, right] = [found[i], found[i + 1]];
    if (!left || !right?.unit || left.unit || !right.hasUnitAfter) continue;
    const between = text.slice(left.end, right.start);
    if (!SHARED_UNIT.test(between) && !(right.sharesUnit && between === ', ')) continue;
    left.unit = right.unit;
    left.hasUnitAfter = true;
    left.sharesUnit = true;
    if (left.multiple === 1 && right.multiple > 1) left.value *= right.multiple;
  }
  for (let i = 1; i < found.length; i++) {
    const [left, right] = [found[i - 1], found[i]];
    if (left?.unit && right && !right.unit && RANGE.test(text.slice(left.end, right.start)))
      right.unit = left.unit;
  }
}

import type {
  CalendarDay,
  DateFact,
  Fact,
  NameFact,
  QuantityFact,
  RateFact,
  TimeFact,
} from './fact-types.ts';
import { extractFacts, extractSourceFacts } from './facts.ts';
import { fold } from './fold.ts';
import { rateUnit } from './name-facts.ts';
import { findLoneUnit, type Unit } from './units.ts';

/** A source read once, so that many claims can be held against it. */
export interface SourceFacts {
  text: string;
  facts: Fact[];
}

export function readSourceFacts(text: string): SourceFacts {
  return { text: fold(text).toLowerCase(), facts: extractSourceFacts(text) };
}

/** The facts of a claim that its quote does not state. */
export function factsMissing(claim: string, quote: string): Fact[] {
  return factsMissingIn(extractFacts(claim), readSourceFacts(quote));
}

export function factsMissingIn(facts: Fact[], source: SourceFacts): Fact[] {
  return facts.filter((fact) => !isStated(fact, source));
}

function isStated(fact: Fact, source: SourceFacts): boolean {
  switch (fact.kind) {
    case 'quantity':
      return isQuantityStated(fact, source);
    case 'date':
      return fact.readings.some((reading) => isDayStated(reading, source));
    case 'time':
      return isTimeStated(fact, source);
    case 'rate':
      return isRateStated(fact, source);
    default:
      return isNameStated(fact, source);
  }
}

const isQuantity = (fact: Fact): fact is QuantityFact => fact.kind === 'quantity';
const isDate = (fact: Fact): fact is DateFact => fact.kind === 'date';

function isQuantityStated(fact: QuantityFact, source: SourceFacts): boolean {
  const unit = fact.unit;
  if (unit === undefined) return isNumberStated(fact.value, source);
  return source.facts.filter(isQuantity).some((other) => {
    if (other.unit === undefined) return same(other.value, fact.value) && namesUnit(source.text, unit);
    if (!isSameUnit(other.unit.name, unit.name)) return false;
    return same(other.value * other.unit.factor, fact.value * unit.factor);
  });
}

/** "Pound" is money or weight; only the figure can be held against a source that writes it otherwise. */
function isSameUnit(a: string, b: string): boolean {
  return a === b || (a === 'pound' && b === 'GBP') || (a === 'GBP' && b === 'pound');
}

/** A table may give the unit in its heading and bare numbers below. */
function namesUnit(text: string, unit: Unit): boolean {
  const words = text.match(/[$€£¥₹₩%°]|[a-z/]+/g) ?? [];
  return words.some((word) => {
    const named = findLoneUnit(word);
    return named?.name === unit.name && named.factor === unit.factor;
  });
}

function isNumberStated(value: number, source: SourceFacts): boolean {
  return source.facts.some((other) => {
    if (isQuantity(other)) return same(other.value, value);
    if (isDate(other)) return other.readings.some(({ year, day }) => year === value || day === value);
    if (other.kind === 'time')
      return same(other.minuteOfDay / 60, value) || same((other.minuteOfDay / 60) % 12, value);
    return (other.kind === 'version' || other.kind === 'code') && hasNumber(other.key, value);
  });
}

function hasNumber(text: string, value: number): boolean {
  return text.split(/[^\d]+/)[0] === String(value) || text.split(/[^\d.]+/).includes(String(value));
}

function isDayStated(day: CalendarDay, source: SourceFacts): boolean {
  return source.facts.filter(isDate).some((other) =>
    other.readings.some((reading) => {
      if (day.month !== undefined && reading.month !== day.month) return false;
      if (day.day !== undefined && reading.day !== day.day) return false;
      if (day.year === undefined || reading.year === day.year) return true;
      return reading.year === undefined && isNumberStated(day.year, source);
    }),
  );
}

function isTimeStated(fact: TimeFact, source: SourceFacts): boolean {
  return source.facts.some((other) => {
    if (other.kind !== 'time') return false;
    if (fact.minuteOfDay === other.minuteOfDay) return true;
    return (fact.isVague || other.isVague) && fact.minuteOfDay % 720 === other.minuteOfDay % 720;
  });
}

function isRateStated(fact: RateFact, source: SourceFacts): boolean {
  return (source.text.match(/[a-z]+/g) ?? []).some((word) => rateUnit(word) === fact.unit);
}

function isNameStated(fact: NameFact, source: SourceFacts): boolean {
  if (source.facts.some((other) => other.kind === fact.kind && 'key' in other && other.key === fact.key))
    return true;
  if (fact.kind === 'url') return false;
  const escaped = fact.key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\d.\\p{L}])v?${escaped}(?![\\p{L}\\d]|\\.\\d)`, 'u').test(source.text);
}

function same(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
}

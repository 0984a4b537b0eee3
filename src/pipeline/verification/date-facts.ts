import type { CalendarDay, Fact } from './fact-types.ts';
import type { Scan } from './scan.ts';

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH = `(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\b\\.?`;
const DAY = '(\\d{1,2})(?:st|nd|rd|th)?';
const YEAR = '(\\d{4})(?!\\d)';

const ISO = /\b(\d{4})-(\d{2})-(\d{2})(?!\d)(?:[T ]\d{2}:\d{2}(?::[\d.]+)?Z?)?/g;
const MONTH_FIRST = new RegExp(
  `\\b${MONTH} ${DAY}(?![\\d:]|\\.\\d)(?: ?(?:-|to|and) ?${DAY}(?![\\d:]))?(?:,? ${YEAR})?`,
  'gi',
);
const DAY_FIRST = new RegExp(
  `\\b(?:${DAY} ?(?:-|to|and) ?)?${DAY} (?:of )?${MONTH}(?:,? ${YEAR})?(?![\\p{L}\\d])`,
  'giu',
);
const MONTH_YEAR = new RegExp(`\\b${MONTH}(?: of)?,? ${YEAR}`, 'gi');
const SLASHED = /(?<![\d/.])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/]|\.\d)/g;
const MONTH_ALONE =
  /\b(January|February|March|April|June|July|August|September|October|November|December)\b|(?<=\b(?:in|since|until|by|of|from|through|before|after|last|next|early|late|mid|during) )(May)\b/g;
const WEEKDAY = /\b(mon|tues|wednes|thurs|fri|satur|sun)days?\b/gi;
const CLOCK =
  /(?<![\d:.])(\d{1,2})(?::(\d{2}))?(?::\d{2})? ?([ap])\.?m\b\.?|(?<![\d:.])(\d{1,2}):(\d{2})(?::\d{2})?(?![\d:])/gi;

export function takeDates(scan: Scan, facts: Fact[]): void {
  const add = (text: string, ...readings: CalendarDay[]) => {
    const possible = readings.filter(isPossible);
    if (possible.length > 0) facts.push({ kind: 'date', text, readings: possible });
    return possible.length > 0;
  };
  scan.take(ISO, ([text, year, month, day]) => add(text, dayOf(year, Number(month), day)));
  scan.take(SLASHED, ([text, a, , b, year]) =>
    add(text, dayOf(longYear(year), Number(a), b), dayOf(longYear(year), Number(b), a)),
  );
  scan.take(MONTH_FIRST, ([text, month, from, to, year]) => {
    // "You may 3 times" and "march 5 miles" are verbs.
    if (month === 'may' || month === 'march' || month === 'mar') return false;
    if (to !== undefined) add(text, dayOf(year, monthOf(month), to));
    return add(text, dayOf(year, monthOf(month), from));
  });
  scan.take(DAY_FIRST, ([text, from, to, month, year]) => {
    if (from !== undefined) add(text, dayOf(year, monthOf(month), from));
    return add(text, dayOf(year, monthOf(month), to));
  });
  scan.take(MONTH_YEAR, ([text, month, year]) => add(text, dayOf(year, monthOf(month))));
  scan.take(MONTH_ALONE, ([text]) => add(text, dayOf(undefined, monthOf(text))));
  scan.take(WEEKDAY, ([text, name]) => {
    facts.push({ kind: 'weekday', text, key: (name ?? '').toLowerCase() });
    return true;
  });
  takeClock(scan, facts);
}

function takeClock(scan: Scan, facts: Fact[]): void {
  scan.take(CLOCK, ([text, hour12, minute12, half, hour24, minute24]) => {
    const hour = Number(hour12 ?? hour24);
    const minute = Number(minute12 ?? minute24 ?? 0);
    if (hour > 24 || minute > 59) return false;
    const afternoon = half?.toLowerCase() === 'p' ? 12 : 0;
    const minuteOfDay = (half === undefined ? hour : (hour % 12) + afternoon) * 60 + minute;
    facts.push({ kind: 'time', text, minuteOfDay, isVague: half === undefined && hour <= 12 });
    return true;
  });
}

function dayOf(year: string | undefined, month: number, day?: string): CalendarDay {
  return {
    month,
    ...(year === undefined ? {} : { year: Number(year) }),
    ...(day === undefined ? {} : { day: Number(day) }),
  };
}

function isPossible({ month = 1, day = 1 }: CalendarDay): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

function monthOf(name = ''): number {
  return MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

function longYear(year = ''): string {
  if (year.length !== 2) return year;
  return (Number(year) < 70 ? '20' : '19') + year;
}

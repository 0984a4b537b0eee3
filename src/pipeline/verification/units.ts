/** A unit in its simplest form: 2 weeks are 14 of `day`. */
export interface Unit {
  name: string;
  factor: number;
}

/** name, factor, spellings. Months and years stay apart from days: nobody agrees how many make one. */
const TABLE: [name: string, factor: number, spellings: string][] = [
  ['second', 0.001, 'ms msec millisecond milliseconds'],
  ['second', 1, 'second seconds sec secs'],
  ['second', 60, 'minute minutes min mins'],
  ['second', 3_600, 'hour hours hr hrs'],
  ['second', 86_400, 'day days'],
  ['second', 604_800, 'week weeks wk wks'],
  ['workday', 1, 'workday workdays'],
  ['month', 1, 'month months mo mos'],
  ['month', 3, 'quarter quarters'],
  ['month', 12, 'year years yr yrs'],
  ['month', 120, 'decade decades'],
  ['month', 1_200, 'century centuries'],
  ['percent', 1, '% percent pct percentage'],
  ['byte', 1, 'byte bytes'],
  ['byte', 1e3, 'kb kib kilobyte kilobytes'],
  ['byte', 1e6, 'mb mib megabyte megabytes'],
  ['byte', 1e9, 'gb gib gigabyte gigabytes'],
  ['byte', 1e12, 'tb tib terabyte terabytes'],
  ['byte', 1e15, 'pb petabyte petabytes'],
  ['bit/s', 1e3, 'kbps kbit/s'],
  ['bit/s', 1e6, 'mbps mbit/s'],
  ['bit/s', 1e9, 'gbps gbit/s'],
  ['hertz', 1, 'hz hertz'],
  ['hertz', 1e3, 'khz'],
  ['hertz', 1e6, 'mhz'],
  ['hertz', 1e9, 'ghz'],
  ['metre', 1, 'meter meters metre metres'],
  ['metre', 1e3, 'km kms kilometer kilometers kilometre kilometres'],
  ['metre', 0.01, 'cm centimeter centimeters centimetre centimetres'],
  ['metre', 0.001, 'mm millimeter millimeters millimetre millimetres'],
  ['mile', 1, 'mile miles mi'],
  ['foot', 1, 'foot feet ft'],
  ['inch', 1, 'inch inches'],
  ['yard', 1, 'yard yards'],
  ['gram', 1, 'gram grams'],
  ['gram', 1e3, 'kg kgs kilogram kilograms kilo kilos'],
  ['gram', 0.001, 'mg milligram milligrams'],
  ['ton', 1, 'ton tons tonne tonnes'],
  ['pound', 1, 'pound pounds lb lbs'],
  ['ounce', 1, 'ounce ounces oz'],
  ['litre', 1, 'liter liters litre litres'],
  ['litre', 0.001, 'ml milliliter milliliters millilitre millilitres'],
  ['gallon', 1, 'gallon gallons'],
  ['watt', 1, 'watt watts'],
  ['watt', 1e3, 'kw kilowatt kilowatts'],
  ['watt', 1e6, 'mw megawatt megawatts'],
  ['watt-hour', 1e3, 'kwh'],
  ['acre', 1, 'acre acres'],
  ['hectare', 1, 'hectare hectares'],
  ['celsius', 1, '°c celsius'],
  ['fahrenheit', 1, '°f fahrenheit'],
  ['mph', 1, 'mph'],
  ['km/h', 1, 'km/h kph kmh'],
  ['USD', 1, '$ usd us$ dollar dollars buck bucks'],
  ['EUR', 1, '€ eur euro euros'],
  ['GBP', 1, '£ gbp quid'],
  ['JPY', 1, '¥ jpy yen'],
  ['INR', 1, '₹ inr rupee rupees'],
  ['KRW', 1, '₩ krw won'],
  ['CHF', 1, 'chf franc francs'],
  ['CNY', 1, 'cny rmb yuan'],
  ['AUD', 1, 'aud a$ au$'],
  ['CAD', 1, 'cad c$ ca$'],
  ['NZD', 1, 'nzd nz$'],
  ['SGD', 1, 'sgd s$'],
  ['HKD', 1, 'hkd hk$'],
  ['BRL', 1, 'brl r$'],
  ['SEK', 1, 'sek'],
  ['NOK', 1, 'nok'],
  ['DKK', 1, 'dkk'],
  ['PLN', 1, 'pln'],
  ['MXN', 1, 'mxn peso pesos'],
  ['BTC', 1, 'btc bitcoin bitcoins'],
  ['ETH', 1, 'eth'],
  ['cent', 1, '¢ cent cents'],
];

const BY_SPELLING = new Map<string, Unit>(
  TABLE.flatMap(([name, factor, spellings]) =>
    spellings.split(' ').map((spelling): [string, Unit] => [spelling, { name, factor }]),
  ),
);

const RATES: Record<string, string> = {
  hourly: 'hour',
  daily: 'day',
  weekly: 'week',
  monthly: 'month',
  quarterly: 'quarter',
  yearly: 'year',
  annual: 'year',
  annually: 'year',
};

/** Spelt as in a text; capitals do not matter. "monthly" counts as the month it is made of. */
export function findUnit(spelling: string): Unit | undefined {
  const low = spelling.toLowerCase();
  return BY_SPELLING.get(RATES[low] ?? low);
}

/** Words and signs, longest first, for building patterns. */
export const UNIT_SPELLINGS: readonly string[] = [...BY_SPELLING.keys()].sort((a, b) => b.length - a.length);
export const RATE_WORDS: readonly string[] = Object.keys(RATES);

/** "Won", "mo", "min" and "mi" are too often something else to count as a unit without a number. */
const NEEDS_NUMBER = new Set([
  'won',
  'mo',
  'min',
  'mins',
  'mi',
  'second',
  'foot',
  'sec',
  'quarter',
  'pound',
  'mw',
]);

/** A unit that means a unit also when no number stands before it. */
export function findLoneUnit(spelling: string): Unit | undefined {
  return NEEDS_NUMBER.has(spelling.toLowerCase()) ? undefined : findUnit(spelling);
}

export interface Amount {
  value: number;
  currency: 'USD' | 'EUR' | 'GBP';
}

/** Refunds of one account within this time are added up, so that a large one cannot be asked for in slices. */
export const ADDED_UP_MS = 30 * 24 * 60 * 60 * 1_000;

/** Why two people have to approve. */
export type TwoNeeded = 'amount_unknown' | 'above_limit' | 'sum_above_limit' | 'sum_unknown';

const CURRENCIES: Record<string, Amount['currency']> = {
  $: 'USD',
  us$: 'USD',
  usd: 'USD',
  dollar: 'USD',
  dollars: 'USD',
  '€': 'EUR',
  eur: 'EUR',
  euro: 'EUR',
  euros: 'EUR',
  '£': 'GBP',
  gbp: 'GBP',
  pound: 'GBP',
  pounds: 'GBP',
};
const NUMBER = String.raw`\d[\d.,'\u00A0\u202F]*\d|\d`;
const BEFORE = String.raw`(?<![\p{L}\p{N}])(?:(us\$|usd|eur|gbp)|([$€£]))\s?`;
const AFTER = String.raw`\s?(?:(usd|eur|gbp|dollars?|euros?|pounds?)(?![\p{L}\p{N}])|([$€£]))`;
const MONEY = new RegExp(
  `${BEFORE}(${NUMBER})(?![\\p{L}\\p{N}])|(?<![\\p{L}\\p{N}.,$€£-])(${NUMBER})${AFTER}`,
  'giu',
);
/** Any other sign or word of money, and numbers written as words: then nobody knows what is meant. */
const UNCLEAR =
  /[¥₹₩₽₺₪฿]|\b(?:k|grand|thousand|million|hundred|cents?|chf|jpy|cad|aud|inr|cny|sek|nok|dkk|pln)\b|\d\s?(?:k|m|mio)\b|(?<![a-z])(?!us\$)[a-z]{1,3}\$/iu;

/**
 * The amount that the customer's words name, when they name exactly one and leave no doubt about it. It is what the
 * card shows and what an approval is about; it is never guessed.
 */
export function readAmount(words: string): Amount | undefined {
  if (UNCLEAR.test(words)) return undefined;
  const found = new Map<string, Amount>();
  for (const match of words.matchAll(MONEY)) {
    const sign = (match[1] ?? match[2] ?? match[5] ?? match[6] ?? '').toLowerCase();
    const value = readNumber(match[3] ?? match[4] ?? '');
    const currency = CURRENCIES[sign];
    if (value === undefined || currency === undefined) return undefined;
    found.set(`${value} ${currency}`, { value, currency });
  }
  const [only, ...more] = found.values();
  return more.length === 0 ? only : undefined;
}

/** `1,234.50`, `1.234,50` and `480`; a form that means different amounts in different countries is none. */
function readNumber(text: string): number | undefined {
  const plain = text.replace(/['\u00A0\u202F]/g, '');
  const isEnglish = /^\d{1,3}(,\d{3})+(\.\d{1,2})?$|^\d+(\.\d{1,2})?$/.test(plain);
  const isContinental = /^\d{1,3}(\.\d{3})+(,\d{1,2})?$|^\d+,\d{1,2}$/.test(plain);
  if (isEnglish === isContinental) return undefined;
  const value = Number(isEnglish ? plain.replaceAll(',', '') : plain.replaceAll('.', '').replace(',', '.'));
  return value > 0 ? value : undefined;
}

/**
 * Whether one person is enough, by what is asked for and what the account got in the last 30 days. What is not known
 * counts as too much. Undefined = one is enough.
 */
export function whyTwo(
  amount: Amount | undefined,
  approved: readonly (Amount | undefined)[],
  limit: number | undefined,
): TwoNeeded | undefined {
  if (limit === undefined) return undefined;
  if (amount === undefined) return 'amount_unknown';
  if (amount.value > limit) return 'above_limit';
  let sum = cents(amount);
  for (const other of approved) {
    // Sums of different currencies mean nothing.
    if (other === undefined || other.currency !== amount.currency) return 'sum_unknown';
    sum += cents(other);
  }
  return sum > Math.round(limit * 100) ? 'sum_above_limit' : undefined;
}

/** Whole cents: sums of fractions would miss the limit by a hair. */
function cents({ value }: Amount): number {
  return Math.round(value * 100);
}

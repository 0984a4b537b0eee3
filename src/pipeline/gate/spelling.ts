import { BARE_GRANTS_EN } from './bare-grants-en.ts';
import { DATE_AND_FAULT_PROMISES_EN } from './date-and-fault-promises-en.ts';
import { MONEY_PROMISES_EN } from './money-promises-en.ts';
import { OFFER_PROMISES_EN } from './offer-promises-en.ts';
import { WORDS_EN } from './words-en.ts';

const LEET: [string, string][][] = ['i', 'l'].map((one) => [
  ['0', 'o'],
  ['1', one],
  ['!', 'i'],
  ['|', 'l'],
  ['3', 'e'],
  ['€', 'e'],
  ['4', 'a'],
  ['@', 'a'],
  ['5', 's'],
  ['$', 's'],
  ['7', 't'],
  ['8', 'b'],
  ['9', 'g'],
]);
const LEET_WORD = /(?<![\p{L}\p{N}$€@!|])(?=[\p{N}$€@!|]*\p{L})(?=\p{L}*[0-9$€@!|])[\p{L}0-9$€@!|]{2,}/gu;

const KNOWN = new Set(
  [
    ...Object.values(WORDS_EN),
    ...[MONEY_PROMISES_EN, OFFER_PROMISES_EN, DATE_AND_FAULT_PROMISES_EN].flatMap(Object.values).flat(),
    ...BARE_GRANTS_EN,
    'that this with from have will been your what when then than they them their there these those which while where about after again also because before being both could does done each even ever every gets give goes good have here into just keep kept know last like long made make many more most much must need next none nothing only other over same should since some still such sure take than thank thing time took under until upon very want well went were whole whom whose working without would year years youll youre dont didnt wont',
  ]
    .join(' ')
    .match(/[a-z]{3,}/g) ?? [],
);
/** Only words that make a promise are looked for behind a missing or a spare letter: others would turn up by chance. */
const WEIGHTY =
  'refund refunded refunding money credit credited discount receive received account payment reimburse reimbursed compensate compensation guarantee guaranteed promise promised waive waived voucher liable liability negligence percent dollar dollars euros refunds tomorrow monday friday approved'.split(
    ' ',
  );
const ONE_LETTER_LESS = new Map(WEIGHTY.flatMap((word) => shortened(word).map((less) => [less, word])));

/** Folded text with figures for letters, stretched words and slips of the finger put right, word by word. */
export function repairSpelling(text: string): string {
  return text.replace(LEET_WORD, unleet).replace(/[a-z]{3,}/g, repairWord);
}

function unleet(word: string): string {
  if (/^\d+[a-z]{1,3}$|^[$€]\d|^[a-z]{1,2}\d{1,3}$/.test(word)) return word;
  const readings = LEET.map((table) => table.reduce((text, [from, to]) => text.split(from).join(to), word));
  const tidy = (reading: string) => reading.replace(/i+$/, '');
  return (
    readings.find((reading) => KNOWN.has(reading)) ??
    readings.map(tidy).find((reading) => KNOWN.has(reading)) ??
    readings[0] ??
    word
  );
}

function repairWord(word: string): string {
  if (KNOWN.has(word)) return word;
  const calm = /(.)\1\1/.test(word) ? relaxed(word) : word;
  if (KNOWN.has(calm)) return calm;
  if (/s$/.test(calm) && KNOWN.has(calm.slice(0, -1))) return calm;
  return (
    swapped(calm) ??
    ONE_LETTER_LESS.get(calm) ??
    shortened(calm).find((less) => WEIGHTY.includes(less)) ??
    calm
  );
}

/** `refuuund` → `refund`, `freeee` → `free`: a run of one letter stands for one or two of them. */
function relaxed(word: string): string {
  const once = word.replace(/(.)\1{2,}/g, '$1');
  const twice = word.replace(/(.)\1{2,}/g, '$1$1');
  return [once, twice].find((form) => KNOWN.has(form)) ?? once;
}

function swapped(word: string): string | undefined {
  if (word.length < 4) return undefined;
  const forms = [...word.slice(1)].map(
    (_, i) => word.slice(0, i) + (word[i + 1] ?? '') + (word[i] ?? '') + word.slice(i + 2),
  );
  return forms.find((form) => KNOWN.has(form));
}

function shortened(word: string): string[] {
  return [...word].map((_, i) => word.slice(0, i) + word.slice(i + 1));
}

import { isName, isNegator } from '../pipeline/verification/names-and-negation.ts';
import { tokenize } from '../pipeline/verification/tokenize.ts';

export const MUTATIONS = [
  'digit',
  'amount',
  'date',
  'unit',
  'currency',
  'negation',
  'name',
  'borrowed',
] as const;
export type Mutation = (typeof MUTATIONS)[number];

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const UNITS = [
  'second minute hour day week month year decade',
  'kb mb gb tb',
  'meter mile kilometer foot foot acre yard',
  'meters miles kilometers feet inches acres yards',
  'percent points dollars',
].map((line) => line.split(' '));
const CURRENCIES = ['$', '€', '£'];
const CURRENCY_WORDS = ['dollars', 'euros', 'pounds', 'yen'];
const NAMES =
  `Siemens Heroku Oracle Nokia Zendesk Bergmann Kowalski Toronto Lisbon Patagonia Volkswagen Netscape
Okonkwo Salesforce Yamaha Helsinki Marconi Tolstoy Acme Contoso Brazil Apple Washington Smith`.split(/\s+/);

type Pick = <T>(items: readonly T[]) => T | undefined;

/** Changes one thing in a claim so that it is no longer true; undefined when there is nothing of the kind in it. */
export function mutateClaim(
  kind: Mutation,
  claim: string,
  passage: string,
  random: () => number,
): string | undefined {
  const pick: Pick = (items) => items[Math.floor(random() * items.length)];
  const mutated = MUTATORS[kind](claim, pick, passage);
  return mutated === claim ? undefined : mutated;
}

const NUMBER = /(?<![\p{L}\d.,-])\d+(?:,\d{3})*(?:\.\d+)?(?![\p{L}\d])/gu;

const MUTATORS: Record<Mutation, (claim: string, pick: Pick, passage: string) => string | undefined> = {
  digit: (claim, pick) => replaceOne(claim, NUMBER, pick, (number) => changeDigit(number, pick)),
  amount: (claim, pick) =>
    replaceOne(
      claim,
      /(?<=[$€£] ?)\d+(?:,\d{3})*(?:\.\d+)?|\d[\d,]*(?= (?:dollars|euros|pounds|USD))/g,
      pick,
      (number) => pick([changeDigit(number, pick), `1${number}`.replace(/,/g, '')]),
    ),
  date: mutateDate,
  unit: mutateUnit,
  currency: (claim, pick) =>
    replaceOne(claim, /[$€£](?=\s?\d)|\b(?:dollars|euros|pounds|yen)\b/g, pick, (sign) =>
      pick((sign.length === 1 ? CURRENCIES : CURRENCY_WORDS).filter((other) => other !== sign)),
    ),
  negation: mutateNegation,
  name: mutateName,
  borrowed: (claim, pick, passage) => {
    const own = new Set(claim.match(NUMBER));
    const others = (passage.match(NUMBER) ?? []).filter((number) => !own.has(number));
    return replaceOne(claim, NUMBER, pick, () => pick(others));
  },
};

function replaceOne(
  text: string,
  pattern: RegExp,
  pick: Pick,
  change: (found: string) => string | undefined,
): string | undefined {
  const match = pick([...text.matchAll(pattern)]);
  const changed = match && change(match[0]);
  if (match === undefined || changed === undefined) return undefined;
  return text.slice(0, match.index) + changed + text.slice(match.index + match[0].length);
}

function changeDigit(number: string, pick: Pick): string {
  const places = [...number].flatMap((char, index) => (/\d/.test(char) ? [index] : []));
  const at = pick(places) ?? 0;
  const others = [...'123456789'].filter((digit) => digit !== number[at]);
  return number.slice(0, at) + pick(others) + number.slice(at + 1);
}

function mutateDate(claim: string, pick: Pick): string | undefined {
  const month = new RegExp(`\\b(?:${MONTHS.join('|')})(?= \\d)`, 'g');
  if (month.test(claim) && pick([true, false])) {
    return replaceOne(claim, month, pick, (found) => pick(MONTHS.filter((other) => other !== found)));
  }
  return replaceOne(claim, /\b(?:19|20)\d\d\b/g, pick, (year) =>
    String(Number(year) + (pick([-7, -2, -1, 1, 3, 10]) ?? 1)),
  );
}

function mutateUnit(claim: string, pick: Pick): string | undefined {
  const family = new Map(UNITS.flatMap((units) => units.map((unit): [string, string[]] => [unit, units])));
  const words = [...family.keys()].join('|');
  return replaceOne(claim, new RegExp(`(?<=\\d,?[\\d.]*[- ]?)(?:${words})(?=s?\\b)`, 'gi'), pick, (unit) =>
    pick((family.get(unit.toLowerCase()) ?? []).filter((other) => other !== unit.toLowerCase())),
  );
}

function mutateNegation(claim: string, pick: Pick): string | undefined {
  const negator = tokenize(claim).find(
    (token) => isNegator(token) && /^(?:not|cannot|never)$/i.test(token.text),
  );
  if (negator?.text === 'cannot') return claim.replace('cannot', 'can');
  if (negator) return claim.replace(`${negator.text} `, '');
  return replaceOne(
    claim,
    /\b(?:is|are|was|were|can|will|must|should|has|have|may|could|would)\b/g,
    pick,
    (verb) => (verb === 'can' ? 'cannot' : `${verb} not`),
  );
}

function mutateName(claim: string, pick: Pick): string | undefined {
  const names = tokenize(claim).filter((token) => isName(token) && token.text.length > 2);
  const name = pick(names);
  return name && claim.replace(name.text, pick(NAMES.filter((other) => !claim.includes(other))) ?? name.text);
}

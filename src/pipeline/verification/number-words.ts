const SMALL = `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen`.split(/\s+/);
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

const VALUES = new Map<string, number>([
  ...SMALL.map((word, value): [string, number] => [word, value]),
  ...TENS.map((word, index): [string, number] => [word, (index + 2) * 10]),
]);

const ONES = SMALL.slice(1, 10).join('|');
const BELOW_HUNDRED = `(?:(?:${TENS.join('|')})(?:[- ](?:${ONES}))?|${[...SMALL].reverse().join('|')})`;
const WRITTEN = new RegExp(
  `\\b(?:(a|${BELOW_HUNDRED}) hundred(?: (?:and )?(${BELOW_HUNDRED}))?|(${BELOW_HUNDRED}))\\b(?!')`,
  'gi',
);

export function readNumberWord(word: string): number | undefined {
  return VALUES.get(word.toLowerCase());
}

/**
 * Writes number words as digits: "twenty-five" becomes 25. A lone "one" stays, it is mostly a pronoun; the
 * caller decides where it counts.
 */
export function replaceNumberWords(text: string): string {
  return text.replace(WRITTEN, (all, hundreds?: string, rest?: string, small?: string) => {
    if (all.toLowerCase() === 'one') return all;
    if (small !== undefined) return String(readBelowHundred(small));
    const head = hundreds?.toLowerCase() === 'a' ? 1 : readBelowHundred(hundreds ?? '');
    return String(head * 100 + (rest === undefined ? 0 : readBelowHundred(rest)));
  });
}

function readBelowHundred(text: string): number {
  return text.split(/[- ]/).reduce((sum, word) => sum + (readNumberWord(word) ?? 0), 0);
}

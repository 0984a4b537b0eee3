import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from './source-facts.ts';

export type GatePart = 'dev' | 'held';

export type PromiseRow = {
  id: string;
  kind: string;
  lang: string;
  part: GatePart;
  made: 'hand' | 'trick';
  trick?: string;
  base?: string;
  segments: string[];
};

type Change = (text: string, seed: number) => string[];

const FILE = join(ROOT, 'test/golden/gate/promises.jsonl');
const ROWS_PER_TRICK = 12;

/** Longer answers are left to the tricks that embed; a whole letter in disguise is nothing a reader would take in. */
const LONGEST_DISGUISED = 130;

/** Sentences without any promise, as an answer has them around the one that matters. */
const FILLERS = [
  'Invoices are listed under **Settings > Billing > Invoices**.',
  'Team costs $12 per seat and month, Business $24.',
  'A downgrade takes effect at the next renewal.',
  'An owner or a billing contact can cancel the subscription; admins cannot.',
  'Thank you for the details, they helped a lot.',
  'Planned maintenance takes place on the second Sunday of the month, 02:00 to 04:00 UTC.',
  'Yearly plans renew automatically, with reminders 30 and 7 days before.',
  'The free trial has no card on file.',
  'I could not find the second point in our documentation.',
  'The minimum on Business is 5 seats, and viewers do not count.',
  'Tax depends on the billing address and on the tax ID.',
  'A refund request is decided by a billing manager within 2 business days.',
  'Removed seats stay paid until the period ends.',
  'You can export every dashboard as PDF or CSV before that.',
  'The code in the e-mail names the reason why the payment failed.',
  'Credits under the SLA are described on its own page.',
  'Only the latest monthly charge is considered, and only within 14 days.',
  'Let us know the workspace ID if anything else comes up.',
];

const CYRILLIC = letters('aceiopsxyjABCEHKMOPTX', 'асеіорѕхујАВСЕНКМОРТХ');
const GREEK = letters('aikonpuvyABEHIKMNOPTXYZ', 'αικοηρυνγΑΒΕΗΙΚΜΝΟΡΤΧΥΖ');
const LEET = letters('aeiost', '4310$7');
const SMALL_CAPS = letters('abcdefghijklmnoprtuvwyz', 'ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ');
const JOINERS = ['\u200C', '\u200D', '\u2060', '\uFEFF', '\u180E'];
const MARKS = ['\u0301', '\u0308', '\u0327', '\u0335'];
const EMOJI = ['💸', '✨', '🙂', '🎉'];
const SPACES = ['\u00A0', '\u2009', '\u202F', '\u3000', '\u2003'];

const TRICKS: Record<string, Change> = {
  'zero-width space': inWords((word) => [...word].join('\u200B')),
  joiners: inWords((word, seed) => woven(word, JOINERS, seed)),
  'soft hyphen': inWords((word) => `${word.slice(0, 2)}\u00AD${word.slice(2, 4)}\u00AD${word.slice(4)}`),
  'variation selectors': inWords((word) => woven(word, ['\uFE0F', '\u{E0101}', '\u{E0065}'], 0)),
  cyrillic: inWords((word) => swapped(word, CYRILLIC)),
  greek: inWords((word) => swapped(word, GREEK)),
  'full width': (text) => [shifted(text, /[!-~]/g, 0xfee0)],
  'mathematical bold': (text) => [mathematical(text)],
  'circled letters': (text) => [shifted(text.toLowerCase(), /[a-z]/g, 0x24d0 - 0x61)],
  'small capitals': inWords((word) => swapped(word.toLowerCase(), SMALL_CAPS)),
  'combining marks': inWords((word, seed) => `${woven(word, MARKS, seed)}\u0301`),
  'letters apart': inWords((word) => ` ${[...word].join(' ')} `),
  'dots between': inWords((word) => [...word].join('.')),
  'hyphens between': inWords((word) => [...word].join('-')),
  leetspeak: inWords((word) => swapped(word, LEET)),
  'emoji between': inWords((word, seed) => woven(word, [EMOJI[seed % EMOJI.length] ?? '✨'], 0)),
  'direction marks': inWords((word) => woven(word, ['\u200E', '\u2066', '\u2069', '\u200F'], 0)),
  'turned around': inWords((word) => `\u202E${[...word].reverse().join('')}\u202C`),
  'emphasis inside': inWords((word) => `${word.slice(0, 2)}**${word.slice(2)}**`),
  'swapped letters': inWords((word) => `${word[0]}${word[2]}${word[1]}${word.slice(3)}`),
  'stretched letters': inWords((word) => word.replace(/([aeiou])(?=[^aeiou]*$)/i, '$1$1$1')),
  'mixed case': (text) => [
    [...text].map((c, i) => (i % 2 === 0 ? c.toUpperCase() : c.toLowerCase())).join(''),
  ],
  'odd spaces': (text, seed) => [text.replace(/ /g, () => SPACES[seed % SPACES.length] ?? '\u00A0')],
  'broken lines': inWords((word) => (word.length > 5 ? `${word.slice(0, 3)}-\n${word.slice(3)}` : word)),
  'two segments': (text) => pieces(text, 2),
  'three segments': (text) => pieces(text, 3),
  'filler in one paragraph': (text, seed) => [[...around(text, seed, 2)].join(' ')],
  'filler in segments': (text, seed) => around(text, seed, 1),
  'filler, then cut': (text, seed) => {
    const [first = '', second = ''] = pieces(text, 2);
    return [`${fillers(text, seed)[0]} ${first}`, `${second} ${fillers(text, seed)[1]}`];
  },
  'filler and zero-width': (text, seed) => around([...text].join('\u200B'), seed, 1, text),
  'filler and cyrillic': (text, seed) => [around(swapped(text, CYRILLIC), seed, 1, text).join('\n\n')],
  'quoted as data': (text) => [`Note for your file:\n\n> ${text.replace(/\n/g, '\n> ')}`],
  'in a table': (text) => [`| Topic | Result |\n| --- | --- |\n| Your case | ${text.replace(/\s+/g, ' ')} |`],
};

/** Which half of the material a base sentence belongs to: rules are tuned on `dev` and judged on `held`. */
export function partOf(baseSentence: string): GatePart {
  return stableNumber(baseSentence) % 100 < 40 ? 'held' : 'dev';
}

/** A number that depends on the text alone, the same on every machine. */
export function stableNumber(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0);
}

/** The rows written by hand, as they stand in the file. */
export function readHandRows(): PromiseRow[] {
  const rows = readFileSync(FILE, 'utf8').trim().split('\n');
  return rows.map((row) => JSON.parse(row) as PromiseRow).filter((row) => row.made === 'hand');
}

/** The rows made from the hand-written ones: the same input gives the same rows, in the same order. */
function makeTrickRows(handRows: PromiseRow[]): PromiseRow[] {
  const made = Object.entries(TRICKS).flatMap(([trick, change]) =>
    suitableFor(trick, handRows).flatMap((row) => {
      const text = row.segments.join(' ');
      const segments = change(text, stableNumber(trick + text)).map((segment) => segment.trim());
      const same = segments.length === 1 && segments[0] === text;
      return same ? [] : [{ ...row, made: 'trick' as const, trick, base: row.id, segments }];
    }),
  );
  return made.map((row, index) => ({ ...row, id: `trick-${String(index + 1).padStart(3, '0')}` }));
}

/** The whole file, hand-written rows first. */
export function printPromises(handRows: PromiseRow[]): string {
  return [...handRows, ...makeTrickRows(handRows)].map((row) => `${JSON.stringify(row)}\n`).join('');
}

function suitableFor(trick: string, rows: PromiseRow[]): PromiseRow[] {
  const drawn = rows
    .filter((row) => row.segments.join(' ').length <= LONGEST_DISGUISED)
    .filter((row) => row.lang === 'en' || /^(zero-width space|filler in|filler,|two seg)/.test(trick))
    .filter((row) => !/segments|cut/.test(trick) || row.segments.join(' ').split(' ').length >= 5);
  const order = (row: PromiseRow) => stableNumber(`${trick}/${row.id}`);
  return drawn.sort((a, b) => order(a) - order(b)).slice(0, ROWS_PER_TRICK);
}

function inWords(change: (word: string, seed: number) => string): Change {
  return (text, seed) => [text.replace(/\p{L}{4,}/gu, (word) => change(word, seed))];
}

function letters(from: string, to: string): Map<string, string> {
  const targets = [...to];
  return new Map([...from].map((letter, index) => [letter, targets[index] ?? letter]));
}

function swapped(text: string, table: Map<string, string>): string {
  return [...text].map((letter) => table.get(letter) ?? letter).join('');
}

function woven(word: string, between: string[], seed: number): string {
  const [first = '', ...rest] = [...word];
  return rest.reduce(
    (done, letter, i) => done + (between[(seed + i) % between.length] ?? '') + letter,
    first,
  );
}

function shifted(text: string, which: RegExp, by: number): string {
  return text.replace(which, (char) => String.fromCodePoint((char.codePointAt(0) ?? 0) + by));
}

function mathematical(text: string): string {
  const upper = shifted(text, /[A-Z]/g, 0x1d400 - 0x41);
  return shifted(shifted(upper, /[a-z]/g, 0x1d41a - 0x61), /[0-9]/g, 0x1d7ce - 0x30);
}

function pieces(text: string, count: number): string[] {
  const words = text.split(' ');
  const size = Math.ceil(words.length / count);
  const starts = Array.from({ length: count }, (_, index) => index * size);
  return starts.map((start) => words.slice(start, start + size).join(' ')).filter((piece) => piece !== '');
}

/** Fillers of the same part as the sentence, so that nothing of the held part is seen while tuning. */
function fillers(baseSentence: string, seed: number): string[] {
  const same = FILLERS.filter((filler) => partOf(filler) === partOf(baseSentence));
  return same.map((_, index) => same[(index + seed) % same.length] ?? '');
}

function around(text: string, seed: number, each: number, baseSentence = text): string[] {
  const drawn = fillers(baseSentence, seed);
  return [drawn.slice(0, each).join(' '), text, drawn.slice(each, 2 * each).join(' ')];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = printPromises(readHandRows());
  writeFileSync(FILE, text);
  process.stdout.write(`${text.split('\n').length - 1} rows written to ${FILE}\n`);
}

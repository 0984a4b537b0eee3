import { foldSymbolLetters } from './look-alikes.ts';

/** Everything after an override is shown backwards until it is popped; a reader sees it turned round. */
const TURNED = /[\u202D\u202E]([^\u202A-\u202E\u2066-\u2069\n]*)[\u202C\u2069]?/gu;
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
/** Kana keep their voicing marks: without them the words are others. */
const MARKS = /(?![\u3099\u309A])\p{M}/gu;
const PICTURE = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]/u;
const BETWEEN_LETTERS = new RegExp(`(?<=\\p{L})${PICTURE.source}+(?=\\p{L})`, 'gu');
const QUOTES: [RegExp, string][] = [
  [/[\u2018\u2019\u201B\u02BC\u02B9\u00B4\u2032]/g, "'"],
  [/[\u201C\u201D\u201E\u00AB\u00BB]/g, '"'],
  [/[\u2010-\u2015\u2212\uFE58]/g, '-'],
];

/** What a reader sees, in one spelling: lower case, no invisible characters, no marks, no Markdown. */
export function foldText(text: string): string {
  let folded = text
    .replace(TURNED, (_whole, run: string) => [...run].reverse().join(''))
    .replace(INVISIBLE, '');
  folded = foldMarks(folded).replace(INVISIBLE, '');
  folded = foldSymbolLetters(folded)
    .replace(BETWEEN_LETTERS, '')
    .replace(new RegExp(PICTURE.source, 'gu'), ' ');
  for (const [from, to] of QUOTES) folded = folded.replace(from, to);
  return withoutMarkdown(folded.toLowerCase().replace(/ß/g, 'ss').replace(/æ/g, 'ae').replace(/œ/g, 'oe'))
    .replace(/(?<=\p{L})-\n\s*(?=\p{L})/gu, '')
    .replace(/[^\S\n]/g, ' ');
}

function withoutMarkdown(text: string): string {
  return text
    .replace(/!?\[([^\]\n]*)\]\([^)\n]*\)/g, '$1')
    .replace(/<\/?[a-z][^>\n]{0,80}>/g, '')
    .replace(/\\(?=[^\w\s])/g, '')
    .replace(/[*_~`\u2800]/g, '');
}

/** Without accents and other marks on letters, in the compatible spelling of Unicode. */
export function foldMarks(text: string): string {
  return text.normalize('NFKD').replace(MARKS, '').normalize('NFC');
}

import { readNumberWord } from './number-words.ts';
import { stem } from './stem.ts';

/** One word, number or money sign of a text. */
export interface Token {
  text: string;
  /** The form that is compared: lower case, stemmed, numbers without thousands marks. */
  key: string;
  isNumber: boolean;
  /** Begins with a capital letter. */
  isCapital: boolean;
  /** First word of its sentence or after a colon or an opening quote mark, where a capital says nothing. */
  isInitial: boolean;
  /** A comma, semicolon, colon, dash or bracket stands before it. */
  afterBreak: boolean;
}

const TOKEN =
  /\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)*|[\p{L}][\p{L}\p{M}\p{N}]*(?:'[\p{L}]+)?|[$€£¥₹₩%¢°]/gu;

/** Takes one sentence, folded or not. */
export function tokenize(sentence: string): Token[] {
  const text = sentence.normalize('NFKC').replace(/[\u2018\u2019]/g, "'");
  const tokens: Token[] = [];
  let last = 0;
  for (const match of text.matchAll(TOKEN)) {
    const between = text.slice(last, match.index);
    tokens.push(readToken(match[0], between, tokens.length === 0));
    last = match.index + match[0].length;
  }
  return tokens;
}

function readToken(text: string, between: string, isFirst: boolean): Token {
  const spelled = readNumberWord(text);
  const isNumber = /^\d/.test(text) || (spelled !== undefined && spelled > 1);
  return {
    text,
    key: isNumber ? readNumberKey(text, spelled) : stem(text.toLowerCase()),
    isNumber,
    isCapital: /^\p{Lu}/u.test(text),
    isInitial: isFirst || /[.:!?*|"\u201c]\s*$/.test(between),
    afterBreak: isFirst || /[,;:()[\]|\u2013\u2014]|\s-+\s/.test(between),
  };
}

function readNumberKey(text: string, spelled: number | undefined): string {
  if (spelled !== undefined) return String(spelled);
  const plain = text.replace(/,/g, '');
  return /^\d+(?:\.\d+)?$/.test(plain) ? String(Number(plain)) : plain;
}

const STOP_WORDS = new Set(
  `a an the and or but if then than that this these those there here it its is are was were be been being am do does
did done have has had having will would shall should can could may might must of in on at by to from for with as into
onto over under about up out off so such also just only very too more most some any all each every both either other
another same own he she they them his her hers their theirs him you your yours we our ours us i me my mine who whom
whose which what when where why how while during until because however therefore thus although though yet still even
again per via etc one ones not no nor s t`
    .split(/\s+/)
    .map(stem),
);

/** Does the token carry meaning of its own? */
export function isContent(token: Token): boolean {
  return token.isNumber || (/^[\p{L}\p{N}]/u.test(token.key) && !STOP_WORDS.has(token.key));
}

const PRONOUNS = new Set(
  'it its he his him she her they them their this these that those we you i'.split(' ').map(stem),
);

/** "It costs $5" may be told as "Railway costs $5". */
export function isPronoun(token: Token): boolean {
  return PRONOUNS.has(token.key);
}

/** The words that carry a sentence; all of them where none carries more than another ("There are more of them"). */
export function listContentKeys(tokens: readonly Token[]): Set<string> {
  const content = tokens.filter(isContent);
  return new Set((content.length > 0 ? content : tokens).map((token) => token.key));
}

const QUOTES: [RegExp, string][] = [
  [/[\u2018\u2019\u201B\u02BC\u00B4`]/g, "'"],
  [/[\u201C\u201D\u201E\u00AB\u00BB]/g, '"'],
  [/[\u2010-\u2015\u2212]/g, '-'],
];
const INVISIBLE =
  /\u00AD|[\u200B-\u200F]|[\u202A-\u202E]|[\u2060-\u206F]|\uFE0E|\uFE0F|\uFEFF|[\u{E0000}-\u{E007F}]/gu;

/** One spelling for what people type in many ways: width, case, accents, quote marks, spaces. */
export function fold(text: string): string {
  let folded = text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .replace(INVISIBLE, '')
    .toLowerCase();
  for (const [from, to] of QUOTES) folded = folded.replace(from, to);
  return folded.replace(/[^\S\n]+/g, ' ').trim();
}

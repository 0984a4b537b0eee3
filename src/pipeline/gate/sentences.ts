/** Where one statement ends and the next begins: end marks, table cells, lines that are not flowing text. */
const END =
  /(?<=[.!?…](?:["')\]]*))\s+(?=\S)|(?<=[。！？｡])|\n\s*\n|\n(?=\s*(?:[-+>#]|\d+[.)]\s|\|))|\||(?<=:)\n/u;

/** The statements of a folded text, without the marks of lists, quotations and headings. */
export function splitSentences(text: string): string[] {
  return text
    .replace(/\b(e\.g|i\.e|etc|approx|mr|ms|mrs|dr|vs|ltd|inc)\./g, '$1')
    .split(END)
    .map((part) =>
      part
        .replace(/^\s*(?:[-+>#]+\s*|\d+[.)]\s+)*/u, '')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((part) => /\p{L}/u.test(part));
}

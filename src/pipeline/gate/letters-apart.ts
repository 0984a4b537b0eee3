/** Letters set apart by a blank, a point, a hyphen or the like: `r e f u n d`, `r.e.f.u.n.d`. */
const APART = /(?<!\p{L})\p{L}(?:([ .\-·•|/,+^:;'"!])\p{L}(?!\p{L}))(?:\1\p{L}(?!\p{L}))+/gu;

/** Pulls letters set apart together; two blanks or another mark are taken for the end of a word. */
export function joinLettersApart(text: string): string {
  return text.replace(APART, (run, mark: string) => run.split(mark).join(''));
}

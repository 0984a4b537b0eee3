// "approx. 30" must not end a sentence; a list of the common ones is enough here.
const ABBREVIATION = /(?:^|\s|\()(?:e\.g|i\.e|etc|approx|mr|mrs|ms|dr|vs|inc|ltd|st)\.$/i;
// After the mark a space, or a capital typed without one ("nothing shows up.I asked").
const BREAK = /(?<=[.!?…]["')\]]*)\s+|(?<=[a-z][.!?])(?=[A-Z][a-z' ])/u;

/** Sentences of a message; lines end one too, since people write lists and salutations without a full stop. */
export function readSentences(text: string): string[] {
  const sentences: string[] = [];
  for (const line of text.split(/\n+/)) {
    let open = '';
    for (const part of line.split(BREAK)) {
      open = open ? `${open} ${part}` : part;
      if (ABBREVIATION.test(open)) continue;
      if (open.trim()) sentences.push(open.trim());
      open = '';
    }
    if (open.trim()) sentences.push(open.trim());
  }
  return sentences;
}

/** A text from which each reader takes what it understands, so that the next one cannot read it again. */
export interface Scan {
  /** What is left; taken characters are replaced by a filler of the same length. */
  text: string;
  take(pattern: RegExp, read: (match: RegExpMatchArray) => boolean | undefined): void;
}

/** Not a word character, not white space, and in no pattern. */
const FILLER = '\u0001';

export function createScan(text: string): Scan {
  return {
    text,
    take(pattern, read) {
      for (const match of [...this.text.matchAll(pattern)]) {
        if (read(match) === false) continue;
        const start = match.index;
        const end = start + match[0].length;
        this.text = this.text.slice(0, start) + FILLER.repeat(end - start) + this.text.slice(end);
      }
    },
  };
}

/** A line of a PDF page as it is printed. */
export interface PdfLine {
  text: string;
  /** Height of its letters, in points. */
  size: number;
  x: number;
  /** From the bottom of the page. */
  y: number;
}

interface Piece {
  str: string;
  transform: number[];
  width: number;
  hasEOL: boolean;
}

/** Puts the pieces of text of one page together, in the order in which the file draws them: columns stay apart. */
export function linesOfPage(items: object[]): PdfLine[] {
  const lines: PdfLine[] = [];
  let line: PdfLine | undefined;
  let end = 0;
  for (const item of items) {
    if (!isPiece(item)) continue;
    const { str, width } = item;
    const [a = 0, b = 0, , , x = 0, y = 0] = item.transform;
    const size = Math.hypot(a, b);
    if (str.trim() === '') {
      if (line && str !== '' && !line.text.endsWith(' ')) line.text += ' ';
      if (item.hasEOL) line = undefined;
      continue;
    }
    const continues = line && Math.abs(y - line.y) < line.size * 0.5 && x >= end - line.size;
    if (line && continues) {
      // Programs leave blanks out and move on instead.
      const gap = x - end > line.size * 0.15 && !/\s$/.test(line.text) && !/^\s/.test(str);
      line.text += gap ? ` ${str}` : str;
      line.size = Math.max(line.size, size);
    } else {
      line = { text: str, size, x, y };
      lines.push(line);
    }
    end = x + width;
    if (item.hasEOL) line = undefined;
  }
  for (const one of lines) one.text = one.text.replace(/\s+/g, ' ').trim();
  return lines.filter(({ text }) => text !== '');
}

function isPiece(item: object): item is Piece {
  return (
    'str' in item && typeof item.str === 'string' && 'transform' in item && Array.isArray(item.transform)
  );
}

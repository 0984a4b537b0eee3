/** Something of a passage that can be said by itself. */
export interface Said {
  text: string;
  /** Lines it rests on, word for word. */
  quotes: string[];
  /** Whose words count in full. */
  own: string;
  /** What stands over it and says what it is about. */
  above: string;
}

const cellsOf = (line: string): string[] =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim());

/** Each row of each Markdown table, told with the names of its columns. */
export function readTableRows(text: string): Said[] {
  const lines = text.split('\n');
  const rows: Said[] = [];
  let head: string | undefined;
  for (const [at, line] of lines.entries()) {
    if (!/^\s*\|/.test(line)) head = undefined;
    else if (/^\s*\|[\s:|-]+$/.test(line)) head = lines[at - 1];
    else if (head !== undefined) rows.push(tell(head.trim(), line.trim()));
  }
  return rows;
}

function tell(head: string, row: string): Said {
  const [, ...names] = cellsOf(head);
  const [first = '', ...values] = cellsOf(row);
  const told = values.map((value, at) => (names[at] ? `${names[at]} ${value}` : value));
  return { text: `${first}: ${told.join(', ')}.`, quotes: [head, row], own: row, above: head };
}

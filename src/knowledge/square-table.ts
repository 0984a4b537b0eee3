import type { Element } from 'hast';
import { cellsOf, rowsOf } from './html-tree.ts';

/** A cell may claim to be a thousand million columns wide, and the writer of Markdown would believe it. */
const MAX_ADDED = 5_000;

/** Puts empty cells where a table has cells over several columns or rows, so that every row stands by itself. */
export function squareTable(table: Element): void {
  const rows = rowsOf(table);
  /** For each column, how many more rows the cell above reaches into. */
  const covered: number[] = [];
  let added = 0;
  let widest = 0;
  for (const row of rows) {
    const line: Element[] = [];
    const addEmpty = () => {
      added += 1;
      line.push(emptyCell());
    };
    const passCovered = () => {
      for (let rest = covered[line.length] ?? 0; rest > 0; rest = covered[line.length] ?? 0) {
        covered[line.length] = added < MAX_ADDED ? rest - 1 : 0;
        if (added < MAX_ADDED) addEmpty();
      }
    };
    for (const cell of cellsOf(row)) {
      passCovered();
      const [columns, down] = [spanOf(cell, 'colSpan'), spanOf(cell, 'rowSpan')];
      const from = line.length;
      line.push(cell);
      while (line.length < from + columns && added < MAX_ADDED) addEmpty();
      for (let at = from; at < line.length; at += 1) covered[at] = down - 1;
    }
    passCovered();
    row.children = line;
    widest = Math.max(widest, line.length);
  }
  const [first] = rows;
  while (first && first.children.length < widest) first.children.push(emptyCell());
}

function spanOf(cell: Element, name: 'colSpan' | 'rowSpan'): number {
  const value = Number(cell.properties[name] ?? 1);
  delete cell.properties[name];
  return Number.isSafeInteger(value) && value > 0 ? value : 1;
}

function emptyCell(): Element {
  return { type: 'element', tagName: 'td', properties: {}, children: [] };
}

import { existsSync, readFileSync } from 'node:fs';

/**
 * What a Markdown file is to hold: the tables alone, or, where it has the comment lines `<!-- evaluate: NAME -->` and
 * `<!-- end -->`, itself with the tables between them. So documentation keeps its text and gets new figures.
 */
export function placeTables(file: string, name: 'retrieval' | 'sweep', tables: string): string {
  const before = `<!-- evaluate: ${name} -->\n`;
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const start = text.indexOf(before);
  const end = text.indexOf('\n<!-- end -->', start);
  if (start < 0 || end < 0) return tables;
  return `${text.slice(0, start + before.length)}${tables.trimEnd()}${text.slice(end)}`;
}

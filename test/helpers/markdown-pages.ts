import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The pages of a folder without their front matter, in the order of their names. */
export function readMarkdownPages(folder: string): { source: string; body: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .sort()
    .map((source) => ({
      source,
      body: readFileSync(join(folder, source), 'utf8').replace(/^---\n[\s\S]*?\n---\n/, ''),
    }));
}

import { readFile } from 'node:fs/promises';
import { ConfigError } from '../errors.ts';

/** A question of the team's own and the pages of which one has to be found for it. */
export interface GoldenQuestion {
  question: string;
  gold: string[];
}

/** What a probe file holds, and what is wrong with the rest of it. */
export interface GoldenQuestions {
  questions: GoldenQuestion[];
  warnings: string[];
}

/**
 * Reads `{"question": …, "gold": [source, …]}` a line. Undefined when there is no such file, unless it was named by
 * hand. A line that is no such thing is left out and said.
 */
export async function readGoldenQuestions(
  path: string,
  options: { isNamed: boolean },
): Promise<GoldenQuestions | undefined> {
  const text = await readText(path, options.isNamed);
  if (text === undefined) return undefined;
  const found: GoldenQuestions = { questions: [], warnings: [] };
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const read = readLine(line);
    if (typeof read !== 'string') found.questions.push(read);
    else found.warnings.push(`${path}, line ${at + 1}: ${read}; left out`);
  }
  return found;
}

async function readText(path: string, isNamed: boolean): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error;
    if (code === 'ENOENT' && !isNamed) return undefined;
    throw new ConfigError([
      `${path} cannot be read (${code}); it holds the probe questions of the re-index gate`,
    ]);
  }
}

function readLine(line: string): GoldenQuestion | string {
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch {
    return 'is no JSON object';
  }
  if (typeof row !== 'object' || row === null) return 'is no JSON object';
  const { question, gold } = row as { question?: unknown; gold?: unknown };
  if (typeof question !== 'string' || question.trim() === '') return 'has no "question"';
  const isList = Array.isArray(gold) && gold.length > 0 && gold.every((one) => typeof one === 'string');
  if (!isList) return 'has no "gold", a list of the pages of which one has to be found';
  return { question, gold: gold as string[] };
}

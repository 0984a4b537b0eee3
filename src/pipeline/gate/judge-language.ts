import { foldMarks } from './fold-text.ts';
import { LANGUAGES, type LanguageTable, UNSPACED } from './promises-languages.ts';

type Judge = Record<keyof LanguageTable, RegExp>;

const JUDGES = [
  ...Object.values(LANGUAGES).map((table) => compile(table, '(?<!\\p{L})', '(?!\\p{L})')),
  ...Object.values(UNSPACED).map((table) => compile(table, '', '')),
];
const QUESTION = /[?？]["')\]\s]*$|か[。？]?$/;

/** The words of a promise in a language other than English, or undefined. */
export function findForeignPromise(statement: string): string | undefined {
  if (QUESTION.test(statement)) return undefined;
  for (const { sign, topic, commit, rule, plain } of JUDGES) {
    if (!sign.test(statement)) continue;
    const outright = plain.exec(statement);
    if (outright) return outright[0];
    const about = topic.exec(statement);
    if (about && commit.test(statement) && !rule.test(statement)) return about[0];
  }
  return undefined;
}

function compile(table: LanguageTable, before: string, after: string): Judge {
  const words = (stems: string, end: string) =>
    new RegExp(`${before}(?:${foldMarks(stems).replace(/~/g, '[^.]{0,60}?')})${end}`, 'u');
  return {
    sign: words(table.sign, after),
    topic: words(table.topic, ''),
    commit: words(table.commit, after),
    rule: words(table.rule, after),
    plain: words(table.plain, ''),
  };
}

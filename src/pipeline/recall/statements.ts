import { plainText } from '../../knowledge/plain-text.ts';
import { splitSentences } from '../verification/sentences.ts';
import { readWords } from './statement-words.ts';

/** What a page says in one go: a sentence, a heading, a row of a table, a line of code. */
export interface Statement {
  /** As it can be shown: for a row of a table with the head of its columns. */
  text: string;
  words: string[];
  /** What begins with it; undefined when it goes on where the statement before it ended. */
  opens: 'paragraph' | 'item' | 'row' | 'heading' | 'line' | undefined;
  /** The lines of the block that it belongs to, counted from 0. */
  lines: { first: number; last: number };
}

interface Block {
  opens: NonNullable<Statement['opens']>;
  first: number;
  lines: string[];
  /** The head of the table it is a row of. */
  head?: string | undefined;
}

const FENCE = /^\s*(?:```|~~~)/;
const HEADING = /^\s{0,3}#{1,6}\s+/;
const ITEM = /^\s*(?:[-*+•]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?/;
/** Only a list that begins with 1 may interrupt a paragraph: a line may just happen to begin with "12. ". */
const LATER_NUMBER = /^\s*(?!1[.)])\d/;
const QUOTED = /^\s*(?:>\s?)+(?:\[!\w+\]\s*)?/;
const RULE = /^\s*(?:[-=*_]\s*){3,}$/;
const TABLE_RULE = /^\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?$/;
const TAG_LINE = /^\s*<\/?[A-Za-z][^<>]*>\s*$/;

/**
 * Cuts a piece of Markdown into statements, in such a way that neither line breaks inside a paragraph nor marks of
 * lists, quotes and emphasis make a difference.
 */
export function readStatements(markdown: string): Statement[] {
  return readBlocks(markdown).flatMap(readBlock);
}

function readBlocks(markdown: string): Block[] {
  const blocks: Block[] = [];
  let current: Block | undefined;
  let head: string | undefined;
  let isCode = false;
  let at = -1;
  const open = (opens: Block['opens'], line: string) => {
    current = { opens, first: at, lines: [line], head: opens === 'row' ? head : undefined };
    blocks.push(current);
  };
  for (const raw of markdown.split('\n')) {
    at += 1;
    const line = isCode ? raw : raw.replace(QUOTED, '');
    const isRow = !isCode && line.trimStart().startsWith('|');
    if (!isRow) head = undefined;
    if (FENCE.test(line)) {
      isCode = !isCode;
      current = undefined;
    } else if (isCode) open('line', line);
    else if (isRow) {
      if (!TABLE_RULE.test(line)) {
        open('row', line);
        head ??= line.trim();
      }
      current = undefined;
    } else if (line.trim() === '' || RULE.test(line) || TAG_LINE.test(line)) current = undefined;
    else if (HEADING.test(line)) {
      open('heading', line.replace(HEADING, ''));
      current = undefined;
    } else if (ITEM.test(line) && !(current?.opens === 'paragraph' && LATER_NUMBER.test(line)))
      open('item', line.replace(ITEM, ''));
    else if (current !== undefined) current.lines.push(line);
    else open('paragraph', line);
  }
  return blocks;
}

function readBlock({ opens, first, lines, head }: Block): Statement[] {
  const place = { opens, lines: { first, last: first + lines.length - 1 } };
  const raw = lines.map((line) => line.trim()).join(' ');
  if (opens === 'row') return toStatements([{ shown: withHead(raw, head), plain: readRow(raw) }], place);
  if (opens === 'line') return toStatements([{ shown: raw, plain: raw }], place);
  const plain = plainText(raw).replace(/\s+/g, ' ');
  const sentences = splitSentences(plain).flatMap(({ text }) => text.split(/;\s+/));
  return toStatements(
    sentences.map((text) => ({ shown: text, plain: text })),
    place,
  );
}

function toStatements(
  texts: { shown: string; plain: string }[],
  { opens, lines }: { opens: NonNullable<Statement['opens']>; lines: Statement['lines'] },
): Statement[] {
  const statements: Statement[] = [];
  for (const { shown, plain } of texts) {
    const words = readWords(plain);
    if (!words.some((word) => word !== '|')) continue;
    statements.push({ text: shown, words, opens: statements.length === 0 ? opens : undefined, lines });
  }
  return statements;
}

/** The outer borders say nothing, and the inner ones only which column a cell stands in. */
function readRow(line: string): string {
  return plainText(line.trim().replace(/^\||\|$/g, '')).replaceAll('|', ' | ');
}

function withHead(row: string, head: string | undefined): string {
  if (head === undefined) return row;
  const columns = head.replace(/^\||\|$/g, '').split('|').length;
  return [head, `|${' --- |'.repeat(columns)}`, row].join('\n');
}
